package ics

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/google/go-cmp/cmp"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/shareddata"
	"github.com/plonegov/carillon/harvester/formattest"
)

var update = formattest.Update

func document(body, lang string) federation.Document {
	return federation.Document{URL: "https://agenda.example/cal/events.ics", ContentType: "text/calendar", Body: []byte(body),
		Source: federation.Source{Language: lang}}
}

func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.ics")
	if err != nil || len(files) == 0 {
		t.Fatalf("no calendars in testdata: %v", err)
	}
	for _, file := range files {
		golden(t, file, strings.TrimSuffix(file, ".ics")+".golden", "fr", func(s string) string { return s })
	}
}

// golden decodes a file and compares the result, as write has it, with a
// golden file.
func golden(t *testing.T, file, want, lang string, write func(string) string) {
	t.Helper()
	body, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	d, err := Format().Decode(document(string(body), lang))
	got := write(printed(d, err))
	if *update {
		if err := os.WriteFile(want, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	held, err := os.ReadFile(want)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(held), got); diff != "" {
		t.Errorf("Decode(%s) mismatch (-want +got):\n%s", file, diff)
	}
}

// printed writes a result one field per line, for review.
func printed(d federation.Decoded, err error) string {
	var b strings.Builder
	if err != nil {
		return "error: " + err.Error() + "\n"
	}
	line := func(name string, v any) {
		if s := fmt.Sprint(v); s != "" && s != "[]" && s != "0s" && s != "<nil>" && s != "0" {
			fmt.Fprintf(&b, "%s: %s\n", name, s)
		}
	}
	line("title", d.Title)
	line("language", d.Language)
	line("site", d.SiteURL)
	line("self", d.Self)
	line("ttl", d.TTL)
	line("listed", d.Listed)
	for _, i := range d.Items {
		fmt.Fprintf(&b, "\n%s %s\n", i.Type, i.OriginID)
		line("  title", i.Title)
		line("  url", i.URL)
		line("  language", i.Language)
		line("  published", stampOf(i.Published))
		line("  updated", stampOf(i.Updated))
		line("  categories", strings.Join(i.Categories, " | "))
		line("  authors", strings.Join(i.Authors, " | "))
		if e := i.Event; e != nil {
			line("  start", stampOf(e.Start))
			line("  end", stampOf(e.End))
			if e.AllDay {
				line("  all day", true)
			}
			line("  status", e.Status)
			line("  zone", e.Zone)
			line("  rules", strings.ReplaceAll(e.Recurrence, "\n", " + "))
			for _, t := range e.Extra {
				line("  also", stampOf(t))
			}
			for _, t := range e.Except {
				line("  not", stampOf(t))
			}
		}
		if p := i.Place; p != nil {
			line("  place", p.Name)
			line("  address", p.Address)
			if p.Point != nil {
				line("  point", fmt.Sprintf("%g %g", p.Point.Lat, p.Point.Lon))
			}
		}
		if i.Image != nil {
			line("  image", fmt.Sprintf("%s %q", i.Image.URL, i.Image.Alt))
		}
		for _, a := range i.Attachments {
			line("  file", fmt.Sprintf("%s %s %q %d %s", a.URL, a.Type, a.Title, a.Size, a.Role))
		}
		line("  content", i.Content.String())
	}
	for _, g := range d.Gone {
		line("gone", g.OriginID)
	}
	for _, w := range d.Warnings {
		line("warning", w)
	}
	return b.String()
}

func stampOf(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC3339)
}

func sharedFiles(t testing.TB) []string {
	var files []string
	for _, dir := range []string{shareddata.Dir(t, "ics"), shareddata.Dir(t, "feeds", "ical")} {
		err := filepath.WalkDir(dir, func(path string, e os.DirEntry, err error) error {
			if err == nil && !e.IsDir() && strings.HasSuffix(path, ".ics") {
				files = append(files, path)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(files) == 0 {
		t.Fatal("no calendars in the shared data")
	}
	return files
}

// digested replaces what a calendar of somebody else says at length by its
// beginning and a hash: their texts are not ours to keep.
func digested(printed string) string {
	var b strings.Builder
	for line := range strings.Lines(printed) {
		name, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), ": ")
		if r := []rune(value); len(r) > 40 {
			sum := sha256.Sum256([]byte(value))
			line = fmt.Sprintf("%s: %s… %x\n", name, string(r[:20]), sum[:6])
		}
		b.WriteString(line)
	}
	return b.String()
}

// The shared calendars are read as was reviewed.
func TestShared(t *testing.T) {
	for _, file := range sharedFiles(t) {
		golden(t, file, filepath.Join("testdata", "shared", filepath.Base(filepath.Dir(file))+"-"+strings.TrimSuffix(filepath.Base(file), ".ics")+".golden"), "en", digested)
	}
}
