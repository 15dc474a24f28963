package local

import (
	"cmp"
	"slices"
)

// spot is a place in a document: the document above, the word below.
type spot uint64

func (s spot) doc() uint32 { return uint32(s >> 32) }

// phrase are the living documents, in order, in a field of which the words
// stand next to each other in order; words are the forms that each may have.
func (p *part) phrase(words [][]match) []uint32 {
	if len(words) == 1 {
		return p.holding(words[0])
	}
	var out []uint32
	for f := range fields {
		out = append(out, p.phraseIn(f, words)...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// phraseIn are those of one field.
func (p *part) phraseIn(f field, words [][]match) []uint32 {
	lists, some := p.single(f, words)
	switch {
	case !some:
		return nil
	case lists != nil:
		return p.inRow(f, lists)
	}
	var out []uint32
	for _, s := range p.begins(f, words) {
		if d := s.doc(); len(out) == 0 || out[len(out)-1] != d {
			out = append(out, d)
		}
	}
	return out
}

// begins are the spots in a field where the phrase begins, in order. It
// begins with the words that have the fewest postings.
func (p *part) begins(f field, words [][]match) []spot {
	order, size := make([]int, len(words)), make([]int, len(words))
	for n, list := range words {
		order[n] = n
		for _, m := range list {
			if f < m.fields {
				size[n] += p.postings[f].across(m.span).len()
			}
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(size[a], size[b]) })
	spots := p.spots(nil, f, words[order[0]], uint32(order[0]))
	for _, n := range order[1:] {
		if len(spots) == 0 {
			return nil
		}
		spots = p.follow(spots, f, words[n], uint32(n))
	}
	return spots
}

// spots are where a word stands in living documents, as the spots where a
// phrase begins in which it is number n.
func (p *part) spots(out []spot, f field, list []match, n uint32) []spot {
	l := &p.postings[f]
	runs := 0
	var at []uint32
	for _, m := range list {
		if f >= m.fields {
			continue
		}
		for form := m.lo; form < m.hi; form++ {
			from := len(out)
			list := l.of(form)
			rest := p.places[f].of(l, list.from)
			for i := range list.docs {
				at, rest = appendPlaces(at[:0], rest, int(list.tf(i)), 0)
				if d := list.doc(i); !p.dead.has(d) {
					out = appendSpots(out, d, at, n)
				}
			}
			if len(out) > from {
				runs++
			}
		}
	}
	if runs > 1 {
		slices.Sort(out)
		out = slices.Compact(out)
	}
	return out
}

func appendSpots(out []spot, d uint32, at []uint32, n uint32) []spot {
	for _, place := range at {
		if place >= n {
			out = append(out, spot(d)<<32|spot(place-n))
		}
	}
	return out
}

// follow are those of spots at which word n of the phrase stands too.
func (p *part) follow(spots []spot, f field, list []match, n uint32) []spot {
	l := &p.postings[f]
	var kept []spot
	var at []uint32
	runs := 0
	for _, m := range list {
		if f >= m.fields {
			continue
		}
		for form := m.lo; form < m.hi; form++ {
			from := len(kept)
			kept, at = p.meetAt(kept, at, spots, f, l.of(form), n)
			if len(kept) > from {
				runs++
			}
		}
	}
	if runs > 1 {
		slices.Sort(kept)
		kept = slices.Compact(kept)
	}
	return kept
}

// meetAt appends those of spots at which the postings of a list stand.
func (p *part) meetAt(kept []spot, at []uint32, spots []spot, f field, list postingList, n uint32) ([]spot, []uint32) {
	where := &p.places[f]
	next := list.from // the posting that rest is at
	rest := where.of(list.all, next)
	for i := 0; i < list.len() && len(spots) > 0; {
		d := list.doc(i)
		switch first := spots[0].doc(); {
		case d < first:
			i = list.len() - len(skip(list.docs[i:], first))
		case d > first:
			spots = skipSpots(spots, d)
		default:
			rest = where.forward(list.all, rest, next, list.from+uint32(i))
			at, rest = appendPlaces(at[:0], rest, int(list.tf(i)), 0)
			i++
			next = list.from + uint32(i)
			for j := 0; len(spots) > 0 && spots[0].doc() == d; spots = spots[1:] {
				want := uint32(spots[0]) + n
				for j < len(at) && at[j] < want {
					j++
				}
				if j < len(at) && at[j] == want {
					kept = append(kept, spots[0])
				}
			}
		}
	}
	return kept, at
}

// forward is what follows in the blob from posting to on, when rest follows
// from posting from on.
func (p *places) forward(of *postings, rest []byte, from, to uint32) []byte {
	if to-from >= placesStep {
		return p.of(of, to)
	}
	return skipNumbers(rest, of.sum(from, to))
}

// skipSpots drops the spots in documents before d.
func skipSpots(spots []spot, d uint32) []spot {
	step := 1
	for step < len(spots) && spots[step].doc() < d {
		spots = spots[step:]
		step *= 2
	}
	n, _ := slices.BinarySearchFunc(spots[:min(step, len(spots))], d, func(s spot, d uint32) int { return cmp.Compare(s.doc(), d) })
	return spots[n:]
}

// literal are the forms of words as they are written, by part; one that may go
// on stands for those that begin with it, if it is not short.
func (v *view) literal(part int, words []word) [][]match {
	s := v.parts[part].segment
	out := make([][]match, len(words))
	for n, w := range words {
		out[n] = s.literal(w)
	}
	return out
}

func (s *segment) literal(w word) []match {
	var out []match
	for _, form := range w.Spellings() {
		if w.prefix && !w.isShort() {
			if m := (match{s.forms.prefixed(form), begunForm, fields}); m.lo < m.hi {
				out = append(out, m)
			}
		} else if n, ok := s.forms.find(form); ok {
			out = append(out, match{span{n, n + 1}, exactForm, fields})
		}
	}
	return out
}
