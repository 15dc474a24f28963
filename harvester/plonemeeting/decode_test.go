package plonemeeting_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/plonemeeting"
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
			doc := federation.Document{URL: "https://www.ville.example/@search", Body: a.Files[0].Data}
			d, err := plonemeeting.Format().Decode(doc)
			if err != nil {
				t.Fatalf("Decode(%s): %v", a.Files[0].Name, err)
			}
			if got := plonemeeting.Format().Sniff(doc); got < 60 {
				t.Errorf("Sniff(%s) = %d, want 60 or more", a.Files[0].Name, got)
			}
			got := render(d)
			if strings.Contains(got, "NEVER") {
				t.Errorf("Decode(%s) shows what is private:\n%s", a.Files[0].Name, got)
			}
			if *update {
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
