package searchtest

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
)

// wantCounts checks a facet; counts are written "value 3".
func (h *harness) wantCounts(res search.Result, f search.Facet, want ...string) {
	h.t.Helper()
	got := []string{}
	for _, c := range res.Facets[f] {
		got = append(got, fmt.Sprint(c.Value, " ", c.Count))
	}
	if diff := cmp.Diff(append([]string{}, want...), got); diff != "" {
		h.t.Errorf("facet %s (-want +got):\n%s", f, diff)
	}
}

func (h *harness) faceted(selection string) search.Result {
	h.t.Helper()
	q := h.query(selection)
	q.Facets = search.Facets
	return h.find(q)
}

// testFacets: the counts of a facet ignore the values chosen in it, and honour
// all other conditions.
func testFacets(t *testing.T, h *harness) {
	h.put(region()...)
	res := h.faceted("")
	h.wantCounts(res, search.ByMember, "vallonie 2", "bruyelle 1", "hautmont 1")
	h.wantCounts(res, search.ByType, "news 2", "alert 1", "event 1")
	h.wantCounts(res, search.ByCategory, "culture 2", "loisirs 1", "mobiliteit verkeer 1", "mobilité 1")
	h.wantCounts(res, search.ByLanguage, "fr 3", "nl 1")

	res = h.faceted("member=vallonie")
	h.wantCounts(res, search.ByMember, "vallonie 2", "bruyelle 1", "hautmont 1")
	h.wantCounts(res, search.ByType, "alert 1", "event 1")
	h.wantCounts(res, search.ByLanguage, "fr 2")

	res = h.faceted("member=vallonie&type=event")
	h.wantCounts(res, search.ByMember, "vallonie 1")
	h.wantCounts(res, search.ByType, "alert 1", "event 1")
	h.wantCounts(res, search.ByCategory, "culture 1", "loisirs 1")

	res = h.faceted("q=musique&category=loisirs")
	h.wantCounts(res, search.ByCategory, "culture 2", "loisirs 1")
	h.wantCounts(res, search.ByMember, "vallonie 1")

	res = h.faceted("from=2026-03-04&lang=fr")
	h.wantCounts(res, search.ByMember, "vallonie 2")
	h.wantCounts(res, search.ByLanguage, "fr 2")

	if res := h.find(h.query("member=vallonie")); len(res.Facets) != 0 {
		t.Errorf("facets %v were counted without being asked for", res.Facets)
	}
	q := h.query("limit=1")
	q.Facets = []search.Facet{search.ByType}
	res = h.find(q)
	if len(res.Facets) != 1 {
		t.Errorf("%d facets, want 1", len(res.Facets))
	}
	h.wantCounts(res, search.ByType, "news 2", "alert 1", "event 1")
}

func testFacetsChosenAtZero(t *testing.T, h *harness) {
	h.put(region()...)
	res := h.faceted("q=musique&member=hautmont,nobody&type=alert&category=Inconnue&lang=de,nl-be")
	h.wantCounts(res, search.ByMember, "hautmont 0", "nobody 0")
	h.wantCounts(res, search.ByType, "alert 0")
	h.wantCounts(res, search.ByCategory, "inconnue 0")
	h.wantCounts(res, search.ByLanguage, "de 0", "nl-be 0")
	res = h.faceted("lang=nl-be")
	h.wantCounts(res, search.ByLanguage, "fr 3", "nl 1", "nl-be 1")
}

// testFacetsMany: at most a hundred values, and a chosen one is among them.
func testFacetsMany(t *testing.T, h *harness) {
	var batch []federation.Item
	for n := range 130 {
		it := item(fmt.Sprint(n), "Avis", "")
		it.Categories = []string{"toutes", fmt.Sprintf("rubrique %03d", n)}
		batch = append(batch, it)
	}
	h.put(batch...)
	counts := h.faceted("category=rubrique 129").Facets[search.ByCategory]
	if len(counts) != 100 {
		t.Errorf("%d categories, want 100", len(counts))
	}
	if len(counts) > 0 && counts[0] != (search.Count{Value: "toutes", Count: 130}) {
		t.Errorf("the first category is %v", counts[0])
	}
	found := false
	for _, c := range counts {
		found = found || c == search.Count{Value: "rubrique 129", Count: 1}
	}
	if !found {
		t.Errorf("the chosen category is not listed: %v", counts)
	}
}
