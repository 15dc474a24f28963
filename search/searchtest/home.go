package searchtest

import (
	"math"
	"testing"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
)

// atHome is how near members are to a reader of "home".
var atHome = map[string]federation.Nearness{"home": federation.AtHome, "next": federation.Neighbour, "region": federation.RegionWide}

// testHome asks as a reader of a member: of what matches equally well its own
// comes first, then that of its neighbours, then what the region says. Nothing
// is shut out, nothing is counted otherwise, and an order that is asked for
// stays what it is.
func testHome(t *testing.T, h *harness) {
	for _, member := range []string{"away", "home", "next", "other", "region"} {
		it := from(member, member, "Ramassage des sapins", "Samedi matin.")
		it.Type = federation.Service
		h.put(it)
	}
	better := from("other", "better", "Piscine et sapins", "La piscine communale.")
	better.Type = federation.Service
	h.put(better)
	q := words("ramassage sapins")
	q.Facets = search.Facets
	plain := h.find(q)
	q.Home = atHome
	res := h.find(q)
	if got := h.listed(res); len(got) < 5 || got[0] != "home" || got[1] != "next" || got[2] != "region" {
		t.Errorf("at home: %v", got)
	}
	if res.Total != plain.Total || res.Estimated != plain.Estimated || len(res.Facets[search.ByMember]) != len(plain.Facets[search.ByMember]) {
		t.Errorf("%d results at home, %d without a home", res.Total, plain.Total)
	}
	q.Home = map[string]federation.Nearness{"other": federation.AtHome}
	if got := h.listed(h.find(q)); got[0] != "other" {
		t.Errorf("at home elsewhere: %v", got)
	}
	q = words("piscine")
	q.Home = atHome
	h.wantQuery(q, "better") // it is somebody else's, and the only one
	q = h.query("q=sapins&sort=newest&type=service")
	without := h.listed(h.find(q))
	q.Home = atHome
	h.wantQuery(q, without...)
}

// testHomePages turns the pages of a search with a home: each hit is there
// once, in the order of one long page.
func testHomePages(t *testing.T, h *harness) {
	for _, member := range []string{"away", "home", "next", "other", "region"} {
		for _, n := range []string{"1", "2", "3", "4"} {
			h.put(from(member, member+n, "Brocante numéro "+n, "Sur la place."))
		}
	}
	q := h.query("q=brocante&limit=20")
	q.Home, q.Authority = atHome, map[string]int{"region": 50, "home": 30}
	all := h.listed(h.find(q))
	var got []string
	q.Select.Limit = 3
	for range 20 {
		res := h.find(q)
		got = append(got, h.listed(res)...)
		if q.After = res.Next; q.After == "" {
			break
		}
	}
	if len(all) != 20 || len(got) != 20 {
		t.Fatalf("%d hits, in pages %d", len(all), len(got))
	}
	for i := range all {
		if all[i] != got[i] {
			t.Fatalf("in one page %v\nin pages %v", all, got)
		}
	}
}

// testAuthority asks for what several publish in the same words: who has more
// authority comes first, and a better match before it.
func testAuthority(t *testing.T, h *harness) {
	put := func(member, name, title string) {
		it := from(member, name, title, "Les démarches et les délais.")
		it.Type = federation.Service
		h.put(it)
	}
	put("a-club", "club", "Permis de pêche")
	put("commune", "commune", "Permis de pêche")
	put("region", "region", "Permis de pêche")
	put("a-club", "guide", "Petit guide illustré du permis de pêche au bord de l’eau")
	q := words("permis de pêche")
	q.Authority = map[string]int{"region": 50, "commune": 30, "a-club": 10}
	if got := h.listed(h.find(q)); len(got) != 4 || got[0] != "region" || got[1] != "commune" || got[2] != "club" {
		t.Errorf("by authority: %v", got)
	}
	q.Authority = map[string]int{"a-club": 90, "commune": 30, "region": 10}
	if got := h.listed(h.find(q)); got[0] != "club" {
		t.Errorf("the operator's word does not count: %v", got)
	}
	q = words("guide du permis de pêche")
	q.Authority = map[string]int{"region": 100, "a-club": 1}
	if got := h.listed(h.find(q)); got[0] != "guide" {
		t.Errorf("authority goes before a better match: %v", got)
	}
}

// testExplainFactors holds that each thing beside the words is told by its
// name, and that all of them make the score.
func testExplainFactors(t *testing.T, h *harness) {
	for _, member := range []string{"home", "next", "region", "away"} {
		it := from(member, member, "Fanfare au kiosque", "Dimanche.")
		it.Published = someDay.AddDate(-3, 0, 0)
		h.put(it)
	}
	q := words("fanfare")
	q.Explain, q.Language, q.Home, q.Authority = true, "fr", atHome, map[string]int{"home": 30, "region": 50}
	for _, hit := range h.find(q).Hits {
		name, sum, factors := h.names[hit.ID], 0., map[string]float64{}
		for _, w := range hit.Why.Words {
			sum += w.Score
		}
		for _, f := range hit.Why.Factors {
			factors[f.Name] = f.Value
			sum *= f.Value
		}
		if math.Abs(sum-hit.Score) > 1e-3*hit.Score {
			t.Errorf("%s: what is told makes %v, the score is %v: %+v", name, sum, hit.Score, hit.Why)
		}
		near := map[string]string{"home": "home", "next": "neighbour", "region": "region"}[name]
		_, told := factors[near]
		_, authority := factors["authority"]
		if told != (name != "away") || authority != (name == "home" || name == "region") || factors["language"] <= 1 || factors["recency"] >= 1 {
			t.Errorf("%s: %v", name, factors)
		}
	}
}
