package searchtest

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
)

func testPrefix(t *testing.T, h *harness) {
	h.put(item("a", "Bibliothèque communale", ""), item("b", "Bibliographie", ""), item("c", "Le bal", "La biblio est loin."))
	h.wantQuerySet(words("bibli"), "a", "b", "c")
	h.wantQuerySet(words("biblioth"), "a")
	h.wantQuerySet(words("communale bib"), "a")
	h.wantQuerySet(words("BIBLIOTHÈ"), "a")
	// Something after the word ends it, and only the last word goes on.
	h.wantQuerySet(words("biblioth "))
	h.wantQuerySet(words("biblioth dansante"))
	// The word itself comes before words that begin with it.
	if got := h.listed(h.find(words("biblio"))); len(got) != 3 {
		t.Errorf(`Search("biblio") = %v, want all three`, got)
	}
	h.wantQuerySet(words("b"), "a", "b", "c")
}

func testTypos(t *testing.T, h *harness) {
	h.put(item("a", "Collecte des déchets", ""), item("b", "Bibliothèque communale", ""), item("c", "Rue Haute", "5060 Tamines"))
	for _, w := range []string{"déchts", "dechtes", "dechetts", "dechats", "edchets", "dechet", "collect", "colecte", "collecet"} {
		h.wantQuery(words(w+" "), "a")
		h.wantQuery(words(w), "a")
	}
	for _, w := range []string{"biblioteque", "bibiloteque", "bbliothequ", "bibliotheuqe"} { // one or two in a long word
		h.wantQuery(words(w+" "), "b")
	}
	h.wantQuery(words("bibilot"), "b") // within the beginning of a word
	h.wantQuery(words("communale bibilot"), "b")
	// Short words and numbers are taken as they are.
	h.wantQuery(words("ruf "))
	h.wantQuery(words("5061 "))
	h.wantQuery(words("5600 "))
	// A word that is known is not put right.
	h.put(item("d", "Déchats", ""))
	h.wantQuery(words("dechats "), "d")
}

func testCorrected(t *testing.T, h *harness) {
	h.put(item("a", "Les déchets verts", ""), item("b", "Collecte des déchets", ""), item("c", "Piscine", ""))
	for query, want := range map[string]string{
		"dechtes":           "déchets",
		"collecte dechtes ": "collecte déchets ",
		"déchets":           "",
		"dechets":           "",
		"dech":              "",
		"xyzzyx":            "",
	} {
		if got := h.find(words(query)).Corrected; got != want {
			t.Errorf("Search(%q).Corrected = %q, want %q", query, got, want)
		}
	}
}

// testRelaxing: words are weights. What has all of them shuts out what has
// little; where nothing has, what has most is found; a word that nothing has
// does not count.
func testRelaxing(t *testing.T, h *harness) {
	nl := func(name, title string) federation.Item {
		it := item(name, title, "")
		it.Language = "nl"
		return it
	}
	h.put(item("a", "Horaire piscine", ""), item("b", "Horaire bibliothèque", ""), item("c", "Permis urbanisme bois", ""),
		nl("d", "Open zwembad"), nl("e", "Zwem in het bad"))
	h.wantQuerySet(words("horaire piscine "), "a")
	h.wantQuerySet(words("quel est l'horaire de la piscine "), "a")
	h.wantQuerySet(words("permis bois tronçonneuse "), "c")
	h.wantQuerySet(words("piscine tronçonneuse "), "a")
	h.wantQuerySet(words("tronçonneuse "))
	h.wantQuerySet(words("zwembad "), "d")
	h.apply(search.Batch{Delete: []string{nl("d", "").ID}})
	h.wantQuerySet(words("zwembad "), "e")
}

func testForms(t *testing.T, h *harness) {
	h.put(item("a", "Travaux rue Haute", "Le travail avance."), item("b", "Travestis", ""))
	for query, want := range map[string][]string{
		"travaux ":      {"travail", "travaux"},
		"haute trav":    {"haute", "travail", "travaux"},
		"travuax haute": {"haute", "travaux"},
	} {
		got := h.find(words(query)).Forms
		for _, form := range want {
			if !slices.Contains(got, form) {
				t.Errorf("Search(%q).Forms = %q, want %q among them", query, got, form)
			}
		}
		if slices.Contains(got, "travestis") {
			t.Errorf("Search(%q).Forms = %q: no hit has the last", query, got)
		}
	}
}

// testFreshness: of news the newer comes first, all else being equal; a
// service is as good as ever.
func testFreshness(t *testing.T, h *harness) {
	old, fresh, service := item("old", "Inscription crèche", ""), item("fresh", "Inscription crèche", ""), item("service", "Inscription crèche", "")
	for it, days := range map[*federation.Item]int{&old: 2000, &fresh: 1, &service: 2000} {
		it.Published = time.Now().AddDate(0, 0, -days)
		it.FirstSeen = it.Published
	}
	service.Type = federation.Service
	h.put(old, fresh, service)
	got := h.listed(h.find(words("inscription crèche")))
	if len(got) != 3 || got[2] != "old" {
		t.Errorf("hits are %v, want the old news last", got)
	}
	both := item("both", "Crèche : inscription", "Inscription à la crèche.")
	both.Published, both.FirstSeen = old.Published, old.Published
	h.put(both, item("other", "Crèche", "Longue histoire où vient aussi, entre autres mots et parmi bien des détails, une inscription."))
	if got := h.listed(h.find(words("inscription crèche"))); got[len(got)-1] != "other" {
		t.Errorf("hits are %v: what is new must not win over what was asked for", got)
	}
	over, coming := item("over", "Marché de Noël", "Le marché de Noël sur la place."), item("coming", "Marché de Noël", "Sur la place.")
	for it, days := range map[*federation.Item]int{&over: -3, &coming: 20} {
		it.Type = federation.EventItem
		it.Event = &federation.Event{Start: time.Now().AddDate(0, 0, days), End: time.Now().AddDate(0, 0, days).Add(time.Hour)}
	}
	h.put(over, coming)
	if got := h.listed(h.find(words("marché de noël"))); len(got) != 2 || got[0] != "coming" {
		t.Errorf("hits are %v, want the event that is over behind the one to come", got)
	}
}

func testReaderLanguage(t *testing.T, h *harness) {
	fr, nl := item("fr", "Carnaval", ""), item("nl", "Carnaval", "")
	nl.Language = "nl-BE"
	h.put(fr, nl)
	for lang, want := range map[string][]string{"fr": {"fr", "nl"}, "nl": {"nl", "fr"}} {
		q := words("carnaval")
		q.Language = lang
		h.wantQuery(q, want...)
	}
}

// nonsense is text that no engine should stumble over.
var nonsense = []string{
	"\x00", "\xff\xfe", "é\xcc", "a\u0301\u0301\u0301", "\u202eabc\u202c", "🎉", "👩‍👩‍👧", "ﬁ ﬂ", "İstanbul", "ß", "ẞ", "ǅ", "Ω≈ç√",
	"東京都", "مدينة", "עִיר", "ประชาชน", "ก็", "़", "\u200b", "\u00ad", "'", "’’’", "l'", "-", "--", "\"", "\"a b", "*", "a*", "a OR b",
	"a AND", "NOT", "(", "[[", "\\", "%", "_", "/", "<b>", "a:b", "^", "~2", "&&", "||", "{}", "$", "`", "#", "@", "0", "00000000000",
	"1e309", "-1", "9223372036854775808", "\n\t", "   ", "a b c d e f g h i j k l m n o p q r s t u v w x y z",
	"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
}

// testNonsense puts nonsense into items and asks for it: no error, no panic,
// and hits that are items.
func testNonsense(t *testing.T, h *harness) {
	var batch []federation.Item
	for i, s := range nonsense {
		it := item(fmt.Sprint("n", i), s, "")
		it.Summary, it.Categories, it.Authors = s, []string{s}, []string{s}
		it.Place = &federation.Place{Name: s, Address: s}
		batch = append(batch, it)
	}
	batch = append(batch, item("long", strings.Repeat("é", 70_000), strings.Repeat("mot ", 20_000)))
	h.put(batch...)
	for _, s := range append(nonsense, strings.Repeat("mot ", 500), strings.Repeat("é", 5000)) {
		for _, q := range []string{s, s + " ", s + s, "avis " + s, strings.ToUpper(s)} {
			query := words(q)
			query.Facets = search.Facets
			query.AnyOf = []federation.Selection{{}, {Words: s}}
			if res := h.find(query); len(h.listed(res)) != min(res.Total, 20) {
				t.Errorf("Search(%q) lists %d of %d hits", q, len(res.Hits), res.Total)
			}
			if _, err := h.Suggest(t.Context(), search.Beginning{Prefix: q, Language: "fr", Offers: []string{q}, Most: 5}); err != nil {
				t.Errorf("Suggest(%q) = %v", q, err)
			}
		}
	}
}
