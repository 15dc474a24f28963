package sitemap_test

import (
	"bytes"
	"compress/gzip"
	"encoding/xml"
	"fmt"
	"html"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/shareddata"
	"github.com/plonegov/carillon/harvester/formattest"
	"github.com/plonegov/carillon/harvester/sitemap"
)

const home = "https://www.ville.example/sitemap.xml"

// TestShared reads the sitemaps of the shared data and compares with a walk of
// the XML of its own.
func TestShared(t *testing.T) {
	for name, home := range map[string]string{"sitemap.xml": "https://www.sitemaps.org/sitemap.xml", "sitemap-hreflang.xml": "http://www.example.com/sitemap.xml"} {
		body, err := os.ReadFile(shareddata.Dir(t, "feeds", "sitemap", name))
		if err != nil {
			t.Fatal(err)
		}
		var want struct {
			URLs []struct {
				Loc     string `xml:"loc"`
				Lastmod string `xml:"lastmod"`
			} `xml:"url"`
			Sitemaps []struct {
				Loc string `xml:"loc"`
			} `xml:"sitemap"`
		}
		if err := xml.Unmarshal(body, &want); err != nil {
			t.Fatal(err)
		}
		d, err := sitemap.Format().Decode(federation.Document{URL: home, Body: body})
		if err != nil || len(d.Warnings) > 0 || !d.Complete {
			t.Fatalf("Decode(%s) = %v, warnings %v, complete %v", name, err, d.Warnings, d.Complete)
		}
		if len(d.Pages) != len(want.URLs)+len(want.Sitemaps) || d.Listed != len(want.URLs) {
			t.Errorf("Decode(%s) = %d pages, %d listed, want %d and %d", name, len(d.Pages), d.Listed, len(want.URLs)+len(want.Sitemaps), len(want.URLs))
		}
		for _, u := range want.URLs {
			if !slices.ContainsFunc(d.Pages, func(p federation.Page) bool {
				return p.URL == u.Loc && p.Stamp == u.Lastmod && p.Format == "page"
			}) {
				t.Errorf("Decode(%s) lacks %s with the stamp %q", name, u.Loc, u.Lastmod)
			}
		}
		t.Logf("%s: %d pages", name, len(d.Pages))
	}
}

// TestPrefixes filters by the rule of the source.
func TestPrefixes(t *testing.T) {
	body := "https://www.ville.example/actualites/1\nhttps://www.ville.example/actualites/archives/2\nhttps://www.ville.example/\n\nhttps://www.ville.example/%C3%A9cole/3\r\n"
	for _, c := range []struct {
		rule *federation.PageRule
		want []string
	}{
		{nil, []string{"/actualites/1", "/actualites/archives/2", "/", "/%C3%A9cole/3"}},
		{&federation.PageRule{Include: []string{"/actualites/"}, Exclude: []string{"/actualites/archives"}}, []string{"/actualites/1"}},
		{&federation.PageRule{Include: []string{"/école"}}, []string{"/%C3%A9cole/3"}},
		{&federation.PageRule{Exclude: []string{"/"}}, nil},
	} {
		doc := federation.Document{URL: home, Body: []byte(body), Source: federation.Source{Page: c.rule}}
		if s := sitemap.Format().Sniff(doc); s != 40 {
			t.Errorf("Sniff(list of addresses) = %d, want 40", s)
		}
		d, err := sitemap.Format().Decode(doc)
		var got []string
		for _, p := range d.Pages {
			got = append(got, strings.TrimPrefix(p.URL, "https://www.ville.example"))
		}
		if diff := cmp.Diff(c.want, got); err != nil || diff != "" {
			t.Errorf("Decode with %+v: %v (-want +got):\n%s", c.rule, err, diff)
		}
	}
}

// TestNoCharacterOfXML has a title pasted from a text processor, which must not
// cost the entry behind it.
func TestNoCharacterOfXML(t *testing.T) {
	for _, odd := range []string{"\x00", "\x0b", "\x1b", "\xff", "\uFFFE", "\uFFFF"} {
		body := `<urlset><url><loc>https://www.ville.example/1</loc><news:news><news:title>Fête` + odd + `du parc</news:title></news:news></url><url><loc>https://www.ville.example/2</loc></url></urlset>`
		d, err := sitemap.Format().Decode(federation.Document{URL: home, Body: []byte(body)})
		if err != nil || len(d.Pages) != 2 || len(d.Warnings) > 0 {
			t.Errorf("Decode with %q in a title: %d pages, warnings %v, %v, want 2", odd, len(d.Pages), d.Warnings, err)
		}
	}
}

func packed(t *testing.T, s string) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write([]byte(s)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestGzip unpacks what the client did not, within bounds.
func TestGzip(t *testing.T) {
	one := `<urlset><url><loc>https://www.ville.example/a</loc></url>`
	whole := packed(t, one+"</urlset>")
	bomb := packed(t, one+strings.Repeat(" ", 40<<20)+"</urlset>")
	for _, c := range []struct {
		name     string
		body     []byte
		pages    int
		complete bool
	}{{"whole", whole, 1, true}, {"cut", whole[:len(whole)-9], 1, false}, {"bomb", bomb, 1, false}, {"damaged", whole[:8], -1, false}} {
		d, err := sitemap.Format().Decode(federation.Document{URL: home, Body: c.body})
		if (err != nil) != (c.pages < 0) || err == nil && (len(d.Pages) != c.pages || d.Complete != c.complete) {
			t.Errorf("%s: Decode = %d pages, complete %v, %v, want %d, %v", c.name, len(d.Pages), d.Complete, err, c.pages, c.complete)
		}
	}
	if s := sitemap.Format().Sniff(federation.Document{Body: whole}); s != 95 {
		t.Errorf("Sniff(gzip) = %d, want 95", s)
	}
}

// TestMany keeps the newest of more addresses than are read.
func TestMany(t *testing.T) {
	var b strings.Builder
	b.WriteString("<urlset>")
	for i := range 30_000 {
		fmt.Fprintf(&b, "<url><loc>https://www.ville.example/%d</loc><lastmod>20%02d-01-01</lastmod></url>", i, i%26)
	}
	b.WriteString("</urlset>")
	d, err := sitemap.Format().Decode(federation.Document{URL: home, Body: []byte(b.String())})
	if err != nil || len(d.Pages) != 20_000 || d.Listed != 30_000 || d.Complete || len(d.Warnings) != 1 {
		t.Fatalf("Decode = %d pages, %d listed, complete %v, %v, %v", len(d.Pages), d.Listed, d.Complete, d.Warnings, err)
	}
	if d.Pages[0].Stamp != "2025-01-01" || d.Pages[19_999].Stamp < "2008" {
		t.Errorf("Decode begins with %s and ends with %s, want the newest first", d.Pages[0].Stamp, d.Pages[19_999].Stamp)
	}
}

// TestRefused holds what is no sitemap, and what is one against appearances.
func TestRefused(t *testing.T) {
	for _, c := range []struct {
		body  string
		sniff int
		ok    bool
	}{
		{"", 0, false}, {"<html><body>https://www.ville.example/</body></html>", 0, false}, {"<rss><channel/></rss>", 0, false},
		{"plain text", 0, false}, {"title,link\na,https://www.ville.example/", 0, false}, {"<urlset", 0, false},
		{"<urlset><url><loc>", 95, false}, {"<urlset/>", 95, true}, {`<?xml version="1.0"?><!-- made by x --><sitemapindex></sitemapindex>`, 95, true},
		{"<s:urlset xmlns:s='http://www.sitemaps.org/schemas/sitemap/0.9'><s:url><s:loc>https://www.ville.example/a</s:loc></s:url></s:urlset>", 95, true},
	} {
		doc := federation.Document{URL: home, Body: []byte(c.body)}
		if s := sitemap.Format().Sniff(doc); s != c.sniff {
			t.Errorf("Sniff(%.40q) = %d, want %d", c.body, s, c.sniff)
		}
		if d, err := sitemap.Format().Decode(doc); (err == nil) != c.ok {
			t.Errorf("Decode(%.40q) = %d pages, %v, want ok %v", c.body, len(d.Pages), err, c.ok)
		}
	}
}

// TestNested does not follow an index within an index.
func TestNested(t *testing.T) {
	body := []byte("<sitemapindex><sitemap><loc>https://www.ville.example/s.xml</loc></sitemap></sitemapindex>")
	d, err := sitemap.Format().Decode(federation.Document{URL: home, Body: body, Page: &federation.Page{URL: home}})
	if err != nil || len(d.Pages) != 0 || d.Complete || len(d.Warnings) != 1 {
		t.Errorf("Decode = %d pages, complete %v, %v, %v, want a warning alone", len(d.Pages), d.Complete, d.Warnings, err)
	}
}

var corpus = formattest.Corpus{URL: home, Sniff: 95,
	Small: func(title string) string {
		return `<urlset xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://www.ville.example/a</loc><news:news><news:title>` + title + `</news:title></news:news></url></urlset>`
	},
	List: formattest.List(`<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">`,
		`<url><loc>https://www.ville.example/%d</loc><news:news><news:publication_date>2026-01-01</news:publication_date><news:title>%s</news:title></news:news></url>`, "", `</urlset>`, html.EscapeString),
	Seeds: []string{"https://www.ville.example/a\nhttps://www.ville.example/b"},
	Large: func() map[string]string {
		return map[string]string{
			"xml-depth":      strings.Repeat("<a>", 50_000) + strings.Repeat("</a>", 50_000),
			"xml-depth-open": "<urlset>" + strings.Repeat("<url>", 200_000),
			"xml-attrs":      "<urlset " + strings.Repeat("a='b' ", 100_000) + "/>",
			"xml-attr-long":  "<urlset a='" + strings.Repeat("x", 8<<20) + "'/>",
			"xml-cdata":      "<urlset><url><loc>" + strings.Repeat("<![CDATA[x]]>", 100_000) + "</loc></url></urlset>",
			"long lines":     strings.Repeat("https://www.ville.example/", 100_000),
		}
	},
	Check: func(t testing.TB, name string, d federation.Decoded) {
		for _, p := range d.Pages {
			if !strings.Contains(strings.ToLower(p.URL), "ville.example") {
				t.Errorf("%s: %q is not on the host of the sitemap", name, p.URL)
			}
		}
		if len(d.Pages) > 20_000 || len(d.Items) > 0 {
			t.Errorf("%s: %d pages, %d items", name, len(d.Pages), len(d.Items))
		}
	},
}

func TestFormat(t *testing.T) { formattest.Run(t, sitemap.Format(), corpus) }

func FuzzDecode(f *testing.F) { formattest.Fuzz(f, sitemap.Format(), corpus) }
