package local

import (
	"cmp"
	"math"
	"slices"
)

// scratch is the room one search works in, reused by others.
type scratch struct {
	sums   []sum    // by document: of the word in hand
	scores []uint32 // by document
	covers []uint16 // by document: the weights of the words met
	open   bitmap   // documents that may still match
	found  []uint32 // documents that match so far
	hit    []uint32 // documents that have the word in hand

	kept    []uint32               // documents found that meet all conditions
	refused [facetColumns][]uint32 // documents found that only this facet shuts out
	groups  groups
	seen    bitmap // documents found by a list already

	versions versions
}

// held is a document that has words of a query.
type held struct {
	doc, score uint32
	cover      uint16
}

// fit makes room for n documents. Arrays by document are all zero between
// searches.
func (s *scratch) fit(n int) {
	if len(s.sums) < n {
		s.sums, s.scores, s.covers = make([]sum, n), make([]uint32, n), make([]uint16, n)
		s.open = newBitmap(n)
	}
	s.open = s.open[:cap(s.open)]
	s.found, s.hit = s.found[:0], s.hit[:0]
}

// all finds all living documents.
func (s *scratch) all(p part) {
	s.fit(p.len())
	for d := range uint32(p.len()) {
		if !p.dead.has(d) {
			s.found = append(s.found, d)
		}
	}
}

// match finds what covers enough of the terms, and takes it in.
func (r *run) match() {
	s := r.scratch
	r.found = make([][]held, len(r.view.parts))
	for i, p := range r.view.parts {
		s.match(p, i, r.terms, r.ranking, r.within)
		r.found[i] = make([]held, len(s.found))
		for n, d := range s.found {
			r.found[i][n] = held{d, r.ranking.covering(s.scores[d], s.covers[d]), s.covers[d]}
		}
		s.drop()
	}
	if r.after == nil {
		r.ranking.cut = max(r.ranking.cut, uint16(math.Ceil(bestShare(r.ranking.telling)*float64(r.bestCover()))))
	}
	for i, p := range r.view.parts {
		s.fit(p.len())
		for _, h := range r.found[i] {
			if h.cover >= r.ranking.cut {
				s.scores[h.doc] = h.score
				s.found = append(s.found, h.doc)
			}
		}
		r.take(i, p.segment)
		s.drop()
	}
	r.showVersions()
	r.showGroups()
}

// bestCover is the most that a found document covers which meets all other
// conditions.
func (r *run) bestCover() uint16 {
	best := uint16(0)
	for i, p := range r.view.parts {
		for _, h := range r.found[i] {
			if h.cover > best && r.filter.refused(p.segment, h.doc) == allFacets && r.filter.base(p.segment, h.doc) && r.inChannel(i, p.segment, h.doc) {
				best = h.cover
			}
		}
	}
	return best
}

// match finds the living documents of part i that cover at least r.cut of the
// terms and are within, if that is not nil. Their numbers are in s.found, in no order, their scores in s.scores;
// drop must be called before the next match.
func (s *scratch) match(p part, i int, terms []term, r *ranking, within []bitmap) {
	s.fit(p.len())
	s.open = s.open.fillAbsent(p.dead, p.len())
	if within != nil {
		s.open.and(within[i])
	}
	left := 0
	order := make([]int, 0, len(terms))
	for n := range terms {
		if r.rarity[n] > 0 {
			order = append(order, n)
			left += int(r.rarity[n])
		}
	}
	// The weightiest word first: what has none of the first few is no match,
	// and later words, which are in more documents, look at what was found only.
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(r.rarity[b], r.rarity[a]), cmp.Compare(p.size(terms[a].matches[i]), p.size(terms[b].matches[i])))
	})
	for _, n := range order {
		if left < int(r.cut) {
			s.narrow(int(r.cut) - left)
			if len(s.found) == 0 {
				return
			}
		}
		s.collect(p.segment, terms[n].matches[i])
		if terms[n].others != nil {
			s.collectOthers(terms[n].others[i])
		}
		s.settle(p.segment, n, r)
		left -= int(r.rarity[n])
	}
	s.narrow(int(r.cut))
}

// collect adds up the frequencies of one word in the open documents.
func (s *scratch) collect(p *segment, list []match) {
	s.hit = s.hit[:0]
	for _, m := range list {
		for f := range m.fields {
			list := p.postings[f].across(m.span)
			for i, n := range list.docs {
				d := uint32(n)
				if !s.open.has(d) {
					continue
				}
				one := &s.sums[d]
				if !one.some {
					s.hit = append(s.hit, d)
				}
				one.add(f, list.tf(i), m.class)
			}
		}
	}
}

// collectOthers adds the open documents that have one word in several.
func (s *scratch) collectOthers(list []other) {
	for _, o := range list {
		for _, d := range o.docs {
			if !s.sums[d].some && s.open.has(d) {
				s.sums[d].add(o.field(d), 1, o.class)
				s.hit = append(s.hit, d)
			}
		}
	}
}

// settle turns the sums of a word into scores.
func (s *scratch) settle(p *segment, word int, r *ranking) {
	for _, d := range s.hit {
		if s.covers[d] == 0 {
			s.found = append(s.found, d)
		}
		s.covers[d] += uint16(r.rarity[word])
		s.scores[d] += r.score(&s.sums[d], word, p, d)
		s.sums[d] = sum{}
	}
}

// narrow drops the found documents that cover less than need, and closes all
// that were not found.
func (s *scratch) narrow(need int) {
	kept := s.found[:0]
	clear(s.open)
	for _, d := range s.found {
		if int(s.covers[d]) < need {
			s.covers[d], s.scores[d] = 0, 0
			continue
		}
		s.open.set(d)
		kept = append(kept, d)
	}
	s.found = kept
}

// drop forgets what match found.
func (s *scratch) drop() {
	for _, d := range s.found {
		s.covers[d], s.scores[d] = 0, 0
	}
	s.found = s.found[:0]
}
