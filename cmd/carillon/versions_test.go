package main

import (
	"fmt"
	"strings"
	"testing"
)

// TestVersions: where a document tells that items are translations of each
// other, lists show one of them, in every format; where it only names other
// addresses, or tells two different things, each item stands alone.
func TestVersions(t *testing.T) {
	atom := func(entries ...string) string {
		return `<feed xmlns="http://www.w3.org/2005/Atom"><title>A</title><id>x</id><updated>2026-11-01T10:00:00Z</updated>` + strings.Join(entries, "") + "</feed>"
	}
	entry := func(lang string, links ...string) string {
		return fmt.Sprintf(`<entry xml:lang=%q><id>%[1]s</id><title>Avis %[1]s</title>%s<updated>2026-11-01T10:00:00Z</updated></entry>`, lang, strings.Join(links, ""))
	}
	link := func(lang, path string) string {
		return fmt.Sprintf(`<link rel="alternate" type="text/html" hreflang=%q href="@BASE@%s"/>`, lang, path)
	}
	rss := func(lang string) string {
		return `<item><title>Avis ` + lang + `</title><link>@BASE@/` + lang + `</link><dc:language>` + lang + `</dc:language>` +
			`<atom:link rel="alternate" hreflang="fr" href="@BASE@/fr"/><atom:link rel="alternate" hreflang="nl" href="@BASE@/nl"/></item>`
	}
	plone := func(lang, others string) string {
		return fmt.Sprintf(`{"@id":"@BASE@/++api++/%s/a","@type":"News Item","UID":"u%[1]s","title":"Avis %[1]s","language":{"token":%[1]q},"parent":{},`+
			`"@components":{"translations":{"@id":"@BASE@/++api++/%[1]s/a/@translations","items":[%s]}}}`, lang, others)
	}
	other := func(lang string) string {
		return fmt.Sprintf(`{"@id":"@BASE@/++api++/%s/a","language":%[1]q}`, lang)
	}
	list := func(items ...string) string {
		return fmt.Sprintf(`{"@id":"@BASE@/++api++/@search","items_total":%d,"items":[%s]}`, len(items), strings.Join(items, ","))
	}
	article := func(lang, id, more string) string {
		return fmt.Sprintf(`{"@type":"NewsArticle","@id":"@BASE@/%s","headline":"Avis %[1]s","inLanguage":%q,"articleBody":"Texte."%s}`, id, lang, more)
	}
	graph := func(items ...string) string {
		return `{"@context":"https://schema.org","@graph":[` + strings.Join(items, ",") + `]}`
	}
	location := func(own, nl string) string {
		return `<url><loc>@BASE@/` + own + `</loc><xhtml:link rel="alternate" hreflang="fr" href="@BASE@/fr.html"/><xhtml:link rel="alternate" hreflang="nl" href="@BASE@/` + nl + `"/></url>`
	}
	sitemap := func(urls ...string) string {
		return `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">` + strings.Join(urls, "") + `</urlset>`
	}
	docs := map[string]string{}
	for _, lang := range []string{"fr", "nl", "de"} {
		docs["/"+lang+".html"] = `<!doctype html><html lang="` + lang + `"><title>Avis ` + lang + `</title><main><h1>Avis ` + lang + `</h1><p>` +
			strings.Repeat("Le pont de la gare est fermé aux voitures pendant les travaux. ", 8) + `</p></main></html>`
	}
	tests := []struct {
		slug, format, path, body string
		items, together          int
	}{
		{"atom", "feed", "/1.xml", atom(entry("fr", link("fr", "/fr"), link("nl", "/nl")), entry("nl", link("fr", "/fr"), link("nl", "/nl"))), 2, 2},
		{"atom-three", "feed", "/2.xml", atom(entry("de", link("de", "/de"), link("nl", "/nl"), link("fr", "/fr")), entry("fr", link("fr", "/fr"), link("nl", "/nl"), link("de", "/de")), entry("nl", link("x-default", "/nl"), link("nl", "/nl"), link("fr", "/fr"), link("de", "/de"))), 3, 3},
		{"atom-home", "feed", "/3.xml", atom(entry("fr", link("fr", "/accueil"), link("nl", "/start"), `<link href="@BASE@/1"/>`), strings.Replace(entry("fr", link("fr", "/accueil"), link("nl", "/start"), `<link href="@BASE@/2"/>`), "<id>", "<id>2", 1)), 2, 0},
		{"atom-one-side", "feed", "/4.xml", atom(entry("fr", link("fr", "/fr"), link("nl", "/nl")), entry("nl", link("nl", "/nl"))), 2, 1},
		{"rss", "feed", "/5.xml", `<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>A</title><link>@BASE@/</link><description>d</description>` + rss("fr") + rss("nl") + `</channel></rss>`, 2, 2},
		{"plone", "plone", "/6.json", list(plone("fr", other("nl")+","+other("de")), plone("nl", other("fr")+","+other("de"))), 2, 2},
		{"plone-itself", "plone", "/7.json", list(plone("fr", other("fr")+","+other("nl")), plone("nl", other("fr"))), 2, 2},
		{"plone-none", "plone", "/8.json", list(plone("fr", ""), plone("nl", `{"@id":"@BASE@/++api++/@translations"}`)), 2, 0},
		{"imio", "plone", "/9.json", list(`{"@id":"@BASE@/x","@type":"imio.news.NewsItem","UID":"x","title":"Avis","title_nl":"Bericht","title_de":"Notiz","description":"Texte","description_nl":"Tekst","parent":{}}`), 3, 3},
		{"jsonld", "jsonld", "/10.json", graph(article("fr", "f", `,"workTranslation":{"@id":"@BASE@/n"}`), article("nl", "n", `,"translationOfWork":{"@id":"@BASE@/f"}`)), 2, 2},
		{"jsonld-original", "jsonld", "/11.json", graph(article("fr", "f", ""), article("nl", "n", `,"translationOfWork":"@BASE@/f"`), article("de", "d", `,"translationOfWork":[{"@type":"NewsArticle","@id":"@BASE@/f"}]`)), 3, 3},
		{"jsonld-alike", "jsonld", "/12.json", graph(article("fr", "f", `,"workTranslation":{"@id":"@BASE@/g"}`), article("fr", "g", `,"translationOfWork":{"@id":"@BASE@/f"}`)), 2, 0},
		{"sitemap", "sitemap", "/13.xml", sitemap(location("fr.html", "nl.html"), location("nl.html", "nl.html"), location("de.html", "nl.html")), 3, 2},
	}
	var sources strings.Builder
	for _, test := range tests {
		docs[test.path] = test.body
		fmt.Fprintf(&sources, "      - {slug: %s, format: %s, type: news, url: \"@%s\"}\n", test.slug, test.format, test.path)
	}
	h := newTimes(t, commune+sources.String(), docs)
	for _, test := range tests {
		items, same := h.items(t, "m/"+test.slug), map[string]int{}
		for _, it := range items {
			if it.Same != "" {
				same[it.Same]++
			}
		}
		if len(items) != test.items || test.together == 0 && len(same) > 0 || test.together > 0 && len(same) != 1 {
			t.Errorf("%s: %d items of which %v are versions, want %d of which %d are", test.slug, len(items), same, test.items, test.together)
		}
		for _, n := range same {
			if n != test.together {
				t.Errorf("%s: %d items are versions of one document, want %d", test.slug, n, test.together)
			}
		}
		for _, it := range items {
			if strings.HasPrefix(test.slug, "atom") && test.together > 1 && !strings.HasSuffix(it.URL, "/"+it.Language) {
				t.Errorf("%s: the %s entry leads to %s, want the page in its language", test.slug, it.Language, it.URL)
			}
		}
	}
}
