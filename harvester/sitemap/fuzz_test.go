package sitemap_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/shareddata"
	"github.com/plonegov/carillon/harvester/sitemap"
)

// check holds the promises of the package to any bytes.
func check(t *testing.T, name string, body []byte) {
	t.Helper()
	doc := federation.Document{URL: home, Body: body}
	sitemap.Format().Sniff(doc)
	d, err := sitemap.Format().Decode(doc)
	if err != nil {
		return
	}
	seen := map[string]bool{}
	for _, p := range d.Pages {
		if seen[p.URL] {
			t.Errorf("%s: %s comes twice", name, p.URL)
		}
		seen[p.URL] = true
		if !strings.HasPrefix(p.URL, "http") || !strings.Contains(strings.ToLower(p.URL), "ville.example") {
			t.Errorf("%s: %q is not on the host of the sitemap", name, p.URL)
		}
		if !utf8.ValidString(p.URL + p.Stamp + p.Item.Title + strings.Join(p.Item.Categories, "")) {
			t.Errorf("%s: %+v is not UTF-8", name, p)
		}
	}
	if len(d.Pages) > 20_000 || len(d.Items) > 0 {
		t.Errorf("%s: %d pages, %d items", name, len(d.Pages), len(d.Items))
	}
}

func FuzzDecode(f *testing.F) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b[strings.Index(string(b), "<"):])
	}
	f.Add([]byte("https://www.ville.example/a\nhttps://www.ville.example/b"))
	f.Fuzz(func(t *testing.T, body []byte) { check(t, "fuzz", body[:min(len(body), 64<<10)]) })
}

// TestHostile reads the XML attacks and the big inputs.
func TestHostile(t *testing.T) {
	raw, err := os.ReadFile(shareddata.Dir(t, "hostile", "xml", "entity-attacks.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(raw)) {
		var c struct{ ID, Text string }
		if err := json.Unmarshal([]byte(line), &c); err != nil {
			t.Fatal(err)
		}
		check(t, c.ID, []byte(c.Text))
		if i := strings.LastIndex(c.Text, "]>"); i > 0 { // the same DTD before a sitemap that uses its entities
			doc := c.Text[:i+2] + "<urlset><url><loc>https://www.ville.example/&xxe;&a;&b;&file;</loc></url></urlset>"
			check(t, c.ID, []byte(doc))
			if d, err := sitemap.Format().Decode(federation.Document{URL: home, Body: []byte(doc)}); err == nil && len(d.Pages) > 0 && len(d.Pages[0].URL) > 100 {
				t.Errorf("%s: an entity was expanded: %.200s", c.ID, d.Pages[0].URL)
			}
		}
	}
	for name, body := range map[string]string{
		"xml-depth":      strings.Repeat("<a>", 50_000) + strings.Repeat("</a>", 50_000),
		"xml-depth-open": "<urlset>" + strings.Repeat("<url>", 200_000),
		"xml-attrs":      "<urlset " + strings.Repeat("a='b' ", 100_000) + "/>",
		"xml-attr-long":  "<urlset a='" + strings.Repeat("x", 8<<20) + "'/>",
		"xml-cdata":      "<urlset><url><loc>" + strings.Repeat("<![CDATA[x]]>", 100_000) + "</loc></url></urlset>",
		"long lines":     strings.Repeat("https://www.ville.example/", 100_000),
	} {
		check(t, name, []byte(body))
	}
}
