package main

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// TestWordsOfThreeLanguages asks the hub for words as citizens type them: with
// accents left out, with other letters for the same sound, in another form.
func TestWordsOfThreeLanguages(t *testing.T) {
	hub := startHub(t, wordRegion(t))
	tests := []struct{ q, want string }{
		{"été", "fr/été"}, {"ete", "fr/été"}, {"ETE", "fr/été"}, {"e\u0301te\u0301", "fr/été"},
		{"fete", "fr/fête"}, {"fête", "fr/fête"}, {"FÊTES", "fr/fête"},
		{"deces", "fr/décès"}, {"décès", "fr/décès"},
		{"ecole", "fr/école"}, {"l'école", "fr/école"}, {"l’ecole", "fr/école"}, {"écoles", "fr/école"},
		{"oeuvre", "fr/œuvre"}, {"œuvre", "fr/œuvre"}, {"d'oeuvre", "fr/œuvre"}, {"Œuvres", "fr/œuvre"},
		{"dechets", "fr/déchets"}, {"déchet", "fr/déchets"}, {"dechtes ", "fr/déchets"},
		{"travail", "fr/travaux"}, {"travaux", "fr/travaux"},
		{"huis", "nl/huizen"}, {"huizen", "nl/huizen"},
		{"containerpark", "nl/containerparken"}, {"containerparken", "nl/containerparken"},
		{"gemeente", "nl/gemeenten"}, {"geemente ", "nl/gemeenten"},
		{"müll", "de/Müll"}, {"muell", "de/Müll"}, {"mull", "de/Müll"},
		{"strasse", "de/Straße"}, {"straße", "de/Straße"}, {"STRASSE", "de/Straße"},
		{"bürger", "de/Bürger"}, {"buerger", "de/Bürger"},
	}
	for _, test := range tests {
		for _, path := range []string{"/api/v1/search?q=", "/api/v1/items?q="} {
			var page itemPage
			getJSON(t, hub+path+url.QueryEscape(test.q), &page)
			var got []string
			for _, it := range page.Items {
				got = append(got, it.URL)
			}
			if want := "https://example.org/" + url.PathEscape(test.want); !slices.Equal(got, []string{want}) {
				t.Errorf("GET %s%s = %q, want %q alone", path, test.q, got, want)
			}
		}
	}
	for _, q := range []string{"piscine", "zwembad", "xyzzy"} {
		var page itemPage
		if getJSON(t, hub+"/api/v1/search?q="+q, &page); len(page.Items) > 0 {
			t.Errorf("search %q = %q, want nothing: no item is about that", q, page.Items[0].Title)
		}
	}
	t.Logf("%d words in three languages, each finds its one item of %d", len(tests), len(itemsOf(t, hub, "")))
}

// wordRegion publishes one item a word. The address of an item is its word.
func wordRegion(t *testing.T) string {
	t.Helper()
	texts := map[string][][2]string{
		"fr": {{"été", "Les plaines de jeux d’été"}, {"fête", "La fête du village"}, {"décès", "Déclarer un décès"}, {"école", "Rentrée à l’école"},
			{"œuvre", "Une œuvre sur la place"}, {"déchets", "Collecte des déchets"}, {"travaux", "Travaux rue Haute"}},
		"nl": {{"huizen", "Nieuwe huizen te koop"}, {"containerparken", "Openingsuren van de containerparken"}, {"gemeenten", "Zes gemeenten werken samen"}},
		"de": {{"Müll", "Müll richtig trennen"}, {"Straße", "Die Straße ist gesperrt"}, {"Bürger", "Sprechstunde für Bürger"}},
	}
	p, origin := newPublisher(t)
	var y strings.Builder
	y.WriteString("members:\n")
	for lang, list := range texts {
		var entries []entry
		for i, text := range list {
			entries = append(entries, entry{fmt.Sprint(i), text[1], "https://example.org/" + url.PathEscape(lang+"/"+text[0]), ""})
		}
		p.put("/"+lang, bytesOf("application/rss+xml", rssOf("x", entries...)))
		fmt.Fprintf(&y, "  - {slug: %s, kind: commune, name: M, languages: [%s], sources: [{slug: s, url: %q, language: %s}]}\n", lang, lang, origin+"/"+lang, lang)
	}
	return y.String()
}
