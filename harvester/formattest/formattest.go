// Package formattest holds what every format must do, so that a new one costs a
// corpus and one line of test: it reads the documents of its corpus as is
// written beside them, reads the same text from the same bytes as all others,
// refuses nothing in silence, and keeps the promises of federation.Format
// whatever the bytes.
package formattest

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/plonegov/carillon/federation"
)

// Update says that the golden files are to be written anew; a test with golden
// files of its own obeys it too.
var Update = flag.Bool("update", false, "rewrite the golden parts of testdata")

// Corpus is what a format is tried with, beside testdata/*.txtar: a document
// and, as "want", what Render writes of it.
type Corpus struct {
	URL    string            // where documents are said to come from
	Source federation.Source // the zero value is a source that says nothing
	Sniff  int               // how sure the format is of each golden document, at least
	Never  string            // words that a golden document holds and no reader may see; "" = none

	// Small is a document with one item whose title is the given word, up to
	// the byte that can be left out.
	Small func(title string) string
	// Check is what the format promises beside what all do; nil = nothing.
	Check func(t testing.TB, name string, d federation.Decoded, err error)
}

func (c Corpus) document(body []byte) federation.Document {
	return federation.Document{URL: c.URL, Body: body, Source: c.Source}
}

// Run tries the format with the corpus.
func Run(t *testing.T, f federation.Format, c Corpus) {
	t.Run("golden", func(t *testing.T) { golden(t, f, c) })
	Bytes(t, f, c)
}

// Bytes tries the format with what has no golden document: encodings, ends too
// early, hostile bytes.
func Bytes(t *testing.T, f federation.Format, c Corpus) {
	t.Run("charsets", func(t *testing.T) { charsets(t, f, c) })
	t.Run("cut", func(t *testing.T) { cut(t, f, c) })
	t.Run("hostile", func(t *testing.T) { hostile(t, f, c) })
}

func files(t *testing.T) []string {
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatalf("no cases in testdata: %v", err)
	}
	return names
}

func golden(t *testing.T, f federation.Format, c Corpus) {
	for _, name := range files(t) {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			doc := c.document(a.Files[0].Data)
			if s := f.Sniff(doc); s < c.Sniff {
				t.Errorf("Sniff(%s) = %d, want %d or more", a.Files[0].Name, s, c.Sniff)
			}
			d, err := Check(t, f, c, name, doc.Body)
			if err != nil {
				t.Fatalf("Decode(%s): %v", a.Files[0].Name, err)
			}
			got := Render(d)
			if c.Never != "" && strings.Contains(got, c.Never) {
				t.Errorf("Decode(%s) shows what is private:\n%s", a.Files[0].Name, got)
			}
			if *Update {
				a.Files = append(a.Files[:1], txtar.File{Name: "want", Data: []byte(got)})
				if err := os.WriteFile(name, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if len(a.Files) < 2 {
				t.Fatalf("%s has no golden part; run with -update", name)
			}
			if diff := cmp.Diff(string(a.Files[1].Data), got); diff != "" {
				t.Errorf("Decode(%s) (-want +got):\n%s", a.Files[0].Name, diff)
			}
		})
	}
}
