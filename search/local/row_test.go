package local

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/plonegov/carillon/federation"
)

// TestInRow: reading places document by document finds what reading them word by
// word does, of words that are common and rare, where some documents are deleted.
func TestInRow(t *testing.T) {
	x := empty(t)
	c := newCorpus(3)
	var items []federation.Item
	for n := range 900 {
		items = append(items, c.item(n))
	}
	apply(t, x, items...)
	for n := range items[:300] {
		items[n] = c.item(900 + n)
		items[n].ID = c.item(n).ID
	}
	apply(t, x, items[:300]...)
	r := rand.New(rand.NewPCG(1, 2))
	found := 0
	for range 400 {
		said := []string{anyLittle(r), c.said(r), anyLittle(r), c.said(r)}[:2+r.IntN(3)]
		r.Shuffle(len(said), func(i, k int) { said[i], said[k] = said[k], said[i] })
		ask := parse(strings.Join(said, " ") + " ").words
		v := x.view.Load()
		for i := range v.parts {
			p := &v.parts[i]
			words := v.literal(i, ask)
			for f := range fields {
				var want []uint32
				for _, s := range p.begins(f, words) {
					want = append(want, s.doc())
				}
				want = slices.Compact(want)
				got := p.phraseIn(f, words)
				if !slices.Equal(got, want) {
					t.Fatalf("%q in field %d of part %d: %v, want %v", said, f, i, got, want)
				}
				found += len(got)
			}
		}
	}
	if found == 0 {
		t.Error("no phrase was found")
	}
}
