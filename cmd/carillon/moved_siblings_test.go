package main

import (
	"fmt"
	"strings"
	"testing"
)

// TestSiblingsOfMovedSite: a site that goes to https, drops "www." or takes it on
// keeps its items, whatever format they are in and however they are told apart.
func TestSiblingsOfMovedSite(t *testing.T) {
	const from = "http://www.essai.example"
	formats := []struct{ name, ext, more, body string }{
		{"guid", ".xml", "", rssItems(`<guid>SITE/a</guid><link>SITE/a</link><title>a</title>`, `<guid>SITE/b</guid><link>SITE/b</link><title>b</title>`)},
		{"link without guid", ".xml", "", rssItems(`<link>SITE/a</link><title>a</title>`, `<link>SITE/b</link><title>b</title>`)},
		{"identity link", ".xml", "identity: link, ", rssItems(`<guid>x1</guid><link>SITE/a</link><title>a</title>`, `<guid>x2</guid><link>SITE/b</link><title>b</title>`)},
		{"identity hash", ".xml", "identity: hash, ", rssItems(`<link>SITE/a</link><title>a</title><description>x</description>`, `<link>SITE/b</link><title>b</title><description>y</description>`)},
		{"atom id", ".xml", "", atomWith(`<id>SITE/a</id><title>a</title><link href="SITE/a"/><updated>2026-11-01T10:00:00Z</updated>`, `<id>SITE/b</id><title>b</title><link href="SITE/b"/><updated>2026-11-01T10:00:00Z</updated>`)},
		{"json feed", ".json", "", jsonFeedOf(`{"id":"SITE/a","url":"SITE/a","title":"a","content_text":"x"}`, `{"id":"SITE/b","url":"SITE/b","title":"b","content_text":"x"}`)},
		{"calendar", ".ics", "", strings.ReplaceAll(icsOf("SUMMARY:a\nURL:SITE/a\nDTSTART:20270712T180000Z", "SUMMARY:b\nURL:SITE/b\nDTSTART:20270712T180000Z"), "UID:u", "UID:SITE/u")},
		{"table", ".csv", "", "titre;lien\na;SITE/a\nb;SITE/b\n"},
		{"table with ids", ".csv", "", "id;titre;lien\nSITE/a;a;SITE/a\nSITE/b;b;SITE/b\n"},
		{"data", ".html", "", jsonldPage(`{"@context":"https://schema.org","@type":"NewsArticle","@id":"SITE/a","url":"SITE/a","headline":"a"}`, `{"@context":"https://schema.org","@type":"NewsArticle","@id":"SITE/b","url":"SITE/b","headline":"b"}`)},
	}
	for _, to := range []string{"https://www.essai.example", "http://essai.example", "https://essai.example"} {
		region, docs := commune, map[string]string{}
		for i, f := range formats {
			path := fmt.Sprintf("/s%d%s", i, f.ext)
			docs[path] = strings.ReplaceAll(f.body, "SITE", from)
			region += fmt.Sprintf("      - {slug: s%d, %surl: \"@%s\"}\n", i, f.more, path)
		}
		h := newTimes(t, region, docs)
		before := make([]string, len(formats))
		for i := range formats {
			before[i] = h.titled(t, fmt.Sprintf("m/s%d", i), "a").ID
		}
		for i, f := range formats {
			h.put(fmt.Sprintf("/s%d%s", i, f.ext), strings.ReplaceAll(f.body, "SITE", to))
		}
		h.harvest(t)
		for i, f := range formats {
			source := fmt.Sprintf("m/s%d", i)
			if all := h.items(t, source); len(all) != 2 || h.titled(t, source, "a").ID != before[i] {
				t.Errorf("%s: to %s: %d items, a is %s, was %s", f.name, to, len(all), h.titled(t, source, "a").ID, before[i])
			}
		}
	}
}
