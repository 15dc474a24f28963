package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestSourcesPage holds that docs/sources.md has a line for every format of
// this build, in their order, and that its links lead somewhere.
func TestSourcesPage(t *testing.T) {
	page := readDoc(t, "sources.md")
	var told []string
	for _, row := range regexp.MustCompile(`(?m)^\| \[([a-z]+)\]\(`).FindAllStringSubmatch(page, -1) {
		told = append(told, row[1])
	}
	if diff := cmp.Diff(formatNames(), told); diff != "" {
		t.Errorf("docs/sources.md (-formats +told):\n%s", diff)
	}
	for _, link := range regexp.MustCompile(`\]\(([^)#]+)`).FindAllStringSubmatch(page, -1) {
		if _, err := os.Stat(filepath.Join("..", "..", "docs", link[1])); err != nil {
			t.Errorf("docs/sources.md: %v", err)
		}
	}
}

// TestRegionFilePage applies the examples of docs/region-file.md, one after the
// other, to a hub that has what they go on from.
func TestRegionFilePage(t *testing.T) {
	data := applied(t, `
members:
  - {slug: samb, kind: commune, name: Sambre}
  - {slug: merle, kind: commune, name: Merle, sources: [{slug: news, url: "https://merle.example/rss"}]}
  - {slug: court, kind: commune, name: Court, sources: [{slug: actus, url: "https://court.example/rss"}]}
`)
	page := readDoc(t, "region-file.md")
	examples := regexp.MustCompile("(?s)```yaml\n(.*?)```").FindAllStringSubmatch(page, -1)
	beside := map[string]string{"communes.geojson": `{"type": "FeatureCollection", "features": [{"type": "Feature", "id": "03000",
		"geometry": {"type": "Polygon", "coordinates": [[[4.5, 50.4], [4.7, 50.4], [4.7, 50.5], [4.5, 50.4]]]}}]}`}
	var regions []string
	for _, e := range examples {
		if strings.HasPrefix(e[1], "fr:") { // of the file of synonyms
			beside["synonyms.yaml"] = e[1]
		} else {
			regions = append(regions, e[1])
		}
	}
	if len(regions) != 4 || beside["synonyms.yaml"] == "" {
		t.Fatalf("docs/region-file.md has %d examples of a region file, want 4, and one of synonyms", len(regions))
	}
	for _, e := range regions {
		file := filepath.Join(t.TempDir(), "region.yaml")
		beside["region.yaml"] = e
		for name, body := range beside {
			if err := os.WriteFile(filepath.Join(filepath.Dir(file), name), []byte(body), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if code, out := carillon(t, "apply", file, "--data="+data); code != exitDone {
			t.Errorf("apply of an example of docs/region-file.md = %d: %s\n%s", code, out, e)
		}
		if code, out := carillon(t, "apply", file, "--data="+data, "--dry-run"); code != exitDone || !strings.Contains(out, "nothing to change") {
			t.Errorf("apply of the same example again = %d: %s", code, out)
		}
	}
}

func readDoc(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("..", "..", "docs", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
