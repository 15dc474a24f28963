package feed_test

import (
	"fmt"
	"html"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/feed"
	"github.com/plonegov/carillon/harvester/formattest"
)

// TestDecodeBytes reads documents whose bytes matter.
func TestDecodeBytes(t *testing.T) {
	utf16 := func(s string, big bool) string {
		var b strings.Builder
		for _, r := range s {
			hi, lo := byte(r>>8), byte(r)
			if !big {
				hi, lo = lo, hi
			}
			b.WriteByte(hi)
			b.WriteByte(lo)
		}
		return b.String()
	}
	utf32 := func(s string) string {
		var b strings.Builder
		for _, r := range s {
			b.Write([]byte{0, 0, byte(r >> 8), byte(r)})
		}
		return b.String()
	}
	doc := func(prolog, title string) string {
		return prolog + "<rss version='2.0'><channel><item><title>" + title + "</title></item></channel></rss>"
	}
	tests := []struct {
		name, contentType, body, want string
		warned                        bool
	}{
		{"utf-8", "", doc("", "Café"), "Café", false},
		{"mark", "", "\ufeff" + doc("", "Café"), "Café", false},
		{"utf-8 declared latin1", "", doc(`<?xml version="1.0" encoding="ISO-8859-1"?>`, "Café"), "Café", false},
		{"utf-8 sent as latin1", "text/xml; charset=iso-8859-1", doc("", "Café"), "Café", false},
		{"latin1 undeclared", "", doc("", "Caf\xe9 \x96 th\xe9"), "Café – thé", false},
		{"latin1 declared utf-8", "", doc(`<?xml version="1.0" encoding="utf-8"?>`, "Caf\xe9"), "Café", true},
		{"latin1 by header", "text/xml; charset=ISO-8859-15", doc("", "5 \xa4"), "5 €", false},
		{"declared later", "", doc("\n\n Warning: x <?xml version='1.0' encoding='windows-1251'?>", "\xcc\xe8\xed\xf1\xea"), "Минск", false},
		{"one bad byte", "", doc("", "Café, été, No\xebl"), "Café, été, No�l", true},
		{"unknown label", "", doc(`<?xml version="1.0" encoding="bogus"?>`, "Caf\xe9"), "Café", true},
		{"utf-16 LE with mark", "", "\xff\xfe" + utf16(doc(`<?xml version="1.0" encoding="utf-16"?>`, "Café"), false), "Café", false},
		{"utf-16 BE without mark", "", utf16(doc("", "Café"), true), "Café", false},
		{"utf-16 declared, utf-8 sent", "", doc(`<?xml version="1.0" encoding="utf-16"?>`, "Café"), "Café", false},
		{"utf-32", "", utf32(doc("", "Café")), "Café", false},
		{"utf-7 is not decoded", "text/xml; charset=utf-7", doc("", "+ADw-script+AD4-"), "+ADw-script+AD4-", false},
		{"iso-2022-jp", "", doc(`<?xml version="1.0" encoding="iso-2022-jp"?>`, "\x1b$B$\"\x1b(B"), "あ", false},
		{"C1 controls", "", doc("", "l\u0092\u00e9t\u00e9"), "l’été", false},
		{"control characters", "", doc("", "a\x00b&#11;c\ufffed"), "ab cd", false},
	}
	for _, test := range tests {
		d, err := feed.Format().Decode(federation.Document{ContentType: test.contentType, Body: []byte(test.body)})
		if err != nil || len(d.Items) != 1 {
			t.Errorf("%s: Decode = %d items, %v", test.name, len(d.Items), err)
			continue
		}
		if got := d.Items[0].Title; got != test.want {
			t.Errorf("%s: title = %q, want %q", test.name, got, test.want)
		}
		if got := len(d.Warnings) > 0; got != test.warned {
			t.Errorf("%s: warnings = %v, want any: %v", test.name, d.Warnings, test.warned)
		}
	}
}

func TestSniffAndRefuse(t *testing.T) {
	tests := []struct {
		body   string
		sniff  bool
		reason string // of Decode's error, "" = none
	}{
		{`<?xml version="1.0"?><rss version="2.0"><channel/></rss>`, true, ""},
		{`<feed xmlns="http://www.w3.org/2005/Atom"/>`, true, ""},
		{`<a:feed xmlns:a="http://www.w3.org/2005/Atom"></a:feed>`, true, ""},
		{`<rdf:RDF xmlns="http://purl.org/rss/1.0/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><channel/></rdf:RDF>`, true, ""},
		{`<entry xmlns="http://www.w3.org/2005/Atom"><id>1</id></entry>`, true, ""},
		{`<rdf:RDF xmlns:dcat="http://www.w3.org/ns/dcat#"><dcat:Catalog/></rdf:RDF>`, false, ""},
		{`<rdf:RDF xmlns:rss="http://purl.org/rss/1.0/"><a:Agent><a:weblog><rss:channel/></a:weblog></a:Agent></rdf:RDF>`, false, ""},
		{"<!--" + strings.Repeat("x", 9000) + `--><rss><channel/></rss>`, true, ""},
		{"<br />\n<b>Warning</b>: mysql_connect() <br />\n<?xml version='1.0'?><rss><channel></channel></rss>", true, ""},
		{"\ufeff {\"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"x\", \"items\": []}", true, ""},
		{`{"type":"FeatureCollection"}`, false, "JSON"},
		{`[1,2]`, false, "JSON"},
		{strings.Repeat("[", 100), false, "nested"},
		{`<!DOCTYPE html><html><head><title>Ville</title></head></html>`, false, "web page"},
		{`<html><body><rss></rss></body></html>`, false, "web page"},
		{`<opml version="2.0"><body/></opml>`, false, "not a feed"},
		{`<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"/>`, false, "not a feed"},
		{"BEGIN:VCALENDAR\nEND:VCALENDAR", false, "plain text"},
		{"", false, "empty"},
		{" \n", false, "empty"},
	}
	for _, test := range tests {
		doc := federation.Document{Body: []byte(test.body)}
		short := test.body[:min(len(test.body), 60)]
		if got := feed.Format().Sniff(doc); got > 0 != test.sniff || got > 100 {
			t.Errorf("Sniff(%q) = %d, want above 0: %v", short, got, test.sniff)
		}
		_, err := feed.Format().Decode(doc)
		if test.reason == "" && err != nil || test.reason != "" && (err == nil || !strings.Contains(err.Error(), test.reason)) {
			t.Errorf("Decode(%q) = %v, want an error with %q", short, err, test.reason)
		}
	}
}

// idsOf decodes items of a feed and tells their ids by their titles.
func idsOf(t *testing.T, policy string, items ...string) map[string]string {
	t.Helper()
	d, err := feed.Format().Decode(federation.Document{
		Source: federation.Source{Identity: policy},
		Body:   []byte("<rss><channel><link>https://v.example/</link>" + strings.Join(items, "") + "</channel></rss>"),
	})
	if err != nil {
		t.Fatal(err)
	}
	byTitle := map[string]string{}
	for _, it := range d.Items {
		byTitle[it.Title] = it.OriginID
	}
	return byTitle
}

func item(guid, title, link string) string {
	return fmt.Sprintf("<item><guid isPermaLink='false'>%s</guid><title>%s</title><link>%s</link></item>", guid, title, link)
}

// TestIdentityIsStable adds an item on top of a feed that has one guid for all.
func TestIdentityIsStable(t *testing.T) {
	var items []string
	for n := range 4 {
		items = append(items, item("same", fmt.Sprint("T", n), fmt.Sprint("https://v.example/", n)))
	}
	before, after := idsOf(t, "", items[1:]...), idsOf(t, "", items...)
	if len(after) != 4 || before["T1"] != after["T1"] || before["T3"] != after["T3"] {
		t.Errorf("ids before %v, after a new item %v: the old ones changed", before, after)
	}
}

// TestIdentityOfSlip repeats one guid: the item stored under it keeps its id.
func TestIdentityOfSlip(t *testing.T) {
	a, b, again := item("1", "A", "https://v.example/a"), item("2", "B", "https://v.example/b"), item("1", "A2", "https://v.example/a2")
	if diff := cmp.Diff(map[string]string{"A": "1", "B": "2"}, idsOf(t, "", a, b)); diff != "" {
		t.Error(diff)
	}
	got := idsOf(t, "", a, b, again)
	if got["A"] != "1" || got["B"] != "2" || !strings.HasPrefix(got["A2"], "1 hash:") {
		t.Errorf("ids %v: the first of two undated ones is not the one that stays, with the other beside it", got)
	}
	if diff := cmp.Diff(got, idsOf(t, "", a, again, b)); diff != "" {
		t.Errorf("ids depend on where an item stands: %s", diff)
	}
}

func TestIdentityPolicy(t *testing.T) {
	a, b := item("1", "A", "http://V.example/a?utm_source=x"), item("1", "B", "https://v.example/b")
	home := "<item><title>H</title><link>https://v.example/</link></item>"
	c := item("1", "C", "https://v.example/c")
	for policy, want := range map[string]map[string]string{
		"":                      {"A": "1 http://V.example/a?utm_source=x", "B": "1 https://v.example/b", "C": "1 https://v.example/c", "H": "hash:"},
		federation.IdentityGUID: {"A": "1", "H": "hash:"},
		federation.IdentityLink: {"A": "https://v.example/a", "B": "https://v.example/b", "C": "https://v.example/c", "H": "hash:"},
		federation.IdentityHash: {"A": "hash:", "B": "hash:", "C": "hash:", "H": "hash:"},
	} {
		got := idsOf(t, policy, a, b, c, home)
		for title, id := range got {
			if strings.HasPrefix(id, "hash:") {
				got[title] = "hash:"
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("identity %q (-want +got):\n%s", policy, diff)
		}
	}
}

func TestLatestRevisionStays(t *testing.T) {
	entry := func(title, updated string) string {
		return "<entry><id>urn:1</id><title>" + title + "</title><updated>" + updated + "</updated></entry>"
	}
	d, err := feed.Format().Decode(federation.Document{Body: []byte(`<feed xmlns="http://www.w3.org/2005/Atom">` +
		entry("new", "2026-02-01T00:00:00Z") + entry("old", "2026-01-01T00:00:00Z") + "</feed>")})
	if err != nil || len(d.Items) != 1 || d.Items[0].Title != "new" {
		t.Errorf("Decode = %v, %v, want the entry that was updated last", d.Items, err)
	}
}

// TestLinkOfName has entries without a link: an id that is an address stands
// for it, and never one that a browser could run.
func TestLinkOfName(t *testing.T) {
	for id, want := range map[string]string{
		"https://v.example/1": "https://v.example/1", "urn:uuid:1": "urn:uuid:1", "tag:v.example,2026:1": "tag:v.example,2026:1",
		"javascript:alert(1)": "", "JavaScript:alert(1)": "", " javascript:alert(1)": "", "java&#9;script:alert(1)": "", "&#1;javascript:alert(1)": "",
		"data:text/html,x": "", "vbscript:x": "", "file:///etc/passwd": "", "blob:x": "", "a b": "",
	} {
		for _, body := range []string{
			`<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>` + id + `</id><title>x</title></entry></feed>`,
			`<rss><channel><item><guid>` + id + `</guid><title>x</title></item></channel></rss>`,
		} {
			d, err := feed.Format().Decode(federation.Document{URL: "https://v.example/feed", Body: []byte(body)})
			if err != nil || len(d.Items) != 1 || d.Items[0].URL != want {
				t.Errorf("Decode(%s): address %q, want %q", body, d.Items[0].URL, want)
			}
		}
	}
}

var corpus = formattest.Corpus{URL: "https://www.ville.example/rss/feed.xml", Large: large,
	Small: func(title string) string {
		return "<rss version='2.0'><channel><title>t</title><item><guid>1</guid><title>" + title + "</title></item></channel></rss>"
	},
	List: formattest.List(`<rss version="2.0"><channel><title>t</title>`, `<item><guid>g%d</guid><title>%s</title></item>`, "", `</channel></rss>`, html.EscapeString),
	Seeds: []string{string(townFeed()[:3000]),
		`<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id><content type="xhtml"><div>a<br/></div></content><link href="x"/></entry></feed>`,
		`{"version":"https://jsonfeed.org/version/1.1","items":[{"id":1,"content_html":"<p>"},{"id":2`,
		`<rss><!DOCTYPE a [<!ENTITY b "c">]><item><title><![CDATA[x]]>&b;</b><guid>1<item>`,
	},
}

func TestFormat(t *testing.T) { formattest.Run(t, feed.Format(), corpus) }

func FuzzDecode(f *testing.F) { formattest.Fuzz(f, feed.Format(), corpus) }
