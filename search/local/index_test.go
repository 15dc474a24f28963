package local

import (
	"fmt"
	"log/slog"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
)

func empty(t *testing.T) *Index {
	t.Helper()
	x, err := New(slog.New(slog.NewTextHandler(t.Output(), nil)), "")
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func apply(t *testing.T, x *Index, items ...federation.Item) {
	t.Helper()
	if err := x.Apply(t.Context(), search.Batch{Put: items}); err != nil {
		t.Fatal(err)
	}
}

func TestTail(t *testing.T) {
	for _, c := range []struct {
		live, dead []int
		want       int
	}{
		{[]int{}, nil, 0},
		{[]int{5}, []int{0}, 1},
		{[]int{5, 1}, []int{0, 0}, 0},
		{[]int{1000, 100}, []int{0, 0}, 2},
		{[]int{1000, 100, 10}, []int{0, 0, 0}, 3},
		{[]int{1000, 100, 20}, []int{0, 0, 0}, 1},
		{[]int{800, 100, 10, 10}, []int{0, 0, 0, 0}, 0},
		{[]int{1000, 100}, []int{0, 150}, 1},
		{[]int{1000, 100}, []int{2000, 0}, 0},
	} {
		var parts []part
		for i, n := range c.live {
			var ids dictionaryBuilder
			for d := range n + c.dead[i] {
				ids.add(fmt.Sprintf("%06d", d))
			}
			parts = append(parts, part{segment: &segment{ids: ids.done()}, live: n})
		}
		if got := tail(parts); got != c.want {
			t.Errorf("tail(live %v, dead %v) = %d, want %d", c.live, c.dead, got, c.want)
		}
	}
}

// TestParts: the number of parts grows with the logarithm of the items only.
func TestParts(t *testing.T) {
	x := empty(t)
	for n := range 700 {
		apply(t, x, federation.Item{ID: fmt.Sprint(n), Title: "Avis"})
		if parts := len(x.view.Load().parts); parts > 5 {
			t.Fatalf("%d parts for %d items", parts, n+1)
		}
	}
}

// TestRenumber: values that no item has any more leave the tables.
func TestRenumber(t *testing.T) {
	x := empty(t)
	for n := range 50 {
		apply(t, x, federation.Item{ID: "a", Categories: []string{fmt.Sprint("rubrique ", n), "commune"}})
	}
	if got := len(x.view.Load().tables[categoryColumn].values); got > 2 {
		t.Errorf("%d categories are numbered, want 2", got)
	}
	res, err := x.Search(t.Context(), search.Query{Facets: []search.Facet{search.ByCategory}})
	want := []search.Count{{Value: "commune", Count: 1}, {Value: "rubrique 49", Count: 1}}
	if diff := cmp.Diff(want, res.Facets[search.ByCategory]); diff != "" || err != nil {
		t.Errorf("categories (-want +got), %v:\n%s", err, diff)
	}
}

func TestPosition(t *testing.T) {
	r := &ranking{now: 1_728_000_000, rarity: []uint8{1, 200, 255}, cut: 300}
	r.mean[titleField], r.mean[bodyField] = 24, 60
	want := position{key: math.MinInt64, id: "aé", ranking: r.prepared()}
	got, err := parsePosition(want.String())
	if diff := cmp.Diff(&want, got, cmp.AllowUnexported(position{}, ranking{})); diff != "" || err != nil {
		t.Errorf("parsePosition(String()) (-want +got), %v:\n%s", err, diff)
	}
}

// TestCircle: what the box around a circle leaves out is outside.
func TestCircle(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	inside := 0
	for range 20_000 {
		c := newCircle(federation.Point{Lat: 180*r.Float64() - 90, Lon: 360*r.Float64() - 180}, 1+500*r.Float64())
		lat := float32(min(max(c.lat+20*r.Float64()-10, -90), 90))
		lon := float32(math.Remainder(c.lon+40*r.Float64()-20, 360))
		want := c.distance(lat, lon) <= c.km
		if got := c.has(lat, lon); got != want {
			t.Fatalf("circle %+v has(%v, %v) = %v, distance %v", *c, lat, lon, got, c.distance(lat, lon))
		}
		if want {
			inside++
		}
	}
	if inside < 100 {
		t.Errorf("only %d points inside: nothing is tested", inside)
	}
}

func TestSpelled(t *testing.T) {
	x := empty(t)
	title := func(id, title string) federation.Item { return federation.Item{ID: id, Title: title, Language: "fr"} }
	apply(t, x, title("a", "École de Namur"), title("b", "L'école"), title("c", "ÉCOLE DE NAMUR"), title("d", "Le CPAS"), title("e", "La Müllabfuhr"))
	for prefix, want := range map[string][]string{
		"ec": {"école"}, "na": {"Namur"}, "cp": {"CPAS"}, "mu": {"Müllabfuhr"}, "mue": {"Müllabfuhr"}, "à l'eco": {"à l'école"},
	} {
		c, err := x.Suggest(t.Context(), search.Beginning{Prefix: prefix, Most: 5})
		var got []string
		for _, w := range c.Words {
			got = append(got, w.Query)
		}
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("Suggest(%q) (-want +got), %v:\n%s", prefix, err, diff)
		}
	}
}

// TestLongItem: an item beyond all measure is indexed in part, and its sums
// stay within their bits.
func TestLongItem(t *testing.T) {
	x := empty(t)
	var b strings.Builder
	for n := range 120_000 {
		fmt.Fprintf(&b, "a%d ", n)
	}
	long := federation.Item{ID: "a", Title: b.String(), Summary: b.String(), Categories: []string{b.String(), b.String()}}
	apply(t, x, long, federation.Item{ID: "b", Title: "a1"})
	for _, q := range []string{"a", "a10", "a1 ", "a1 a2 a"} {
		if res, err := x.Search(t.Context(), search.Query{Select: federation.Selection{Words: q}}); err != nil || len(res.Hits) == 0 {
			t.Errorf("Search(%q) = %d hits, %v", q, len(res.Hits), err)
		}
	}
}

// TestManyWords has a query of more words than are looked at: the rest must
// not decide what is found.
func TestManyWords(t *testing.T) {
	x := empty(t)
	apply(t, x, federation.Item{ID: "a", Title: "Travaux"})
	for _, q := range []string{strings.Repeat("travaux ", maxWords) + "absent", strings.Repeat("travaux ", 10*maxWords)} {
		if res, err := x.Search(t.Context(), search.Query{Select: federation.Selection{Words: q}}); err != nil || res.Total != 1 {
			t.Errorf("Search(%d bytes of words) = %d, %v, want 1", len(q), res.Total, err)
		}
	}
}

// TestSameAnswerLater: an answer in which nothing changed is the same a moment
// later, its cursor included, or no page would ever be answered 304.
func TestSameAnswerLater(t *testing.T) {
	now := time.Date(2026, 3, 1, 12, 0, 1, 0, time.UTC)
	for _, sort := range []federation.Sort{"", federation.ByOldest, federation.ByNewest, federation.ByStart, federation.ByRelevance} {
		s := federation.Selection{Sort: sort, Words: "marché"}
		if a, b := asOf(s, now), asOf(s, now.Add(5*time.Minute)); !a.Equal(b) {
			t.Errorf("order %q counts from %v, five minutes later from %v", sort, a, b)
		}
	}
}
