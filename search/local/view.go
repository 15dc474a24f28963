package local

import "github.com/plonegov/carillon/federation"

// view is all that a search sees. It is immutable.
type view struct {
	parts  []part // largest first
	tables tables
	cursor federation.Cursor
	tally  *tally // nil when nothing is kept
}

// part is a segment in a view, with what was deleted from it since.
type part struct {
	*segment
	dead bitmap
	live int
}

func whole(s *segment) part { return part{segment: s, live: s.len()} }

// without returns p with the documents of ids dead; p itself is left as it is.
func (p part) without(ids map[string]bool) part {
	var dead bitmap
	n := 0
	for id := range ids {
		d, ok := p.ids.find(id)
		if !ok || p.dead.has(d) {
			continue
		}
		if dead == nil {
			dead = newBitmap(p.len())
			copy(dead, p.dead)
		}
		dead.set(d)
		n++
	}
	if n == 0 {
		return p
	}
	return part{segment: p.segment, dead: dead, live: p.live - n}
}

// docs counts dead documents too, as the lengths of postings do.
func (v *view) docs() int {
	n := 0
	for _, p := range v.parts {
		n += p.len()
	}
	return n
}

// meanWords is the mean length of a field; 1 of an empty view.
func (v *view) meanWords(f field) float64 {
	var words uint64
	for _, p := range v.parts {
		words += p.words[f]
	}
	return max(float64(words)/float64(max(v.docs(), 1)), 1)
}

// apply returns v with the parts' documents of ids dead, and fresh added.
func (v *view) apply(ids map[string]bool, fresh []*segment, t tables, at federation.Cursor) *view {
	next := &view{tables: t, cursor: at}
	for _, p := range v.parts {
		if p = p.without(ids); p.live > 0 {
			next.parts = append(next.parts, p)
		}
	}
	for _, s := range fresh {
		next.parts = append(next.parts, whole(s))
	}
	return next
}
