package main

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"html"
	"math/rand/v2"
	"strings"
	"time"
)

// publication is a made-up region: what each of its communes publishes follows
// from numbers alone.
type publication struct{ feeds, items, hosts int }

// address is where feed i is.
func (p publication) address(i int, ports []int) string {
	return fmt.Sprintf("http://127.0.0.1:%d/%d", ports[i%len(ports)], i)
}

// document is feed i as it is after so many new items, and its content type:
// six of ten are RSS, three Atom, one JSON Feed.
func (p publication) document(i, added int) (body []byte, contentType string) {
	list := make([]notice, p.items)
	for k := range list { // newest first
		list[k] = newNotice(i, added+p.items-1-k)
	}
	switch i % 10 {
	case 9:
		return jsonFeed(i, list), "application/feed+json"
	case 2, 5, 8:
		return atom(i, list), "application/atom+xml; charset=utf-8"
	default:
		return rss(i, list), "application/rss+xml; charset=utf-8"
	}
}

// notice is one item of a commune.
type notice struct {
	id, title, link, topic, image, lead, body string
	date                                      time.Time
}

const (
	paragraphs     = 6
	paragraphWords = 45
)

func newNotice(feed, number int) notice {
	words := rand.New(rand.NewPCG(uint64(feed), uint64(number)))
	site := fmt.Sprintf("https://commune-%d.example", feed)
	n := notice{
		id:    fmt.Sprintf("tag:commune-%d.example,2026:%d", feed, number),
		title: fmt.Sprintf("%s à Commune %d, avis %d", sentence(words, 4), feed, number),
		link:  fmt.Sprintf("%s/actualites/%d", site, number),
		topic: topics[words.IntN(len(topics))],
		image: fmt.Sprintf("%s/images/%d.jpg", site, number),
		date:  time.Date(2026, time.January, 5, 8, feed%60, 0, 0, time.UTC).Add(time.Duration(number) * 7 * time.Hour),
	}
	var b strings.Builder
	for k := range paragraphs {
		text := html.EscapeString(sentence(words, paragraphWords))
		if k == 0 {
			n.lead = text
		}
		fmt.Fprintf(&b, "<p>%s <a href=\"%s/dossiers/%d?utm_source=rss\">Lire la suite</a></p>", text, site, k)
	}
	fmt.Fprintf(&b, `<p><img src="%s" alt="" width="640" height="360"></p>`, n.image)
	n.body = b.String()
	return n
}

var (
	topics     = []string{"Travaux", "Culture", "Jeunesse", "Environnement", "Conseil communal"}
	vocabulary = strings.Fields(`le collège annonce que la piscine rouvre dès lundi après rénovation ; une déviation sera mise en place rue du Moulin,
 les riverains sont invités à la séance d'information du mardi vingt heures. L'administration délivre désormais les extraits d'acte en ligne,
 l'école du centre inscrit ses élèves jusqu'en juin, la déchetterie change d'horaire et le cimetière ferme à dix-sept heures. Fête de la musique
 sur la place, marché aux fleurs, bourse aux vélos, don de sang, permanence sociale & juridique, budget participatif, plan de mobilité, avis d'enquête.`)
)

func sentence(r *rand.Rand, words int) string {
	var b strings.Builder
	for range words {
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(vocabulary[r.IntN(len(vocabulary))])
	}
	return b.String()
}

func rss(feed int, list []notice) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>Commune %d</title><link>https://commune-%d.example/</link><description>Actualités</description><language>fr-be</language><lastBuildDate>%s</lastBuildDate>
`, feed, feed, list[0].date.Format(time.RFC1123Z))
	for _, n := range list {
		fmt.Fprintf(&b, `<item><title>%s</title><link>%s</link><guid isPermaLink="false">%s</guid><pubDate>%s</pubDate><dc:creator>Service communication</dc:creator>`+
			`<category>%s</category><description>%s</description><content:encoded><![CDATA[%s]]></content:encoded><enclosure url="%s" type="image/jpeg" length="48211"/></item>
`, escape(n.title), n.link, n.id, n.date.Format(time.RFC1123Z), n.topic, escape(n.lead), n.body, n.image)
	}
	b.WriteString("</channel></rss>\n")
	return b.Bytes()
}

func atom(feed int, list []notice) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr"><title>Commune %d</title><id>tag:commune-%d.example,2026:atom</id><updated>%s</updated>
<link href="https://commune-%d.example/"/><author><name>Service communication</name></author>
`, feed, feed, list[0].date.Format(time.RFC3339), feed)
	for _, n := range list {
		date := n.date.Format(time.RFC3339)
		fmt.Fprintf(&b, `<entry><title>%s</title><link href="%s"/><id>%s</id><published>%s</published><updated>%s</updated><category term="%s"/>`+
			`<content type="html">%s</content><link rel="enclosure" href="%s" type="image/jpeg" length="48211"/></entry>
`, escape(n.title), n.link, n.id, date, date, n.topic, escape(n.body), n.image)
	}
	b.WriteString("</feed>\n")
	return b.Bytes()
}

func jsonFeed(feed int, list []notice) []byte {
	var items []map[string]any
	for _, n := range list {
		items = append(items, map[string]any{"id": n.id, "url": n.link, "title": n.title, "content_html": n.body, "date_published": n.date,
			"tags": []string{n.topic}, "attachments": []any{map[string]any{"url": n.image, "mime_type": "image/jpeg", "size_in_bytes": 48211}}})
	}
	body, err := json.Marshal(map[string]any{"version": "https://jsonfeed.org/version/1.1", "title": fmt.Sprintf("Commune %d", feed),
		"home_page_url": fmt.Sprintf("https://commune-%d.example/", feed), "language": "fr", "items": items})
	if err != nil {
		panic(err) // texts and numbers alone
	}
	return body
}

func escape(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a Builder takes everything
	return b.String()
}
