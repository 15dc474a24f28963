package local

import (
	"math"
	"slices"
)

// nearness raises the score of what has the telling words of a query close to
// each other and in its order. It is looked at only of documents that would be
// kept with all of it, because it must be read from places.
//
// The telling words that a field has are taken in pairs of neighbours. A pair
// counts by the lighter of its words, and the less the farther its words are
// from how they stand in the query: those that change place as if there were
// one more word between them and twice those that are.
type nearness struct {
	view  *view
	words []nearWord
	all   float32 // what all pairs count for
	asked int     // words of the query
	at    [2][]uint32

	waiting []hit // with keys without nearness
	sure    best  // of them, on the first page: what is kept at the least
}

// nearWord is a telling word.
type nearWord struct {
	matches [][]match // by part
	place   int       // in the query
	weight  float32
}

const (
	mostNear   = 1.5 // of the score of what has the query itself
	nearFades  = 4   // words farther apart than in the query by which a pair counts half
	nearEnds   = 32  // words farther apart from which it counts nothing
	nearWithin = .85 // of what it counts in a title of no other words
	nearForms  = 12  // forms of a word that are looked for
)

// nearness is that of terms; nil when there are not two words to stand near.
func (v *view) nearness(terms []term, rarity []uint8, most int) *nearness {
	n := &nearness{view: v, asked: len(terms), sure: best{most: most}}
	little := functionWords(terms)
	heaviest := float32(0)
	for i, t := range terms {
		if little[i] || rarity[i] == 0 {
			continue
		}
		w := float32(rarity[i])
		n.words = append(n.words, nearWord{t.matches, i, w})
		n.all += w
		heaviest = max(heaviest, w)
	}
	n.all -= heaviest
	if len(n.words) < 2 {
		return nil
	}
	return n
}

// factor is what the score of a document is raised by, 1 to mostNear.
func (n *nearness) factor(p *segment, d uint32) float64 { return n.atLeast(p, d, 1) }

// atLeast is factor, or anything less than least where factor is less.
func (n *nearness) atLeast(p *segment, d uint32, least float64) float64 {
	part := slices.IndexFunc(n.view.parts, func(o part) bool { return o.segment == p })
	best, need := float32(0), n.all*float32((least-1)/(mostNear-1))
	for _, f := range [...]field{titleField, summaryField, bodyField} {
		one := n.of(part, f, d, need)
		if f != titleField || int(p.titleLen[d]) > n.asked {
			one *= nearWithin
		}
		best = max(best, one)
	}
	return 1 + (mostNear-1)*float64(best/n.all)
}

// put takes in a document whose key is known but for nearness.
func (n *nearness) put(h hit, after *position) {
	if h.key < n.floor() || after != nil && h.key > after.key { // nearness only raises it
		return
	}
	if n.waiting = append(n.waiting, h); after == nil {
		n.sure.offer(h)
	}
}

// floor is the least key without nearness that may be that of a hit.
func (n *nearness) floor() int64 {
	if floor := n.sure.floor(); floor > 0 {
		return int64(float64(floor) / mostNear)
	}
	return math.MinInt64
}

// nearest offers what waits for its nearness, those with the greatest keys
// first, until nothing that is left can be kept.
func (r *run) nearest() {
	w := r.near.waiting
	for i := len(w)/2 - 1; i >= 0; i-- {
		sink(w, i)
	}
	for len(w) > 0 && int64(mostNear*float64(w[0].key)) >= r.best.floor() {
		h := w[0]
		least := float64(max(r.best.floor(), 0)) / float64(max(h.key, 1)) * (1 - 1e-6)
		if h.key = int64(r.near.atLeast(h.part, h.doc, least) * float64(h.key)); r.after == nil || r.after.passed(h) {
			r.best.offer(h)
		}
		w[0] = w[len(w)-1]
		w = w[:len(w)-1]
		sink(w, 0)
	}
}

// sink puts hit i of a heap, the greatest key first, in its place.
func sink(w []hit, i int) {
	for {
		c := 2*i + 1
		if c+1 < len(w) && w[c+1].key > w[c].key {
			c++
		}
		if c >= len(w) || w[c].key <= w[i].key {
			return
		}
		w[i], w[c] = w[c], w[i]
		i = c
	}
}

// of is what the pairs count for that a field has, or less than need if that is.
func (n *nearness) of(part int, f field, d uint32, need float32) float32 {
	sum, absent := float32(0), 0
	var before *nearWord
	for i := range n.words {
		w := &n.words[i]
		n.at[1] = n.view.parts[part].placesOf(n.at[1][:0], w.matches[part], f, d)
		if len(n.at[1]) == 0 {
			if absent |= 1 << i; n.hope(absent) < need {
				return 0
			}
			continue
		}
		if before != nil {
			sum += min(before.weight, w.weight) * closest(n.at[0], n.at[1], w.place-before.place)
		}
		before = w
		n.at[0], n.at[1] = n.at[1], n.at[0]
	}
	return sum
}

// hope is what the pairs count for at most without the words absent, a bit each.
func (n *nearness) hope(absent int) float32 {
	sum, heaviest := float32(0), float32(0)
	for i, w := range n.words {
		if absent>>i&1 == 0 {
			sum, heaviest = sum+w.weight, max(heaviest, w.weight)
		}
	}
	return sum - heaviest
}

// closest is what a pair counts for, 0 to 1, of which one word stands at places
// from and the other at places to, in order, if the query has them so far apart.
func closest(from, to []uint32, apart int) float32 {
	least := nearEnds
	for len(from) > 0 && len(to) > 0 {
		distance := int(to[0]) - int(from[0])
		if distance > 0 {
			least = min(least, max(distance-apart, apart-distance))
			from = from[1:]
		} else {
			if distance < 0 {
				least = min(least, 1-2*distance)
			}
			to = to[1:]
		}
	}
	if least >= nearEnds {
		return 0
	}
	return nearFades / float32(nearFades+least)
}

// placesOf appends where in a field of document d forms stand, in order.
func (s *segment) placesOf(dst []uint32, list []match, f field, d uint32) []uint32 {
	l, left, runs := &s.postings[f], nearForms, 0
	if l.len() == 0 {
		return dst
	}
	for _, m := range list {
		if f >= m.fields {
			continue
		}
		for form := m.lo; form < m.hi && left > 0; form++ {
			left--
			of := l.of(form)
			i, has := of.find(d)
			if !has {
				continue
			}
			dst, _ = appendPlaces(dst, s.places[f].of(l, of.from+uint32(i)), int(of.tf(i)), 0)
			runs++
		}
	}
	if runs > 1 {
		slices.Sort(dst)
	}
	return dst
}
