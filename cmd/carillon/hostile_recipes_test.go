package main

import (
	"encoding/json"
	"fmt"
	"html"
	"os"
	"strings"
	"testing"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/shareddata"
)

// carrier is a document of a format into which texts can be put.
type carrier struct {
	head, item, tail string // item has %d for its number and %s for its text, once or twice
	between          string
	escape           func(string) string
	one              bool // the document tells of one thing
}

func carriers() map[string]carrier {
	asJSON := func(s string) string {
		b, err := json.Marshal(s)
		if err != nil {
			panic(err) // no string fails
		}
		return string(b)
	}
	asICS := strings.NewReplacer(`\`, `\\`, "\r", " ", "\n", `\n`, ",", `\,`, ";", `\;`).Replace
	asCSV := func(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }
	return map[string]carrier{
		"feed": {head: `<rss version="2.0"><channel><title>t</title>`, item: `<item><guid>g%d</guid><title>%s</title></item>`, tail: `</channel></rss>`, escape: html.EscapeString},
		"ics": {head: "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n", item: "BEGIN:VEVENT\r\nUID:u%d\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:20260301T100000Z\r\nSUMMARY:%s\r\nEND:VEVENT\r\n",
			tail: "END:VCALENDAR\r\n", escape: asICS},
		"cap": {head: `<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><sender>s</sender><sent>2026-01-02T10:00:00+01:00</sent><status>Actual</status><msgType>Alert</msgType><scope>Public</scope>`,
			item: `<identifier>i%d</identifier><info><event>Storm</event><urgency>Expected</urgency><severity>Severe</severity><certainty>Likely</certainty><headline>%s</headline></info>`, tail: `</alert>`, escape: html.EscapeString, one: true},
		"dila": {head: `<Publication xmlns:dc="http://purl.org/dc/elements/1.1/" type="Fiche d'information"`, item: ` ID="F%d"><dc:title>%s</dc:title>`,
			tail: `<Introduction><Texte><Paragraphe>x</Paragraphe></Texte></Introduction></Publication>`, escape: html.EscapeString, one: true},
		"jsonld": {head: `{"@context":"https://schema.org","@graph":[`, item: `{"@type":"NewsArticle","@id":"https://www.example.org/%d","headline":%s}`, between: ",", tail: `]}`, escape: asJSON},
		"sitemap": {head: `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">`,
			item: `<url><loc>https://www.example.org/%d</loc><news:news><news:publication_date>2026-01-01</news:publication_date><news:title>%s</news:title></news:news></url>`, tail: `</urlset>`, escape: html.EscapeString},
		"page":         {head: `<!doctype html><html lang=fr><head>`, item: `<link rel=canonical href="https://www.example.org/%d"><title>%s</title></head><body><article><h1>Avis</h1><p>Le texte de la page, assez long pour en être un.</p></article>`, tail: `</body></html>`, escape: html.EscapeString, one: true},
		"plone":        {head: `{"@id":"https://www.example.org/@search","items":[`, item: `{"@id":"https://www.example.org/%d","@type":"News Item","title":%s}`, between: ",", tail: `],"items_total":2}`, escape: asJSON},
		"plonemeeting": {head: `{"@id":"https://www.example.org/@search","items":[`, item: `{"@id":"https://www.example.org/%d","UID":"u%[1]d","@type":"MeetingItemCouncil","review_state":"accepted","privacy":{"token":"public"},"title":%s}`, between: ",", tail: `],"items_total":2}`, escape: asJSON},
		"oparl":        {head: `{"data":[`, item: `{"id":"https://www.example.org/%d","type":"https://schema.oparl.org/1.1/Paper","name":%s}`, between: ",", tail: `],"links":{},"pagination":{}}`, escape: asJSON},
		"csv":          {head: "id,title,url\n", item: "%d,%s,https://www.example.org/\n", escape: asCSV},
	}
}

// with is the document with these texts.
func (c carrier) with(texts ...string) []byte {
	var b strings.Builder
	b.WriteString(c.head)
	for i, s := range texts {
		if i > 0 {
			b.WriteString(c.between)
		}
		fmt.Fprintf(&b, c.item, i+1, c.escape(s))
		if b.Len() > maxBody {
			break
		}
	}
	return []byte(b.String() + c.tail)
}

// found are the items and pages that an outcome names.
func found(d federation.Decoded) int { return max(len(d.Items), len(d.Pages)) }

// TestHostileTexts puts every text of the hostile data into a document of every
// format: it harms nothing beside it.
func TestHostileTexts(t *testing.T) {
	all := carriers()
	for _, f := range formats() {
		c, ok := all[f.Name]
		if !ok {
			t.Errorf("%s: no document is given to put texts into; add it to carriers", f.Name)
			continue
		}
		texts := []string{"Le marché", "La piscine"}
		if c.one {
			texts = texts[:1]
		}
		if d := bears(t, f, "plain", c.with(texts...)); found(d) != len(texts) {
			t.Fatalf("%s: the carrier gives %d items, want %d; warnings %v", f.Name, found(d), len(texts), d.Warnings)
		}
		for _, name := range []string{"text/utf8-cases", "text/naughty-strings", "http/crlf", "xss/payloads-all-the-things"} {
			eachRow(t, name, func(id string, text []byte) {
				texts := []string{string(text), "La piscine"}
				if c.one {
					bears(t, f, id, c.with(texts[0]))
					return
				}
				if d := bears(t, f, id, c.with(texts...)); found(d) < 1 || !strings.Contains(words(d)+pageTitles(d), "La piscine") {
					t.Errorf("%s: the item beside %.80q is lost", f.Name, text)
				}
			})
		}
	}
}

func pageTitles(d federation.Decoded) string {
	var b strings.Builder
	for _, p := range d.Pages {
		b.WriteString(p.Item.Title + "\n")
	}
	return b.String()
}

// TestHostileRecipes builds the recipes of hostile/recipes that are documents
// or parts of them, and gives each to every format, as it is and as a text of
// its own documents.
func TestHostileRecipes(t *testing.T) {
	all, built := carriers(), recipes()
	rows, err := os.ReadFile(shareddata.Dir(t, "hostile", "recipes", "big-inputs.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(rows)) {
		var row struct{ ID, Must string }
		if err := json.Unmarshal([]byte(line), &row); err != nil {
			t.Fatal(err)
		}
		text, ok := built[row.ID]
		if !ok {
			if !strings.Contains(otherRecipes, " "+row.ID+" ") {
				t.Errorf("no recipe for %q; must: %s", row.ID, row.Must)
			}
			continue
		}
		for _, f := range formats() {
			if d := bears(t, f, row.ID, []byte(text)); strings.HasSuffix(row.ID, "-depth") && found(d) > 1 {
				t.Errorf("%s: %s gives %d items", f.Name, row.ID, found(d))
			}
			bears(t, f, row.ID+" in an item", all[f.Name].with(text[:min(len(text), maxText)], "La piscine"))
		}
	}
	many := make([]string, 200_000)
	for i := range many {
		many[i] = "t"
	}
	for _, f := range formats() {
		if c := all[f.Name]; !c.one {
			d := bearsWithin(t, listHeap, f, "rss-items", c.with(many...))
			t.Logf("%s: %d of %d items, %d pages, %q", f.Name, len(d.Items), d.Listed, len(d.Pages), d.Warnings[:min(1, len(d.Warnings))])
		}
	}
}

// maxText is how much of a recipe is put into an item: a multiple of what any
// format keeps.
const maxText = 1 << 20 / slower

// otherRecipes are no documents: the client, the router and the search are
// given them, in federation/safehttp and bad_request_test.go.
const otherRecipes = " query-params headers redirects link-headers regex rss-items "

func recipes() map[string]string {
	rep := strings.Repeat
	numbered := func(pattern string, n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, pattern, i)
		}
		return b.String()
	}
	return map[string]string{
		"xml-depth":           rep("<a>", 50000) + "x" + rep("</a>", 50000),
		"xml-depth-open":      rep("<a>", 200000),
		"xml-attrs":           "<a " + numbered(`a%d="" `, 100000) + "/>",
		"xml-attr-long":       `<a a="` + rep("x", 8<<20) + `"/>`,
		"xml-comment-long":    "<!--" + rep("x", 8<<20),
		"xml-cdata-split":     "<a>" + rep("<![CDATA[x]]>", 100000) + "</a>",
		"xml-ns":              numbered(`<p%[1]d:a xmlns:p%[1]d="u%[1]d">`, 20000),
		"rss-item-big":        `<rss><channel><item><guid>1</guid><description><![CDATA[` + rep("<p>x</p>", 1<<20) + `]]></description></item></channel></rss>`,
		"html-depth":          rep("<div>", 100000) + "x",
		"html-attrs":          "<p " + numbered("a%d=x ", 20000) + ">x",
		"html-format-nest":    rep("<b><i>", 5000) + rep("<p>", 5000) + "x",
		"html-tables":         rep("<table><tr><td>", 5000) + "x",
		"html-entities":       rep("&NotEqualTilde;", 200000),
		"html-unclosed-quote": `<a href="` + rep("x", 4<<20),
		"json-depth":          rep("[", 100000),
		"json-obj-depth":      rep(`{"a":`, 50000),
		"json-dup-keys":       "{" + rep(`"id":"x",`, 100000) + `"id":"y"}`,
		"json-number":         `{"id":` + rep("1", 1_000_000) + `}`,
		"json-hash":           "{" + numbered(`"k%d":1,`, 200000) + `"k":1}`,
		"css-nest":            "<style>" + rep("a{", 50000) + "</style>x",
		"css-escape":          `<p style="` + rep(`\`, 1_000_000) + `">x`,
		"ical-rrule": "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20260101T000000Z\r\nSUMMARY:x\r\nRRULE:FREQ=SECONDLY;COUNT=2000000000\r\nEND:VEVENT\r\n" +
			"BEGIN:VEVENT\r\nUID:2\r\nDTSTART:20260101T000000Z\r\nSUMMARY:x\r\nRRULE:FREQ=SECONDLY;UNTIL=99991231T000000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
		"ical-fold":    "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20260101T000000Z\r\nSUMMARY:x" + rep("\r\n x", 200000) + "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
		"unicode-norm": "e" + rep("\u0301", 500000),
		"slug":         rep("\uFDFA", 1<<20/3),
	}
}
