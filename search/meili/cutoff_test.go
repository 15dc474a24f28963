package meili_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
	"github.com/plonegov/carillon/search/meili/meilitest"
)

// TestCutOff: a page that the server did not order to the end is none, be it
// one of many matches or an order by relevance; where all matches are read and
// ordered here, the server's order is of no matter.
func TestCutOff(t *testing.T) {
	x, s := standIn(t)
	var batch []federation.Item
	for i := range 1100 {
		it := news(fmt.Sprintf("n%04d", i), "Avis")
		it.Published = it.Published.Add(time.Duration(i*7919%1100) * time.Hour)
		if i%10 == 0 {
			it.Title = "Avis de travaux"
		}
		batch = append(batch, it)
	}
	if err := x.Apply(t.Context(), search.Batch{Put: batch, Cursor: 1}); err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(batch, func(a, b federation.Item) int { return b.Published.Compare(a.Published) })
	works := slices.IndexFunc(batch, func(it federation.Item) bool { return it.Title != "Avis" })
	for _, c := range []struct {
		words string
		by    federation.Sort
		first string // by which the answer begins when the server has time; "" = any
		exact bool   // without time too
	}{
		{"", federation.ByNewest, batch[0].ID, false},
		{"avis", federation.ByNewest, batch[0].ID, false},
		{"avis", federation.ByRelevance, "", false},
		{"travaux", federation.ByRelevance, "", false},
		{"travaux", federation.ByNewest, batch[works].ID, true},
	} {
		q := search.Query{Select: federation.Selection{Words: c.words, Sort: c.by, Limit: 5}}
		s.Set(meilitest.Faults{})
		res, err := x.Search(t.Context(), q)
		if err != nil || len(res.Hits) != 5 || c.first != "" && res.Hits[0].ID != c.first {
			t.Errorf("Search(%q, %s) = %v, %v; want %s first", c.words, c.by, res.Hits, err, c.first)
		}
		s.Set(meilitest.Faults{CutOff: true})
		cut, err := x.Search(t.Context(), q)
		var un *search.UnavailableError
		if c.exact && (err != nil || !slices.EqualFunc(cut.Hits, res.Hits, func(a, b search.Hit) bool { return a.ID == b.ID })) {
			t.Errorf("Search(%q, %s) cut off = %v, %v; want %v", c.words, c.by, cut.Hits, err, res.Hits)
		}
		if !c.exact && (!errors.As(err, &un) || un.Lost || len(cut.Hits) > 0) {
			t.Errorf("Search(%q, %s) cut off = %v, %v; want an UnavailableError", c.words, c.by, cut.Hits, err)
		}
	}
}
