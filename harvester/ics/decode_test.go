package ics

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	_ "time/tzdata"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/shareddata"
	"github.com/plonegov/carillon/harvester/formattest"
)

func document(body, lang string) federation.Document {
	return federation.Document{URL: "https://agenda.example/cal/events.ics", ContentType: "text/calendar", Body: []byte(body),
		Source: federation.Source{Language: lang, Zone: map[string]string{"en": "UTC"}[lang]}}
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
func digested(rendered string) string {
	var b strings.Builder
	for line := range strings.Lines(rendered) {
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
		body, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		d, err := Format().Decode(document(string(body), "en"))
		got := digested(formattest.Render(d))
		if err != nil {
			got = "error: " + err.Error() + "\n"
		}
		name := filepath.Base(filepath.Dir(file)) + "-" + strings.TrimSuffix(filepath.Base(file), ".ics") + ".golden"
		formattest.Golden(t, filepath.Join("testdata", "shared", name), got)
	}
}
