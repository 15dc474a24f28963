package feed_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/feed"
)

// townFeed is a feed of 20 items and about 60 KB as a town's CMS writes it.
func townFeed() []byte {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"><channel>
<title>Ville de Sambre-sur-Orne</title><link>https://www.sambre.example/</link><atom:link href="https://www.sambre.example/rss.xml" rel="self" type="application/rss+xml"/><language>fr-BE</language>`)
	paragraph := `<p>Le collège communal a décidé de <strong>rénover</strong> la place du Marché &amp; ses abords. Les travaux débutent <a href="/travaux">lundi</a> et durent trois semaines ; la circulation est déviée par la rue de l'Église.</p>`
	for i := range 20 {
		fmt.Fprintf(&b, `<item><title>Travaux place du Marché, phase %d</title><link>https://www.sambre.example/actualites/%d</link><guid isPermaLink="false">urn:x:%d</guid><pubDate>Mon, %02d Oct 2025 14:05:00 +0200</pubDate><dc:creator>Service travaux</dc:creator><category>Travaux</category><category><![CDATA[Mobilité & voirie]]></category><enclosure url="https://www.sambre.example/plan-%d.pdf" length="12345" type="application/pdf"/><description>&lt;p&gt;Le collège communal a décidé de rénover la place.&lt;/p&gt;</description><content:encoded><![CDATA[<img src="/photo-%d.jpg" alt="La place" width="640" height="480">%s]]></content:encoded></item>`,
			i, i, i, i+1, i, i, strings.Repeat(paragraph, 9))
	}
	b.WriteString(`</channel></rss>`)
	return []byte(b.String())
}

func BenchmarkDecode(b *testing.B) {
	doc := federation.Document{URL: "https://www.sambre.example/rss.xml", Body: townFeed()}
	b.SetBytes(int64(len(doc.Body)))
	b.ReportAllocs()
	for b.Loop() {
		if d, err := feed.Format().Decode(doc); err != nil || len(d.Items) != 20 {
			b.Fatal(len(d.Items), err)
		}
	}
}

func BenchmarkSniff(b *testing.B) {
	doc := federation.Document{URL: "https://www.sambre.example/rss.xml", Body: townFeed()}
	b.ReportAllocs()
	for b.Loop() {
		feed.Format().Sniff(doc)
	}
}
