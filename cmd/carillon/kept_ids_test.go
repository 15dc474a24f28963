package main

import (
	"strings"
	"testing"
)

// TestSiteKeepsItems: what has an address for its id is the same item after its
// site went from http to https, dropped "www." or both, in every format and back
// again; a page that the list has under both addresses stays two.
func TestSiteKeepsItems(t *testing.T) {
	for name, c := range map[string]struct {
		path, body string
		moves      []string // addresses of the site, one after the other
		want       int
	}{
		"atom in Dutch": {"/a.xml", `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="nl"><title>Nieuws</title><id>SITE/</id><updated>2026-11-02T08:00:00Z</updated>
			<entry><id>SITE/markt</id><title>Markt op het plein</title><link href="SITE/markt"/><updated>2026-11-02T08:00:00Z</updated><summary>Elke dinsdag.</summary></entry></feed>`,
			[]string{"http://www.dorp.example", "https://www.dorp.example", "https://dorp.example"}, 1},
		"JSON Feed in German": {"/a.json", `{"version":"https://jsonfeed.org/version/1.1","title":"Neues","language":"de","items":[
			{"id":"SITE/bad","url":"SITE/bad","title":"Freibad öffnet","content_text":"Am Montag."},{"id":"SITE/rat","url":"SITE/rat","title":"Ratssitzung","content_text":"Am Dienstag."}]}`,
			[]string{"http://www.stadt.example", "https://stadt.example", "http://www.stadt.example"}, 2},
		"JSON-LD in English": {"/a.html", `<!doctype html><html lang="en"><head><title>News</title><script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","@id":"SITE/fair","url":"SITE/fair","headline":"Book fair","articleBody":"Stalls open at nine."}</script></head></html>`,
			[]string{"http://town.example", "https://town.example"}, 1},
		"RSS without guid": {"/a.xml", `<rss version="2.0"><channel><title>Actus</title><link>SITE/</link><description>d</description><language>fr</language>
			<item><title>Brocante</title><link>SITE/brocante</link><description>Dimanche.</description></item></channel></rss>`,
			[]string{"https://www.bourg.example", "https://bourg.example"}, 1},
		"two of one path": {"/a.xml", `<rss version="2.0"><channel><title>Actus</title><link>SITE/</link><description>d</description><language>fr</language>
			<item><title>Une</title><guid>SITE/p</guid><link>SITE/1</link><description>Un.</description></item>
			<item><title>Deux</title><guid>https://autre.example/p</guid><link>https://autre.example/2</link><description>Deux.</description></item></channel></rss>`,
			[]string{"https://www.autre.example", "http://www.autre.example", "http://autre.example"}, 2},
	} {
		t.Run(name, func(t *testing.T) {
			h := newTimes(t, commune+"      - {slug: s, url: \"@"+c.path+"\"}\n", map[string]string{c.path: strings.ReplaceAll(c.body, "SITE", c.moves[0])})
			ids := map[string]string{} // by title
			for _, it := range h.items(t, "m/s") {
				ids[it.Title] = it.ID
			}
			for _, site := range c.moves[1:] {
				h.put(c.path, strings.ReplaceAll(c.body, "SITE", site))
				h.harvest(t)
				all := h.items(t, "m/s")
				if len(all) != c.want {
					t.Errorf("at %s there are %d items, want %d", site, len(all), c.want)
				}
				for _, it := range all {
					if it.ID != ids[it.Title] {
						t.Errorf("at %s %q has a new id", site, it.Title)
					}
					if name != "two of one path" && !strings.HasPrefix(it.URL, site+"/") {
						t.Errorf("%q still leads to %s", it.Title, it.URL)
					}
				}
			}
		})
	}
}
