package searchtest

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
)

func beginning(prefix string, most int) search.Beginning {
	return search.Beginning{Prefix: prefix, Language: "fr", Most: most}
}

func (h *harness) suggest(b search.Beginning) search.Completions {
	h.t.Helper()
	c, err := h.Suggest(h.t.Context(), b)
	if err != nil {
		h.t.Fatalf("Suggest(%+v) = %v", b, err)
	}
	return c
}

// wantWords checks the completed queries and their order.
func (h *harness) wantWords(b search.Beginning, want ...string) {
	h.t.Helper()
	got := []string{}
	for _, w := range h.suggest(b).Words {
		got = append(got, w.Query)
	}
	if diff := cmp.Diff(append([]string{}, want...), got); diff != "" {
		h.t.Errorf("Suggest(%+v).Words (-want +got):\n%s", b, diff)
	}
}

func in(lang string, it federation.Item) federation.Item {
	it.Language = lang
	return it
}

func testSuggest(t *testing.T, h *harness) {
	h.put(item("a", "Bibliothèque communale", "bibelots"), item("b", "La bibliothèque", ""), item("c", "Une bibliographie", ""),
		in("nl", item("d", "Bibliotheek", "")))
	h.wantWords(beginning("bibli", 10), "bibliothèque", "bibliographie", "bibliotheek")
	h.wantWords(beginning("BIBLI", 1), "bibliothèque")
	h.wantWords(beginning("bibel", 10)) // in no title
	h.wantWords(beginning("bibli ", 10))
	h.wantWords(beginning("", 10))
	h.wantWords(beginning("bibli", 0))
	h.wantWords(beginning("xyz", 5))
}

// testSuggestFinds: the words before the last are looked at, in all of an
// item; one of the same stem will do, and function words need not stand there.
func testSuggestFinds(t *testing.T, h *harness) {
	h.put(item("a", "La piscine ferme pour vidange", ""), item("b", "Bureau de vote", ""), item("c", "Bus 63a : arrêt déplacé", ""),
		item("d", "Vente de livres", "Devant la piscine."),
		in("de", item("e", "Das Freibad schließt zur Wartung", "")), in("de", item("f", "Wahlbüro", "")),
		in("nl", item("g", "Het zwembad is gesloten voor onderhoud", "")), in("nl", item("h", "Ophaling van afval", "")),
		in("en", item("i", "The pool closes for works", "")), in("en", item("j", "Waste collection", "")))
	for prefix, want := range map[string][]string{
		"piscine v":         {"piscine vente", "piscine vidange"},
		"piscines v":        {"piscines vente", "piscines vidange"},
		"à la piscine v":    {"à la piscine vente", "à la piscine vidange"},
		"bus p":             nil,
		"bus pour":          nil,
		"bus d":             {"bus déplacé"},
		"xyzzy v":           nil,
		"piscine xyzzy v":   nil,
		"freibad w":         {"freibad Wartung"},
		"freibad wahl":      nil,
		"zwembad o":         {"zwembad onderhoud"},
		"zwembad voor":      nil,
		"pool w":            {"pool works"},
		"pool waste":        nil,
		"piscine pool":      nil,
		"vidange piscine f": {"vidange piscine ferme"},
	} {
		h.wantWords(beginning(prefix, 10), want...)
	}
	for _, b := range []search.Beginning{beginning("piscine v", 10), beginning("pool w", 10)} {
		for _, w := range h.suggest(b).Words {
			if res := h.find(words(w.Query)); res.Total == 0 {
				t.Errorf("Search(%q) finds nothing, and was suggested", w.Query)
			}
		}
	}
}

// testSuggestStops: function words complete nothing in their own language. In
// another one they may be words.
func testSuggestStops(t *testing.T, h *harness) {
	h.put(item("a", "Pour vous : la poubelle", ""), in("nl", item("b", "Voor wie van ver komt: vuilnis", "")),
		in("de", item("c", "Für alle, die fragen", "")), in("en", item("d", "Van hire for those who move", "")))
	h.wantWords(beginning("po", 10), "poubelle")
	h.wantWords(beginning("vo", 10))
	h.wantWords(beginning("va", 10), "van") // the English one
	h.wantWords(beginning("f", 10), "fragen")
}

func testSuggestOffers(t *testing.T, h *harness) {
	h.put(item("a", "Collecte des encombrants", ""), from("alba", "b", "Carte d'identité", "Sur rendez-vous."))
	offers := []string{"encombrants", "rendez-vous pour une carte d'identité", "collecte carte", "piscine", "de la", ""}
	got := h.suggest(search.Beginning{Offers: offers, Most: 5}).Offers
	if diff := cmp.Diff(offers[:2], got); diff != "" {
		t.Errorf("Offers (-want +got):\n%s", diff)
	}
	got = h.suggest(search.Beginning{Offers: offers, Most: 5, Members: []string{"alba"}}).Offers
	if diff := cmp.Diff(offers[1:2], got); diff != "" {
		t.Errorf("Offers of alba (-want +got):\n%s", diff)
	}
	h.apply(search.Batch{Delete: []string{item("a", "", "").ID}})
	if got := h.suggest(search.Beginning{Offers: offers[:1], Most: 5}).Offers; len(got) > 0 {
		t.Errorf("Offers = %q after their only item was deleted", got)
	}
}

func testSuggestMembers(t *testing.T, h *harness) {
	h.put(from("alba", "a", "Piscine", ""), from("broc", "b", "Pique-nique", ""), from("broc", "c", "Pique-nique à la piscine", ""))
	h.wantWords(beginning("pi", 10), "piscine", "pique", "pique-nique")
	b := beginning("pi", 10)
	b.Members = []string{"alba"}
	h.wantWords(b, "piscine")
	b.Prefix = "piscine pi"
	h.wantWords(b)
	b.Members = []string{"broc"}
	h.wantWords(b, "piscine pique", "piscine pique-nique")
}

// testSuggestShare: a member that repeats itself does not fill the list.
func testSuggestShare(t *testing.T, h *harness) {
	var all []federation.Item
	for n := range 60 {
		it := from("pill", fmt.Sprint(n), fmt.Sprintf("Pipilule%c pipilule%c pipirate", 'a'+n%20, 'a'+(n+1)%20), "")
		it.Published = someDay.Add(time.Duration(n) * time.Hour)
		all = append(all, it)
	}
	all = append(all, from("alba", "p", "Pipiscine", ""), from("broc", "q", "La pipiscine", ""), from("broc", "r", "Pipique-nique", ""))
	h.put(all...)
	got := h.suggest(beginning("pipi", 8))
	spam := 0
	queries := []string{}
	for _, w := range got.Words {
		queries = append(queries, w.Query)
		if w.Member == "pill" {
			spam++
		}
	}
	if spam > 4 || !slices.Contains(queries, "pipiscine") || !slices.Contains(queries, "pipique") {
		t.Errorf("Suggest(pipi) = %q, %d of one member alone; want at most 4, and the words of others", queries, spam)
	}
	spam = 0
	for _, id := range got.Items {
		if !strings.HasPrefix(h.names[id], "p") && !strings.HasPrefix(h.names[id], "q") && !strings.HasPrefix(h.names[id], "r") {
			spam++
		}
	}
	if spam > 4 || len(got.Items) != spam+3 {
		t.Errorf("Suggest(pipi) gives %d titles, %d of one member; want at most 4 of it, and all of the others", len(got.Items), spam)
	}
}

func testSuggestItems(t *testing.T, h *harness) {
	old, fresh := item("old", "Carte de stationnement", ""), from("alba", "new", "Carte d'identité", "")
	fresh.Published = someDay.AddDate(0, 1, 0)
	h.put(old, fresh, in("nl", item("nl", "Cartografie", "")), item("body", "Avis", "La carte."))
	var got []string
	for _, id := range h.suggest(beginning("cart", 5)).Items {
		got = append(got, h.names[id])
	}
	if diff := cmp.Diff([]string{"new", "old", "nl"}, got); diff != "" {
		t.Errorf("Items (-want +got):\n%s", diff)
	}
	if got := h.suggest(beginning("carte ide", 5)).Items; len(got) != 1 || h.names[got[0]] != "new" {
		t.Errorf("Items of two words = %v, want the one whose title has both", got)
	}
}
