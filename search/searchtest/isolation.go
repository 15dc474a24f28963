package searchtest

import (
	"fmt"
	"testing"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
)

// testIsolation has fifty members publish items with the same ids and the same
// words, and asks in every way for those of one.
func testIsolation(t *testing.T, h *harness) {
	const members, each = 50, 5
	owner := make(map[string]string)
	var batch []federation.Item
	for m := range members {
		for n := range each {
			it := from(fmt.Sprintf("commune-%02d", m), fmt.Sprint(n), "Conseil communal du mardi", "Ordre du jour et travaux.")
			it.Categories = []string{"Politique"}
			owner[it.ID] = it.Member
			batch = append(batch, it)
		}
	}
	h.put(batch...)
	if len(owner) != members*each {
		t.Fatalf("%d ids for %d items", len(owner), members*each)
	}
	for m := range members {
		member := fmt.Sprintf("commune-%02d", m)
		for _, rest := range []string{"", "&q=conseil", "&q=cons", "&q=consiel", "&q=conseil absent travaux mardi", "&type=news", "&category=politique", "&sort=oldest", "&from=2026-01-01&q=conseil"} {
			h.onlyOf(owner, member, each, h.query("member="+member+rest))
			h.onlyOf(owner, member, each, h.query("source="+member+"/actualites"+rest))
		}
		h.onlyOf(owner, member, each, search.Query{AnyOf: []federation.Selection{{Members: []string{member}}}})
	}
}

// onlyOf pages through a query by two, and wants all items of a member and
// none of another.
func (h *harness) onlyOf(owner map[string]string, member string, want int, q search.Query) {
	h.t.Helper()
	q.Select.Limit, q.Facets = 2, search.Facets
	seen := 0
	for {
		res := h.find(q)
		for _, hit := range res.Hits {
			if owner[hit.ID] != member {
				h.t.Fatalf("Search(%q, any of %v) gave %q, an item of %q", q.Select, q.AnyOf, hit.ID, owner[hit.ID])
			}
			seen++
		}
		if res.Total != want {
			h.t.Fatalf("Search(%q).Total = %d, want %d", q.Select, res.Total, want)
		}
		if res.Next == "" {
			break
		}
		q.After = res.Next
	}
	if seen != want {
		h.t.Fatalf("Search(%q, any of %v) listed %d items, want %d", q.Select, q.AnyOf, seen, want)
	}
}
