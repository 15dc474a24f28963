package main

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/plonegov/carillon/federation"
)

// bestAnswer is an answer of the search with what it recommends.
type bestAnswer struct {
	Total int
	Items []apiItem
	Next  string
	Best  []struct {
		Item *apiItem
		Link *struct {
			URL         string
			Title, Text map[string]string
		}
	} `json:"best_bets"`
}

// recommends are the titles or addresses that come first, and those listed.
func (a bestAnswer) titles() (best, listed []string) {
	for _, b := range a.Best {
		if b.Item != nil {
			best = append(best, b.Item.Title)
		} else {
			best = append(best, b.Link.URL)
		}
	}
	for _, it := range a.Items {
		listed = append(listed, it.Title)
	}
	return best, listed
}

// TestBestBets: what the operator's file puts first for certain words comes
// first for those who search for them, in any language, once, and only where
// it is and may be shown.
func TestBestBets(t *testing.T) {
	p, origin := newPublisher(t)
	item := func(n int, title, text string) entry {
		return entry{fmt.Sprint(n), title, fmt.Sprintf("https://x.example/%d", n), text}
	}
	p.put("/region", bytesOf("application/rss+xml", rssOf("x", item(1, "Demander un passeport", "En ligne."), item(2, "Vieux passeports exposés", "Au musée."), item(3, "Recyparc", "Encombrants."))))
	p.put("/samb", bytesOf("application/rss+xml", rssOf("x", item(1, "Guichet du passeport à Samb", "Le mardi."), item(2, "Fête", "Sans passeport."))))
	p.put("/voor", bytesOf("application/rss+xml", rssOf("x", item(1, "Loket", "Reispas en identiteitskaart."))))
	id := func(source, guid string) string { return federation.NewItemID(source, guid) }
	region := `
best_bets:
  - words: {fr: [passeport, "carte d'identité"], nl: [paspoort, reispas], de: [Reisepass], en: [passport]}
    items: [` + id("region/s", "1") + `, ` + id("region/s", "gone") + `]
  - words: {fr: [passeport]}
    items: [` + id("samb/s", "1") + `]
    members: [samb]
  - words: {fr: [piscine], nl: [zwembad]}
    items: [` + id("region/s", "3") + `]
    members: [samb]
  - words: {fr: [encombrants], de: [Sperrmüll]}
    link: {url: "https://recyparc.example/rdv", title: {fr: Prendre rendez-vous <ici>, de: Termin}, text: {fr: "C'est gratuit."}}
members:
  - {slug: region, kind: region, name: R, languages: [fr], sources: [{slug: s, url: ` + origin + `/region}]}
  - {slug: samb, kind: commune, name: S, languages: [fr], postal_codes: ["5060"], sources: [{slug: s, url: ` + origin + `/samb}]}
  - {slug: voor, kind: commune, name: V, languages: [nl], sources: [{slug: s, url: ` + origin + `/voor}]}
`
	hub := startHub(t, region)
	ask := func(query string) bestAnswer {
		t.Helper()
		var a bestAnswer
		getJSON(t, hub+"/api/v1/search?"+query, &a)
		return a
	}
	const passport, counter, park = "Demander un passeport", "Guichet du passeport à Samb", "Recyparc"
	for query, want := range map[string][]string{
		"q=passeport":                        {passport},
		"q=PASSEPORTS":                       {passport},
		"q=comment+renouveler+mon+passeport": {passport},
		"q=carte+identit%C3%A9":              {passport}, // the function word aside
		"q=la+carte+d%27identite+perdue":     {passport},
		"q=identit%C3%A9+carte":              nil,
		"q=carte":                            nil,
		"q=passepor":                         nil, // not the word
		"q=paspoort":                         {passport},
		"q=reisepass":                        {passport},
		"q=passports":                        {passport},
		"q=passport&lang=en":                 nil, // the item is in French
		"q=passeport&member=samb":            {counter},
		"q=passeport&postcode=5060":          {counter},
		"q=passeport&member=region":          {passport},
		"q=passeport&member=voor":            nil,
		"q=passeport&type=event":             nil,
		"q=passeport&type=news":              {passport},
		"q=passeport&from=2099-01-01":        nil,
		"q=piscine":                          nil,
		"q=zwembad&member=samb":              {park}, // the operator names the member: whoever publishes it
		"q=encombrants":                      {"https://recyparc.example/rdv"},
		"q=sperrm%C3%BCll":                   {"https://recyparc.example/rdv"},
		"q=sperrmuell+abholen":               {"https://recyparc.example/rdv"},
		"q=encombrants&type=news":            nil,
		"q=f%C3%AAte":                        nil,
		"member=samb":                        nil,
	} {
		a := ask(query)
		best, listed := a.titles()
		if !slices.Equal(best, want) {
			t.Errorf("search %s recommends %q, want %q", query, best, want)
		}
		for _, title := range best {
			if slices.Contains(listed, title) {
				t.Errorf("search %s lists %q again below", query, title)
			}
		}
		if got := len(listed) + len(best); got < a.Total {
			t.Errorf("search %s shows %d of %d", query, got, a.Total)
		}
	}
	first := ask("q=passeport&limit=1")
	for n, next := 0, first.Next; next != ""; n++ {
		a := ask("q=passeport&limit=1&cursor=" + url.QueryEscape(next))
		if best, listed := a.titles(); len(best) > 0 || slices.Contains(listed, passport) || n > 5 {
			t.Errorf("a further page recommends %q and lists %q", best, listed)
		}
		next = a.Next
	}
	for lang, word := range map[string]string{"fr": "Recommandé", "nl": "Aanbevolen", "de": "Empfohlen", "en": "Recommended"} {
		_, page := get(t, hub+"/search?q=passeport&ui="+lang)
		at, list := strings.Index(page, word), strings.Index(page, "Vieux ")
		if at < 0 || list < at || strings.Count(page, "/items/"+id("region/s", "1")) != 1 {
			t.Errorf("the page in %s does not say %q before the list, or shows the item twice", lang, word)
		}
	}
	_, page := get(t, hub+"/search?q=encombrants&ui=fr")
	if !strings.Contains(page, `href="https://recyparc.example/rdv"`) || !strings.Contains(page, "rendez-vous &lt;ici&gt;") || !strings.Contains(page, "gratuit.") {
		t.Errorf("the page does not show the link with its sentence: %s", page)
	}
	if _, feed := get(t, hub+"/feed.atom?q=sperrm%C3%BCll"); strings.Contains(feed, "recyparc.example/rdv") {
		t.Error("a feed holds the link of a best bet")
	}
}
