package local

import (
	"fmt"
	"testing"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"
	"github.com/plonegov/carillon/search"
)

// TestNearness: of items that have the same words as often, those come first
// that have them as the query has them, then those that have them near.
func TestNearness(t *testing.T) {
	x := empty(t)
	texts := []string{
		"c1 Le pont est fermé, on passe par la place du village et le moulin reste ouvert aux visites.",
		"b1 Le moulin est fermé, le pont du village reste ouvert, on passe par la place aux visites.",
		"a1 Le pont du moulin est fermé, la place du village reste ouverte, on passe aux visites.",
	}
	for i, text := range texts {
		apply(t, x, federation.Item{ID: text[:2], Title: "Avis", Language: "fr", Content: markup.Sanitise(text, nil)})
		apply(t, x, federation.Item{ID: fmt.Sprint("other", i), Title: "Rien de cela", Language: "fr"})
	}
	for _, c := range []struct{ query, want string }{
		{"pont du moulin ", "a1 b1 c1"},
		{"pont village ", "b1 a1 c1"},
	} {
		q := search.Query{Select: federation.Selection{Words: c.query}, Explain: true}
		res, err := x.Search(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, h := range res.Hits {
			got += h.ID + " "
		}
		if got != c.want+" " {
			t.Errorf("%q finds %s, want %s: %+v", c.query, got, c.want, res.Hits)
		}
		for _, f := range res.Hits[0].Why.Factors {
			if f.Name == "nearness" && (f.Value <= 1 || f.Value > mostNear) {
				t.Errorf("%q: nearness is worth %v", c.query, f.Value)
			}
		}
	}
}

// TestNearnessPages: pages of a few hits are those of one page of all.
func TestNearnessPages(t *testing.T) {
	x := empty(t)
	for i := range 60 {
		text := "Travaux"
		for range i % 7 {
			text += " ailleurs"
		}
		if i%2 == 0 {
			text += " rue"
		}
		text += " de la gare"
		apply(t, x, federation.Item{ID: fmt.Sprintf("%02d", i), Title: "Avis", Language: "fr", Content: markup.Sanitise(text, nil)})
	}
	q := search.Query{Select: federation.Selection{Words: "travaux rue gare ", Limit: 100}}
	all, err := x.Search(t.Context(), q)
	if err != nil || len(all.Hits) < 20 {
		t.Fatalf("%d hits, %v", len(all.Hits), err)
	}
	q.Select.Limit = 7
	for n := 0; n < len(all.Hits); {
		res, err := x.Search(t.Context(), q)
		if err != nil || len(res.Hits) == 0 {
			t.Fatalf("after %d: %d hits, %v", n, len(res.Hits), err)
		}
		for _, h := range res.Hits {
			if h.ID != all.Hits[n].ID || h.Score != all.Hits[n].Score {
				t.Fatalf("hit %d is %s (%v) in pages, %s (%v) at once", n, h.ID, h.Score, all.Hits[n].ID, all.Hits[n].Score)
			}
			n++
		}
		q.After = res.Next
	}
}
