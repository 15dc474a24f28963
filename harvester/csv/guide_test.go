package csv_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var excerpt = regexp.MustCompile("(?s)```go\n(.*?)```")

// TestGuide holds docs/add-a-format.md to the code: each excerpt stands in this
// package or in the wiring, white space apart, which gofmt aligns.
func TestGuide(t *testing.T) {
	guide, err := os.ReadFile("../../docs/add-a-format.md")
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	files = append(files, "../../cmd/carillon/formats.go", "../../cmd/carillon/deps_test.go")
	var code strings.Builder
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") && filepath.Base(name) == name && name != "format_test.go" {
			continue
		}
		body, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		code.WriteString(spaced(string(body)))
	}
	excerpts := excerpt.FindAllStringSubmatch(string(guide), -1)
	if len(excerpts) < 8 {
		t.Errorf("the guide has %d excerpts, want 8 or more", len(excerpts))
	}
	wired := strings.Contains(code.String(), `"github.com/plonegov/carillon/harvester/csv"`)
	for _, e := range excerpts {
		if strings.Contains(code.String(), spaced(e[1])) {
			continue
		}
		if !wired && (strings.Contains(e[1], "csv.Format()") || strings.Contains(e[1], "harvester/csv")) {
			t.Log("cmd/carillon does not know the format yet")
			continue
		}
		t.Errorf("the guide shows what is not in the code:\n%s", e[1])
	}
}

func spaced(s string) string { return " " + strings.Join(strings.Fields(s), " ") + " " }
