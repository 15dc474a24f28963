package page_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/formattest"
	"github.com/plonegov/carillon/harvester/page"
)

const address = "https://www.ville.example/actualites/2026/03/02/travaux?id=7#suite"

const article = `<!doctype html><html lang=fr><head><title>Collecte des déchets | Ville</title></head><body>
<nav><a href=/>Accueil</a></nav>
<div class=page><div class=titre>Collecte <em>reportée</em></div><p class=date>Publié le lundi 2 mars 2026 par la mairie</p>
<div class=corps><p>La collecte est reportée.</p><div class=pub>Publicité</div><img data-src="/bac.jpg" src="data:image/gif;base64,R0" alt="Un bac"><p>Sortez vos bacs mardi.</p></div>
<div class=corps><p>Une seconde partie.</p><div class=corps>imbriquée</div></div></div>
<footer>Mentions légales</footer></body></html>`

// TestRule reads a page by the selectors of its source.
func TestRule(t *testing.T) {
	rule := federation.PageRule{Title: ".titre", Content: "div.corps", Date: "p.date", Image: ".corps img", Remove: ".pub"}
	d, err := page.Format().Decode(federation.Document{URL: address, Body: []byte(article), Source: federation.Source{Page: &rule}})
	if err != nil || len(d.Items) != 1 || len(d.Warnings) != 0 {
		t.Fatalf("Decode = %+v, %v, want one item without warnings", d, err)
	}
	it := d.Items[0]
	for _, c := range []struct{ field, got, want string }{
		{"Title", it.Title, "Collecte reportée"},
		{"Content", it.Content.Text(), "La collecte est reportée.\nSortez vos bacs mardi.\nUne seconde partie.\nimbriquée"},
		{"Published", formattest.When(it.Published), "2026-03-02T00:00:00+01:00"},
		{"Image.URL", it.Image.URL, "https://www.ville.example/bac.jpg"},
		{"Image.Alt", it.Image.Alt, "Un bac"},
	} {
		if c.got != c.want {
			t.Errorf("%s = %q, want %q", c.field, c.got, c.want)
		}
	}
	if !strings.Contains(it.Content.String(), `src="https://www.ville.example/bac.jpg"`) {
		t.Errorf("Content = %s, want the lazy picture with its address", it.Content)
	}
}

// TestRuleFallsBack warns of selectors that do not match and reads the page
// without them.
func TestRuleFallsBack(t *testing.T) {
	for _, rule := range []federation.PageRule{
		{Title: ".x"}, {Content: ".x"}, {Date: ".x"}, {Image: ".x"}, {Date: "footer"}, {Title: "h1["}, {Content: "p:has(("}, {Remove: "]]"},
	} {
		d, err := page.Format().Decode(federation.Document{URL: address, Body: []byte(article), Source: federation.Source{Page: &rule}})
		if err != nil || len(d.Items) != 1 || len(d.Warnings) != 1 {
			t.Errorf("Decode with %+v = %d items, warnings %v, %v, want one of each", rule, len(d.Items), d.Warnings, err)
			continue
		}
		if it := d.Items[0]; it.Title == "" || !strings.Contains(it.Content.Text(), "Sortez vos bacs") {
			t.Errorf("Decode with %+v = %q, %q, want title and text all the same", rule, it.Title, it.Content.Text())
		}
	}
}

// TestLeftOut holds what gives no item, and what gives one although it looks
// like it.
func TestLeftOut(t *testing.T) {
	long := "<p>" + strings.Repeat("La page parle des erreurs 404 et de la connexion. ", 40) + "</p>"
	page404 := "<html><head><title>%s</title></head><body><h1>%s</h1><p>%s</p></body></html>"
	for _, c := range []struct {
		name, body string
		items      int
		refused    bool
	}{
		{"noindex", `<meta name=robots content="NOINDEX, follow"><h1>T</h1>`, 0, false},
		{"none", `<meta name="ROBOTS" content="none"><h1>T</h1>`, 0, false},
		{"for us", `<meta name=carillon content=noindex><h1>T</h1>`, 0, false},
		{"not for us", `<meta name=googlebot content=noindex><h1>T</h1>`, 1, false},
		{"us alone", `<meta name=robots content=noindex><meta name=carillon content=index><h1>T</h1>`, 1, false},
		{"noimageindex", `<meta name=robots content=noimageindex><h1>T</h1>`, 1, false},
		{"404 in title", fmt.Sprintf(page404, "404 - Ville", "Oups", "Rien"), 0, true},
		{"French", fmt.Sprintf(page404, "Ville", "Page introuvable", "Rien"), 0, true},
		{"Dutch", fmt.Sprintf(page404, "Stad", "Pagina niet gevonden", "Niets"), 0, true},
		{"German", fmt.Sprintf(page404, "Die Seite wurde nicht gefunden", "Hoppla", "Nichts"), 0, true},
		{"about 404", fmt.Sprintf(page404, "404 jours de travaux", "404 jours", long), 1, false},
		{"room 404", fmt.Sprintf(page404, "Salle", "Les 40400 habitants", "Texte"), 1, false},
		{"log-in", `<title>Connexion</title><form><input type=password></form>`, 0, true},
		{"log-in box", `<title>Actualité</title><h1>Actualité</h1>` + long + `<form><input type=PASSWORD></form>`, 1, false},
		{"empty", " \n", 0, true},
		{"no page", "just text", 0, true},
		{"nothing", "<html><body></body></html>", 0, true},
	} {
		d, err := page.Format().Decode(federation.Document{URL: address, Body: []byte(c.body)})
		if (err != nil) != c.refused || len(d.Items) != c.items {
			t.Errorf("%s: Decode = %d items, %v, want %d, refused %v", c.name, len(d.Items), err, c.items, c.refused)
		}
		if err == nil && c.items == 0 && len(d.Warnings) == 0 {
			t.Errorf("%s: Decode gives neither item nor warning", c.name)
		}
	}
}

// TestCanonical believes a page about its own host alone, and not that it is
// the home page.
func TestCanonical(t *testing.T) {
	const here = "https://www.ville.example/actualites/2026/03/02/travaux?id=7"
	for _, c := range []struct{ head, want string }{
		{`<link rel=canonical href="/travaux#x">`, "https://www.ville.example/travaux"},
		{`<link rel="shortlink canonical" href="https://ville.example/travaux">`, "https://ville.example/travaux"},
		{`<link rel=canonical href="https://elsewhere.example/travaux">`, here},
		{`<link rel=canonical href="https://www.ville.example/">`, here},
		{`<link rel=canonical href="javascript:alert(1)">`, here},
		{`<link rel=canonical href="https://u:p@www.ville.example/x">`, here},
		{`<meta property="og:url" content="https://www.ville.example/og">`, "https://www.ville.example/og"},
		{`<base href="/fr/"><link rel=canonical href="travaux">`, "https://www.ville.example/fr/travaux"},
		{``, here},
	} {
		d, err := page.Format().Decode(federation.Document{URL: address, Body: []byte("<html><head>" + c.head + "</head><body><h1>T</h1>")})
		if err != nil || len(d.Items) != 1 {
			t.Errorf("Decode(%s) = %d items, %v", c.head, len(d.Items), err)
			continue
		}
		if it := d.Items[0]; it.URL != c.want || it.OriginID != c.want {
			t.Errorf("Decode(%s): URL %q, OriginID %q, want %q", c.head, it.URL, it.OriginID, c.want)
		}
	}
}

// TestSniff claims pages only for sources that say how to read them.
func TestSniff(t *testing.T) {
	rule := federation.Source{Page: &federation.PageRule{}}
	for _, c := range []struct {
		body string
		src  federation.Source
		want int
	}{
		{article, rule, 65}, {article, federation.Source{}, 0}, {"<rss><channel/></rss>", rule, 0},
		{`<?xml version="1.0"?><urlset/>`, rule, 0}, {`{"a":1}`, rule, 0}, {`<?xml version="1.0"?><!DOCTYPE html><html>`, rule, 65},
	} {
		if got := page.Format().Sniff(federation.Document{Body: []byte(c.body), Source: c.src}); got != c.want {
			t.Errorf("Sniff(%.30q, %v) = %d, want %d", c.body, c.src.Page != nil, got, c.want)
		}
	}
}

// TestEncodings reads pages in the encoding of their header or meta element.
func TestEncodings(t *testing.T) {
	for _, c := range []struct{ contentType, body string }{
		{"text/html; charset=iso-8859-1", "<html><h1>Caf\xe9</h1>"},
		{"text/html", "<html><meta charset=windows-1252><h1>Caf\xe9</h1>"},
		{"", "<html><h1>Caf\xe9</h1>"},
		{"text/html", "<html><h1>Café</h1>"},
		{"", "\xef\xbb\xbf<html><h1>Café</h1>"},
		{"", "\xff\xfe<\x00h\x001\x00>\x00C\x00a\x00f\x00\xe9\x00"},
	} {
		d, err := page.Format().Decode(federation.Document{URL: address, ContentType: c.contentType, Body: []byte(c.body)})
		if err != nil || len(d.Items) != 1 || d.Items[0].Title != "Café" {
			t.Errorf("Decode(%q, %q) = %+v, %v, want the title Café", c.contentType, c.body, d.Items, err)
		}
	}
}

var corpus = formattest.Corpus{URL: address, Seeds: []string{article}, Large: large,
	Small: func(title string) string {
		return "<html><head><title>" + title + "</title></head><body><main><h1>" + title + "</h1><p>Une phrase, et encore une, de la commune.</p></main></body></html>"
	},
	Check: func(t testing.TB, name string, d federation.Decoded) {
		if len(d.Items) > 1 || d.Listed != len(d.Items) || len(d.Items) == 0 && len(d.Warnings) == 0 {
			t.Errorf("%s: %d items, %d listed, warnings %v", name, len(d.Items), d.Listed, d.Warnings)
		}
	},
}

// large are pages made to be expensive.
func large() map[string]string {
	return map[string]string{
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
	}
}

func TestFormat(t *testing.T) { formattest.Run(t, page.Format(), corpus) }

func FuzzDecode(f *testing.F) { formattest.Fuzz(f, page.Format(), corpus) }

// ruled is the corpus of a source that says how to read its pages.
func ruled() formattest.Corpus {
	c := corpus
	c.Source = federation.Source{Page: &federation.PageRule{Title: "h1", Content: "p, div", Date: "time", Image: "img", Remove: "b"}, Language: "fr"}
	return c
}

func TestFormatRuled(t *testing.T) { formattest.Bytes(t, page.Format(), ruled()) }

func FuzzDecodeRuled(f *testing.F) { formattest.Fuzz(f, page.Format(), ruled()) }
