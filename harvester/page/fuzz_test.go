package page_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"
	"github.com/plonegov/carillon/harvester/page"
)

// check holds the promises of the package to any bytes.
func check(t *testing.T, name string, body []byte) {
	t.Helper()
	for _, rule := range []*federation.PageRule{nil, {Title: "h1", Content: "p, div", Date: "time", Image: "img", Remove: "b"}} {
		d, err := page.Format().Decode(federation.Document{URL: address, Body: body, Source: federation.Source{Page: rule, Language: "fr"}})
		if err != nil {
			continue
		}
		if len(d.Items) > 1 || d.Listed != len(d.Items) || len(d.Items) == 0 && len(d.Warnings) == 0 {
			t.Errorf("%s: %d items, %d listed, warnings %v", name, len(d.Items), d.Listed, d.Warnings)
		}
		for _, it := range d.Items {
			if it.OriginID == "" || !utf8.ValidString(it.Title+it.Summary+it.OriginID+strings.Join(it.Categories, "")) {
				t.Errorf("%s: %+v has no id or is not UTF-8", name, it)
			}
			if again := markup.Sanitise(it.Content.String(), nil); !again.Equal(it.Content) {
				t.Errorf("%s: sanitising the content again changes it", name)
			}
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(article))
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, body []byte) { check(t, "fuzz", body[:min(len(body), 64<<10)]) })
}

// TestHostile reads pages made to be expensive.
func TestHostile(t *testing.T) {
	for name, body := range map[string]string{
		"html-depth":          strings.Repeat("<div>", 100_000) + "text",
		"html-depth-allowed":  strings.Repeat("<div>", 200) + "text",
		"html-attrs":          "<p " + strings.Repeat("a=b ", 20_000) + ">x",
		"html-format-nest":    strings.Repeat("<b><i>", 5000) + strings.Repeat("<p>", 5000),
		"html-tables":         strings.Repeat("<table><tr><td>", 5000),
		"html-entities":       strings.Repeat("&NotEqualTilde;", 200_000),
		"html-unclosed-quote": `<a href="` + strings.Repeat("x", 3<<20),
		"many paragraphs":     "<article>" + strings.Repeat("<p>Une phrase, avec une virgule, et encore une autre.</p>", 20_000),
		"many spans":          strings.Repeat("<span>x</span>", 30_000),
		"many links":          strings.Repeat(`<div class="a b"><a href=x>y</a></div>`, 15_000),
		"many times":          strings.Repeat("<time>1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20</time>", 5000),
		"many brs":            "<div>" + strings.Repeat("a<br><br>", 15_000),
	} {
		check(t, name, []byte(body))
	}
}
