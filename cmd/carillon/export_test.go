package main

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestExportOfTheDemo: the demo's region, applied, exported and applied, is no
// change, and neither is its list imported.
func TestExportOfTheDemo(t *testing.T) {
	dir := t.TempDir()
	raw, err := os.ReadFile(filepath.Join("demo", "region.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "region.yaml")
	if err := os.WriteFile(file, []byte(demoText(string(raw))), 0o600); err != nil {
		t.Fatal(err)
	}
	outlines, err := os.ReadFile(filepath.Join("demo", "communes.geojson"))
	if err != nil {
		t.Fatal(err)
	}
	beside := filepath.Join(dir, "communes.geojson")
	if err := os.WriteFile(beside, outlines, 0o600); err != nil {
		t.Fatal(err)
	}
	carillon := func(args ...string) string {
		var out, errs strings.Builder
		if code := run(context.Background(), append(args, "--data="+dir), strings.NewReader(""), &out, io.MultiWriter(&errs)); code != 0 {
			t.Fatalf("carillon %q = %d: %s", args, code, errs.String())
		}
		return out.String()
	}
	carillon("apply", file)
	export := carillon("export", "yaml")
	if err := os.Remove(beside); err != nil { // the store has what was read of it
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(export), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := carillon("apply", "--prune", file); got != "nothing to change\n" {
		t.Errorf("apply of the export says %s\n%s", got, export)
	}
	list := filepath.Join(dir, "list.opml")
	if err := os.WriteFile(list, []byte(carillon("export", "opml")), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := carillon("import", "opml", list); !strings.Contains(got, "\n0 added, ") || strings.Contains(got, "refused:") {
		t.Errorf("import of the export says %s", got)
	}
}

// demoText fills in the template of the demo's region without its servers.
func demoText(text string) string {
	var out []string
	for line := range strings.Lines(text) {
		if strings.Contains(line, "{{- ") { // a condition and what it holds are for running servers
			continue
		}
		line = strings.ReplaceAll(line, "{{.Sources}}", "https://demo.example")
		for {
			before, rest, found := strings.Cut(line, "{{")
			if !found {
				break
			}
			_, after, _ := strings.Cut(rest, "}}")
			line = before + "https://demo.example" + after
		}
		out = append(out, line)
	}
	return strings.Join(out, "")
}
