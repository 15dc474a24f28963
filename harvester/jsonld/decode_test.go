package jsonld_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/jsonld"
)

var update = flag.Bool("update", false, "rewrite the golden parts of testdata")

// TestDecode reads testdata/*.txtar: a document and what it must be read as.
func TestDecode(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases in testdata: %v", err)
	}
	for _, name := range files {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			doc := federation.Document{URL: "https://www.ville.example/fr/page#top", Body: a.Files[0].Data}
			if s := jsonld.Format().Sniff(doc); s < 50 {
				t.Errorf("Sniff(%s) = %d, want at least 50", a.Files[0].Name, s)
			}
			d, err := jsonld.Format().Decode(doc)
			if err != nil {
				t.Fatalf("Decode(%s): %v", a.Files[0].Name, err)
			}
			got := render(d)
			if *update {
				a.Files = append(a.Files[:1], txtar.File{Name: "want", Data: []byte(got)})
				if err := os.WriteFile(name, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(string(a.Files[1].Data), got); diff != "" {
				t.Errorf("Decode(%s) (-want +got):\n%s", a.Files[0].Name, diff)
			}
		})
	}
}

// render writes what is known, one line each.
func render(d federation.Decoded) string {
	var b strings.Builder
	line := func(name string, value any) {
		if s := fmt.Sprint(value); s != "" && s != "[]" {
			fmt.Fprintf(&b, "%s: %s\n", name, s)
		}
	}
	line("title", d.Title)
	line("language", d.Language)
	line("site", d.SiteURL)
	line("listed", d.Listed)
	for _, w := range d.Warnings {
		line("warning", w)
	}
	for _, it := range d.Items {
		line("\nitem", it.OriginID)
		line("type", it.Type)
		line("url", it.URL)
		line("title", it.Title)
		line("summary", it.Summary)
		line("content", strings.ReplaceAll(it.Content.String(), "<d", "\n    <d"))
		line("language", it.Language)
		line("published", when(it.Published))
		line("updated", when(it.Updated))
		line("expires", when(it.Expires))
		line("authors", strings.Join(it.Authors, " | "))
		line("categories", strings.Join(it.Categories, " | "))
		line("license", it.Provenance.License)
		line("attribution", it.Provenance.Attribution)
		if it.Image != nil {
			line("image", fmt.Sprintf("%+v", *it.Image))
		}
		for _, f := range it.Attachments {
			line("attachment", fmt.Sprintf("%+v", f))
		}
		if p := it.Place; p != nil {
			line("place", fmt.Sprint(p.Name, " / ", p.Address, " / ", p.PostalCode, " / ", p.Point))
		}
		if e := it.Event; e != nil {
			line("event", fmt.Sprint(when(e.Start), " to ", when(e.End), ", all day ", e.AllDay, ", ", e.Status))
			line("recurrence", strings.ReplaceAll(e.Recurrence, "\n", " + "))
			line("zone", e.Zone)
			for _, x := range e.Except {
				line("except", when(x))
			}
		}
		if it.Alert != nil {
			line("alert", fmt.Sprintf("%+v", *it.Alert))
		}
	}
	return b.String()
}

func when(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC3339)
}
