package feed

import (
	"strings"
	"testing"

	"github.com/plonegov/carillon/federation"
)

// TestLines: the lines of a description without markup are those that its reader
// sees, and its addresses are links; markup has its own.
func TestLines(t *testing.T) {
	rss := func(description string) string {
		return `<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>x</title><link>https://v.example/</link><description/><item><title>t</title><link>https://v.example/1</link>` + description + `</item></channel></rss>`
	}
	for name, test := range map[string]struct{ body, want string }{
		"RSS in French":   {rss("<description>Première ligne.\r\nDeuxième : 5 &amp;lt; 6\n\nFin &amp; suite</description>"), "<p>Première ligne.<br>Deuxième : 5 &lt; 6</p><p>Fin &amp; suite</p>"},
		"CDATA in Dutch":  {rss("<description><![CDATA[Eerste regel.\nTweede regel.]]></description>"), "<p>Eerste regel.<br>Tweede regel.</p>"},
		"Media in German": {rss("<media:group><media:description>Punkt 1.\nPunkt 2.</media:description></media:group>"), "<p>Punkt 1.<br>Punkt 2.</p>"},
		"Media in Atom": {`<feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/"><title>x</title><id>x</id><entry><id>e</id><title>Council</title>` +
			"<media:group><media:description>Part one.\nPart two.</media:description></media:group></entry></feed>", "<p>Part one.<br>Part two.</p>"},
		"markup":   {rss("<description>&lt;b&gt;Un&lt;/b&gt;\ndeux</description>"), "<b>Un</b>\ndeux"},
		"one line": {rss("<description>\n  Une ligne.\n</description>"), "Une ligne."},
	} {
		d, err := decode(federation.Document{URL: "https://v.example/rss", Body: []byte(test.body)})
		if err != nil || len(d.Items) != 1 {
			t.Fatalf("%s: %d items, %v", name, len(d.Items), err)
		}
		if got := strings.TrimSpace(d.Items[0].Content.String()); got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}
