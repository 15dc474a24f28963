package searchtest

import (
	"cmp"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
)

// muchIs is more items than an engine without [search.Abilities.Exact] need
// read one by one.
const muchIs = 1300

// much is muchIs items of three members, each of its own date, start and
// distance, but for ten that say the same as one before them, as it does.
func much() []federation.Item {
	var out []federation.Item
	for i := range muchIs {
		name := fmt.Sprintf("n%04d", i)
		it := from([]string{"alba", "brume", "cran"}[i%3], name, "Conseil communal "+[]string{"réuni", "ajourné"}[i%2], "Avis "+name)
		at := time.Duration(i * 7919 % muchIs)
		it.Published = someDay.Add(at * time.Hour)
		it.FirstSeen = it.Published.Add(time.Minute)
		it.Place = &federation.Place{Point: &federation.Point{Lat: 50 + float64(i*6007%muchIs)/10_000, Lon: 4.5}}
		if i%4 == 0 {
			it.Type, it.Event = federation.EventItem, &federation.Event{Start: it.Published.AddDate(0, 1, 0)}
		}
		if i%130 == 129 {
			said := &out[i-1]
			said.Group, said.Wording = said.ID, 1
			it.Group, it.Wording = said.ID, 1
			it.Published, it.FirstSeen, it.Place = said.Published, said.FirstSeen, said.Place
		}
		out = append(out, it)
	}
	return out
}

// testMany: of more matches than may be counted one by one too, who turns pages
// meets each once, in the order asked for, of what says the same one alone, and
// an engine that does not count exactly says so.
func testMany(t *testing.T, h *harness) {
	all := much()
	h.put(all[:muchIs/2]...)
	h.put(all[muchIs/2:]...)
	exact := h.Abilities().Exact
	by := map[string]federation.Item{}
	for _, it := range all {
		by[it.OriginID] = it
	}
	later := func(a, b federation.Item) int { return b.Published.Compare(a.Published) }
	for _, c := range []struct {
		query string
		order func(a, b federation.Item) int // nil = only that all are there
	}{
		{"", later},
		{"q=conseil", nil},
		{"q=conseil communal", nil},
		{"q=conseil&sort=newest", later},
		{"sort=oldest", func(a, b federation.Item) int { return later(b, a) }},
		{"sort=severity", later},
		{"near=50,4.5&radius=30&sort=distance", func(a, b federation.Item) int { return cmp.Compare(a.Place.Point.Lat, b.Place.Point.Lat) }},
		{"q=conseil&near=50,4.5&radius=30&sort=distance", func(a, b federation.Item) int { return cmp.Compare(a.Place.Point.Lat, b.Place.Point.Lat) }},
	} {
		q := h.query(c.query)
		q.Select.Limit, q.Facets = 100, search.Facets
		first := h.find(q)
		h.wantMany(q, first, exact)
		names, _ := h.pages(q, func() {})
		h.wantEachOnce(c.query, names, by)
		if c.order != nil && !slices.IsSortedFunc(names, func(a, b string) int { return c.order(by[a], by[b]) }) {
			t.Errorf("Search(%q): the hits of all pages are not in order", c.query)
		}
	}
	// What few match is exact again.
	q := h.query("q=conseil&member=alba&type=event")
	few := 0
	for _, it := range all {
		if it.Member == "alba" && it.Type == federation.EventItem {
			few++
		}
	}
	if res := h.find(q); res.Total != few || res.Estimated {
		t.Errorf("Search(%q).Total = %d, estimated %t; want %d, exact", q.Select, res.Total, res.Estimated, few)
	}
}

// wantMany checks what is said of the number of matches.
func (h *harness) wantMany(q search.Query, res search.Result, exact bool) {
	h.t.Helper()
	const folded = muchIs - 10
	if exact && (res.Total != folded || res.Estimated) || !exact && (!res.Estimated || res.Total < folded || res.Total > muchIs) {
		h.t.Errorf("Search(%q).Total = %d, estimated %t; %d match, %d without copies, and the engine is exact: %t", q.Select, res.Total, res.Estimated, muchIs, folded, exact)
	}
	h.wantCounts(res, search.ByType, "news 975", "event 325")
	h.wantCounts(res, search.ByMember, "alba 434", "brume 433", "cran 433")
	h.wantCounts(res, search.ByLanguage, "fr 1300")
}

// wantEachOnce checks that the hits of all pages are each item once, of those
// that say the same one.
func (h *harness) wantEachOnce(query string, names []string, by map[string]federation.Item) {
	h.t.Helper()
	seen := map[string]bool{}
	for _, name := range names {
		it, known := by[name]
		group := cmp.Or(it.Group, it.ID)
		if !known || seen[group] {
			h.t.Errorf("Search(%q) gives %s (known %t) again, or beside what says the same", query, name, known)
			return
		}
		seen[group] = true
	}
	if len(names) != muchIs-10 {
		h.t.Errorf("Search(%q): %d hits on all pages, want %d", query, len(names), muchIs-10)
	}
}
