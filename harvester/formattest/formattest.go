// Package formattest holds what every format must do, so that a new one costs a
// corpus and one line of test: it reads the documents of its corpus as is
// written beside them, reads the same text from the same bytes as all others,
// refuses nothing in silence, and keeps the promises of federation.Format
// whatever the bytes.
package formattest

import (
	"encoding/json"
	"flag"
	"fmt"
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
// and, as "want", what Render writes of it. Only URL and Small are needed.
type Corpus struct {
	URL    string            // where documents are said to come from; one that ends in "/" goes on with the name of the golden document
	Source federation.Source // the zero value is a source that says nothing
	Sniff  int               // how sure the format is of each golden document, at least
	Never  string            // words that a golden document holds and no reader may see; "" = none

	// Small is a document with one item whose title is the given word, up to
	// the byte that can be left out.
	Small func(title string) string
	// Seeds are documents that fuzzing begins with, beside the golden ones.
	Seeds []string
	// List is a document with an item for each title, written as the format
	// writes any text; nil where a document tells of one thing.
	List func(titles ...string) string
	// Large are documents that are large in one way, by name; nil = none.
	Large func() map[string]string
	// Claims reports whether the format may be so sure (0 to 100) of a file of
	// the shared data outside trials/, which has all kinds; nil = of any.
	Claims func(path string, sure int) bool
	// Check is what the format promises beside what all do of what it decoded;
	// nil = nothing.
	Check func(t testing.TB, name string, d federation.Decoded)
}

func (c Corpus) document(body []byte) federation.Document {
	return federation.Document{URL: c.URL, Body: body, Source: c.Source}
}

// Run tries the format with the corpus.
func Run(t *testing.T, f federation.Format, c Corpus) {
	t.Run("golden", func(t *testing.T) { golden(t, f, c) })
	t.Run("shared", func(t *testing.T) { shared(t, f, c) })
	Bytes(t, f, c)
}

// Bytes tries the format with what has no golden document: encodings, ends too
// early, hostile and large documents.
func Bytes(t *testing.T, f federation.Format, c Corpus) {
	t.Run("charsets", func(t *testing.T) { charsets(t, f, c) })
	t.Run("cut", func(t *testing.T) { cut(t, f, c) })
	t.Run("hostile", func(t *testing.T) { hostile(t, f, c) })
	t.Run("large", func(t *testing.T) { large(t, f, c) })
}

// Fuzz holds the format to its promises on any bytes, up to 64 KiB.
func Fuzz(f *testing.F, format federation.Format, c Corpus) {
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range names {
		a, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(a.Files[0].Data)
	}
	for _, seed := range append(c.Seeds, c.Small(title)) {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) { Check(t, format, c, "fuzz", body[:min(len(body), 64<<10)]) })
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
			if strings.HasSuffix(c.URL, "/") {
				c.URL += a.Files[0].Name
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

// Golden compares got with the file at path, which Update rewrites.
func Golden(t *testing.T, path, got string) {
	t.Helper()
	if *Update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", path, diff)
	}
}

// List writes documents for [Corpus.List]: head, then item for each title, with
// its number for %d and itself, escaped, for %s, then tail.
func List(head, item, between, tail string, escape func(string) string) func(titles ...string) string {
	return func(titles ...string) string {
		var b strings.Builder
		b.WriteString(head)
		for i, title := range titles {
			if i > 0 {
				b.WriteString(between)
			}
			if fmt.Fprintf(&b, item, i+1, escape(title)); b.Len() > maxBody {
				break
			}
		}
		return b.String() + tail
	}
}

// JSON is a value of a test as JSON writes it.
func JSON[T any](v T) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // no test has others
	}
	return string(b)
}
