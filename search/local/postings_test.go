package local

import (
	"fmt"
	"log/slog"
	"math/rand/v2"
	"testing"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
)

// TestPostings keeps frequencies of all sizes and reads them back one by one,
// in sums of every length, and by document.
func TestPostings(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	var p postings
	var docs, tfs []uint32
	for range 40 {
		for d := uint32(r.IntN(3)); d < 300; d += 1 + uint32(r.IntN(9)) {
			tf := uint32(1 + r.IntN(3))
			if r.IntN(5) == 0 {
				tf = uint32(1 + r.IntN(maxTF))
			}
			p.add(d, tf)
			docs, tfs = append(docs, d), append(tfs, tf)
		}
		p.end()
	}
	p = p.clipped()
	if !p.fits(40, 300) {
		t.Fatal("fits = false")
	}
	n := 0
	for form := range uint32(40) {
		list := p.of(form)
		for i := range list.docs {
			if list.doc(i) != docs[n] || list.tf(i) != tfs[n] {
				t.Fatalf("form %d, posting %d: document %d %d times, want %d %d times", form, i, list.doc(i), list.tf(i), docs[n], tfs[n])
			}
			if at, ok := list.find(docs[n]); at != i || !ok {
				t.Errorf("form %d: find(%d) = %d, %v, want %d", form, docs[n], at, ok, i)
			}
			n++
		}
	}
	if n != p.len() {
		t.Errorf("%d postings in the lists, of %d", n, p.len())
	}
	for range 2000 {
		from := r.IntN(len(tfs))
		to := from + r.IntN(len(tfs)-from+1)
		want := 0
		for _, tf := range tfs[from:to] {
			want += int(tf)
		}
		if got := p.sum(uint32(from), uint32(to)); got != want {
			t.Fatalf("sum(%d, %d) = %d, want %d", from, to, got, want)
		}
	}
	short := p
	short.tfs = p.tfs[1:]
	if p.fits(40, 299-10) || p.fits(41, 300) || short.fits(40, 300) {
		t.Error("fits = true of too few documents, too many forms or a frequency that is missing")
	}
}

// TestLargeBatch: a batch of more documents than a part can have makes several
// parts, and of two items with one id the last counts all the same.
func TestLargeBatch(t *testing.T) {
	x, err := New(slog.New(slog.DiscardHandler), "")
	if err != nil {
		t.Fatal(err)
	}
	const many = maxDocs + 500
	items := make([]federation.Item, 0, many+1)
	for i := range many {
		items = append(items, federation.Item{ID: fmt.Sprintf("%026d", i), Member: "m", Type: federation.News, Language: "fr", Title: fmt.Sprint("avis ", i)})
	}
	items = append(items, items[many-1])
	items[many-1].Title = "autre chose"
	if err := x.Apply(t.Context(), search.Batch{Put: items, Cursor: 1}); err != nil {
		t.Fatal(err)
	}
	for words, want := range map[string]int{"": many, "avis": many, fmt.Sprint("avis ", many-1): 1, "autre": 0, fmt.Sprint("\"avis ", maxDocs+1, "\""): 1} {
		res, err := x.Search(t.Context(), search.Query{Select: federation.Selection{Words: words}})
		if err != nil || res.Total != want {
			t.Errorf("%q: %d hits, %v, want %d", words, res.Total, err, want)
		}
	}
	for _, p := range x.view.Load().parts {
		if p.len() > maxDocs {
			t.Errorf("a part of %d documents", p.len())
		}
	}
}
