package local

import (
	"fmt"
	"io"
	"log/slog"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
)

// TestBrowse puts, replaces, withdraws and deletes items at random and asks, at
// every step, the same of the lists and counts that are kept and of a scan of
// all documents: page after page, hit by hit.
func TestBrowse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, err := New(slog.New(slog.NewTextHandler(io.Discard, nil)), "")
		if err != nil {
			t.Fatal(err)
		}
		x.many = 4 // so that counts beside a value are kept of few items too
		x.view.Store(emptyView(x.many))
		at := time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)
		x.now = func() time.Time { return at }
		for range rapid.IntRange(1, 8).Draw(t, "batches") {
			if err := x.Apply(t.Context(), someBatch(t)); err != nil {
				t.Fatal(err)
			}
			for range 4 {
				browseBoth(t, x, someBrowsing(t))
			}
		}
	})
}

// browseBoth compares the pages of a query.
func browseBoth(t *rapid.T, x *Index, q search.Query) {
	t.Helper()
	scan := &Index{log: x.log, now: x.now}
	scan.scratch.New = func() any { return new(scratch) }
	v := *x.view.Load()
	v.tally = nil
	scan.view.Store(&v)
	for page := 0; page < 4; page++ {
		want, err := scan.Search(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		got, err := x.Search(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		if q.Uncounted {
			want.Total, got.Total = 0, 0
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("page %d of %+v (-scan +kept):\n%s", page, q, diff)
		}
		if q.After = got.Next; q.After == "" {
			return
		}
	}
}

// some draws one of a few.
func some[T any](t *rapid.T, name string, from ...T) T { return rapid.SampledFrom(from).Draw(t, name) }

// oneIn is true once in n times.
func oneIn(t *rapid.T, n int, name string) bool { return rapid.IntRange(1, n).Draw(t, name) == n }

var browsed = struct {
	members, sources, categories, languages []string
}{[]string{"alba", "brume", "cran"}, []string{"news", "agenda"}, []string{"sport", "culture", "eau"}, []string{"fr", "fr", "nl", "nl-be", "de", ""}}

func someBatch(t *rapid.T) search.Batch {
	b := search.Batch{Precedence: map[string]search.Precedence{}}
	for range rapid.IntRange(0, 25).Draw(t, "items") {
		it := someItem(t)
		b.Put = append(b.Put, it)
		if search.FoldKey(it) != "" {
			p := search.Precedence(rapid.IntRange(0, 3).Draw(t, "precedence"))
			if oneIn(t, 3, "elsewhere") {
				p |= search.Elsewhere
			}
			b.Precedence[it.ID] = p
		}
	}
	for range rapid.IntRange(0, 8).Draw(t, "deleted") {
		b.Delete = append(b.Delete, someID(t))
	}
	b.Delete = slices.DeleteFunc(b.Delete, func(id string) bool {
		return slices.ContainsFunc(b.Put, func(it federation.Item) bool { return it.ID == id })
	})
	return b
}

func someID(t *rapid.T) string {
	return federation.NewItemID("x", fmt.Sprint(rapid.IntRange(0, 40).Draw(t, "id")))
}

func someDay(t *rapid.T) time.Time {
	return time.Date(2026, 4, 20, 8, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 20).Draw(t, "day"))
}

func someItem(t *rapid.T) federation.Item {
	member := some(t, "member", browsed.members...)
	it := federation.Item{ID: someID(t), Member: member, Source: member + "/" + some(t, "source", browsed.sources...),
		Type: some(t, "type", federation.News, federation.News, federation.EventItem, federation.AlertItem, federation.Service), Title: "Avis",
		Language: some(t, "language", browsed.languages...), Published: someDay(t)}
	for range rapid.IntRange(0, 2).Draw(t, "categories") {
		it.Categories = append(it.Categories, some(t, "category", browsed.categories...))
	}
	switch rapid.IntRange(0, 3).Draw(t, "tie") {
	case 0:
		it.Group, it.Wording = some(t, "group", "g1", "g2", "g3"), 1
	case 1:
		it.Same = federation.NewItemID("x", fmt.Sprint(rapid.IntRange(0, 5).Draw(t, "same")))
	case 2:
		it.Group, it.Wording = some(t, "group", "g1", "g2", "g3"), 1
		it.Same = federation.NewItemID("x", fmt.Sprint(rapid.IntRange(0, 5).Draw(t, "same")))
	}
	switch it.Type {
	case federation.EventItem:
		it.Event = &federation.Event{Start: someDay(t)}
		it.Event.End = it.Event.Start.Add(time.Hour)
		if oneIn(t, 4, "recurs") {
			it.Event.Recurrence = "FREQ=WEEKLY;COUNT=3"
		}
	case federation.AlertItem:
		it.Alert = &federation.Alert{Severity: some(t, "severity", "extreme", "severe", "minor"), Ended: oneIn(t, 4, "ended")}
		it.Expires = someDay(t)
	}
	if oneIn(t, 3, "place") {
		it.Place = &federation.Place{Point: &federation.Point{Lat: 50 + .1*float64(rapid.IntRange(0, 5).Draw(t, "lat")), Lon: 4}}
	}
	if oneIn(t, 10, "withdrawn") {
		it.Withdrawn = someDay(t)
	}
	return it
}

// someBrowsing is a query without words.
func someBrowsing(t *rapid.T) search.Query {
	q := search.Query{Select: someFilter(t), Language: some(t, "reader", "", "fr", "nl", "de", "nl-be", "it"), Uncounted: oneIn(t, 3, "uncounted"),
		Authority: map[string]int{"alba": 80, "brume": 40, "cran": 40}}
	q.Select.Limit = some(t, "limit", 1, 3, 10)
	q.Select.Sort = some(t, "sort", "", federation.ByNewest, federation.ByOldest, federation.ByStart, federation.BySeverity, federation.ByDistance)
	for range rapid.IntRange(0, 2).Draw(t, "channels") {
		q.AnyOf = append(q.AnyOf, someFilter(t))
	}
	if !oneIn(t, 3, "no facets") {
		q.Facets = search.Facets
	}
	return q
}

func someFilter(t *rapid.T) federation.Selection {
	var s federation.Selection
	if oneIn(t, 3, "members") {
		s.Members = rapid.SliceOfNDistinct(rapid.SampledFrom(append(browsed.members, "unknown")), 1, 2, rapid.ID).Draw(t, "members")
	}
	if oneIn(t, 3, "types") {
		s.Types = rapid.SliceOfNDistinct(rapid.SampledFrom([]federation.ItemType{federation.News, federation.EventItem, federation.AlertItem}), 1, 2, rapid.ID).Draw(t, "types")
	}
	if oneIn(t, 4, "categories") {
		s.Categories = rapid.SliceOfNDistinct(rapid.SampledFrom(browsed.categories), 1, 2, rapid.ID).Draw(t, "categories")
	}
	if oneIn(t, 4, "languages") {
		s.Languages = []string{some(t, "language", "fr", "nl", "nl-be", "de")}
	}
	if oneIn(t, 5, "sources") {
		s.Sources = []string{some(t, "member", browsed.members...) + "/" + some(t, "source", browsed.sources...)}
	}
	if oneIn(t, 5, "from") {
		s.From = federation.Bound{Time: someDay(t), Day: true}
	}
	if oneIn(t, 6, "to") {
		s.To = federation.Bound{Time: someDay(t), Day: true}
	}
	if oneIn(t, 6, "near") {
		s.Near = &federation.Point{Lat: 50.1, Lon: 4}
		s.Radius = 15
	}
	return s
}
