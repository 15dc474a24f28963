package csv_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/csv"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "rewrite the golden files")

const address = "https://www.ville.example/data/table.csv"

func decode(t *testing.T, doc federation.Document) federation.Decoded {
	t.Helper()
	d, err := csv.Format().Decode(doc)
	if err != nil {
		t.Fatalf("Decode(%.80q) = %v", doc.Body, err)
	}
	return d
}

// TestDecode reads each document of testdata and compares what is known of it
// with the text that follows it.
func TestDecode(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("testdata: %d files, %v", len(files), err)
	}
	for _, name := range files {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			got := render(decode(t, federation.Document{URL: address, Body: a.Files[0].Data}))
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
	line("self", d.Self)
	line("next", d.Next)
	line("listed", d.Listed)
	line("complete", d.Complete)
	for _, p := range d.Pages {
		line("page", p.URL)
	}
	for _, g := range d.Gone {
		line("gone", g.OriginID+" "+when(g.When))
	}
	for _, w := range d.Warnings {
		line("warning", w)
	}
	for _, it := range d.Items {
		line("\nitem", it.OriginID)
		line("type", it.Type)
		line("url", it.URL)
		line("title", it.Title)
		line("summary", it.Summary)
		line("content", it.Content)
		line("language", it.Language)
		line("published", when(it.Published))
		line("updated", when(it.Updated))
		line("expires", when(it.Expires))
		line("authors", strings.Join(it.Authors, " | "))
		line("categories", strings.Join(it.Categories, " | "))
		line("licence", it.Provenance.License)
		if it.Image != nil {
			line("image", it.Image.URL)
		}
		for _, f := range it.Attachments {
			line("attachment", strings.TrimSpace(f.URL+" "+f.Title+" "+f.Role))
		}
		if p := it.Place; p != nil {
			line("place", strings.Join([]string{p.Name, p.Address, p.PostalCode}, " | "))
			if p.Point != nil {
				line("point", *p.Point)
			}
		}
		if e := it.Event; e != nil {
			line("event", fmt.Sprint(when(e.Start), " to ", when(e.End), " all day ", e.AllDay))
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
