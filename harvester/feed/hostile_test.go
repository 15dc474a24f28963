package feed_test

import (
	"encoding/hex"
	"strings"
	"testing"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/feed"
	"github.com/plonegov/carillon/harvester/formattest"
)

// TestHostile: no feed is among the attacks.
func TestHostile(t *testing.T) {
	for id, body := range formattest.Cases(t, "xml/entity-attacks") {
		if d, err := check(t, id, body); err == nil {
			t.Errorf("%s: Decode = %d items, want an error", id, len(d.Items))
		}
	}
}

// TestIllFormedPlaces reads the places of the ill-formed cases.
func TestIllFormedPlaces(t *testing.T) {
	for id, body := range formattest.Cases(t, "feeds/feedparser-illformed") {
		d, err := check(t, id, body)
		if strings.HasSuffix(id, "gml_point.xml") && (err != nil || d.Items[0].Point() == nil) {
			t.Errorf("%s: no place", id)
		}
		if strings.HasSuffix(id, "insufficient_coords.xml") && (err != nil || d.Items[0].Point() != nil) {
			t.Errorf("%s: place %v of a polygon without enough corners", id, d.Items[0].Point())
		}
	}
}

// TestDepth nests elements in a feed: what is beyond the limit is refused, the
// items beside it are read.
func TestDepth(t *testing.T) {
	nested := func(n int) string { return strings.Repeat("<a>", n) + "x" + strings.Repeat("</a>", n) }
	item := "<item><guid>1</guid><title>one</title></item>"
	for _, test := range []struct {
		name, body string
		items      int
		fails      bool
	}{
		{"90 in an item", "<rss><channel>" + item + "<item><guid>2</guid><title>t</title>" + nested(90) + "</item></channel></rss>", 2, false},
		{"110 in an item", "<rss><channel>" + item + "<item><guid>2</guid><title>t</title>" + nested(110) + "</item></channel></rss>", 1, false},
		{"110 in the only item", "<rss><channel><item>" + nested(110) + "</item></channel></rss>", 0, true},
		{"110 beside no item", "<rss><channel>" + nested(110) + "</channel></rss>", 0, true},
		{"110 beside an item", "<rss><channel>" + nested(110) + item + "</channel></rss>", 1, false},
		{"200 paragraphs without end", "<rss><channel><item><guid>1</guid><description>" + strings.Repeat("<p>x", 200) + "</description></item></channel></rss>", 1, false},
	} {
		d, err := check(t, test.name, []byte(test.body))
		if len(d.Items) != test.items || (err != nil) != test.fails {
			t.Errorf("%s: Decode = %d items, %v, want %d, an error: %v", test.name, len(d.Items), err, test.items, test.fails)
		}
	}
}

// TestHostileInFeed puts texts into a feed, as title and as content.
func TestHostileInFeed(t *testing.T) {
	for _, name := range []string{"text/utf8-cases", "text/naughty-strings", "xss/dompurify", "xss/payloads-all-the-things"} {
		for id, text := range formattest.Cases(t, name) {
			body := `<rss><channel><item><guid>1</guid><title>` + string(text) + `</title></item><item><guid>2</guid><description><![CDATA[` + string(text) + `]]></description></item><item><title>whole</title><guid>3</guid></item></channel></rss>`
			d, err := check(t, id, []byte(body))
			if err != nil || d.Items[len(d.Items)-1].Title != "whole" {
				t.Errorf("%s: the item behind %q is lost: %v", id, text, err)
			}
		}
	}
}

// large are the recipes of hostile/recipes that a feed can carry.
func large() map[string]string {
	const limit = 8 << 20
	rss := func(s string) string {
		return "<rss><channel><title>t</title><item><guid>1</guid><title>one</title><description>" + s + "</description></item></channel></rss>"
	}
	rep := strings.Repeat
	return map[string]string{
		"xml-depth":            rep("<a>", 50000) + "x" + rep("</a>", 50000),
		"xml-depth-open":       rep("<a>", 200000),
		"xml-depth-in-item":    rss(rep("<a>", 50000) + "x" + rep("</a>", 50000)),
		"xml-depth-in-channel": "<rss><channel>" + rep("<a>", 500000),
		"xml-groups":           "<rss><channel><item>" + rep("<media:group>", 30000),
		"xml-groups-closed":    "<rss><channel><item>" + rep("<media:group>", 10000) + rep("</media:group>", 10000) + "</item></channel></rss>",
		"xml-attrs":            "<rss " + rep(`a="b" `, 100000) + "><channel/></rss>",
		"xml-attrs-in-item":    "<rss><channel><item><enclosure " + rep(`url="b" `, 50000) + "/></item></channel></rss>",
		"xml-attr-long":        `<rss a="` + rep("x", limit) + `"/>`,
		"xml-comment-long":     "<!--" + rep("x", limit),
		"xml-comments-open":    "<rss><channel>" + rep("<!--", 500000),
		"xml-cdata-split":      rss(rep("<![CDATA[x]]>", 100000)),
		"xml-cdata-open":       rss(rep("<![CDATA[", 50000)),
		"xml-unclosed":         "<rss><channel><item>" + rep("<title>", 60000) + "</item></channel></rss>",
		"xml-unclosed-names":   "<rss><channel><item>" + numbered("<a%>", 60000) + "</item></channel></rss>",
		"xml-unclosed-channel": "<rss><channel>" + numbered("<a%>", 400000),
		"xml-ns":               "<rss><channel><item>" + numbered(`<p%:a xmlns:p%="u%">`, 12000),
		"rss-items":            "<rss><channel>" + numbered("<item><title>%</title></item>", 200000) + "</channel></rss>",
		"rss-items-open":       "<rss><channel>" + rep("<item>", 200000) + "</channel></rss>",
		"rss-item-big":         rss(rep("<p>x</p>", limit/8)),
		"html-depth":           rss("<![CDATA[" + rep("<div>", 100000) + "]]>"),
		"html-unclosed-quote":  rss(`<a href="` + rep("x", 4<<20)),
		"html-open-quotes":     rss(rep(`<a href="`, 50000)),
		"html-entities":        rss(rep("&NotEqualTilde;", 30000)),
		"ampersands":           rss(rep("&", 500000)),
		"doctype-open":         rep("<!DOCTYPE x [", 400000),
		"doctype-quotes":       rep("<!DOCTYPE x [']", 300000),
		"json-depth":           rep("[", 100000),
		"json-obj-depth":       rep(`{"a":`, 50000),
		"json-number":          `{"version":"https://jsonfeed.org/version/1","items":[{"id":` + rep("1", 1000000) + `}]}`,
		"json-items":           `{"version":"https://jsonfeed.org/version/1","items":[` + rep(`{"id":1},`, 200000) + `{}]}`,
		"json-hash":            "{" + numbered(`"k%":1,`, 200000) + `"version":"https://jsonfeed.org/version/1"}`,
	}
}

func numbered(pattern string, n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.ReplaceAll(pattern, "%", hex.EncodeToString([]byte{byte(i >> 16), byte(i >> 8), byte(i)})))
	}
	return b.String()
}

func check(t *testing.T, name string, body []byte) (federation.Decoded, error) {
	t.Helper()
	return formattest.Check(t, feed.Format(), corpus, name, body)
}
