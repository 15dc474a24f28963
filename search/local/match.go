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
	least := &bar{run: r, cut: r.ranking.cut}
	for i, p := range r.view.parts {
		s.match(p, i, r.terms, r.ranking, r.within, least)
		least.raise(i)
		r.found[i] = make([]held, len(s.found))
		for n, d := range s.found {
			r.found[i][n] = held{d, r.ranking.covering(s.scores[d], s.covers[d]), s.covers[d]}
		}
		s.drop()
	}
	r.ranking.cut = least.cut
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

// bar is what a match covers at least, as far as one knows: it rises with the
// most that a document covers which meets all other conditions.
type bar struct {
	*run
	best, cut uint16
}

// raise looks at what the scratch found in part i. On a further page, which has
// the bar of the first, it does nothing.
func (b *bar) raise(i int) {
	if b.after != nil {
		return
	}
	p, covers := b.view.parts[i].segment, b.scratch.covers
	for _, d := range b.scratch.found {
		if covers[d] > b.best && b.filter.refused(p, d) == allFacets && b.filter.base(p, d) && b.inChannel(i, p, d) {
			b.best = covers[d]
		}
	}
	b.cut = max(b.cut, uint16(math.Ceil(bestShare(b.ranking.telling)*float64(b.best))))
}

// dear is from how many postings on it is worth to raise the bar before a word.
const dear = 2000

// match finds the living documents of part i that cover at least r.cut of the
// terms and are within, if that is not nil, and no fewer than the bar asks, if
// there is one. Their numbers are in s.found, in order, their scores in s.scores;
// drop must be called before the next match.
func (s *scratch) match(p part, i int, terms []term, r *ranking, within []bitmap, least *bar) {
	s.fit(p.len())
	s.open = s.open.fillAbsent(p.dead, p.len())
	if within != nil {
		s.open.and(within[i])
	}
	left, cut, narrowed := 0, int(r.cut), false
	order, sizes := make([]int, 0, len(terms)), make([]int, len(terms))
	for n := range terms {
		if r.rarity[n] > 0 {
			order = append(order, n)
			left += int(r.rarity[n])
			sizes[n] = p.size(terms[n].matches[i])
		}
	}
	// The weightiest word first: what has none of the first few is no match,
	// and later words, which are in more documents, look at what was found only.
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(r.rarity[b], r.rarity[a]), cmp.Compare(sizes[a], sizes[b]))
	})
	for _, n := range order {
		if least != nil {
			if left >= cut && sizes[n] > dear {
				least.raise(i)
			}
			cut = int(least.cut)
		}
		if left < cut {
			s.narrow(cut - left)
			if narrowed = true; len(s.found) == 0 {
				return
			}
		}
		s.hit = s.hit[:0]
		if narrowed && len(s.found) < sizes[n]/lookedUp {
			s.lookUp(p.segment, terms[n].matches[i])
		} else {
			s.collect(p.segment, terms[n].matches[i])
		}
		if terms[n].others != nil {
			s.collectOthers(terms[n].others[i])
		}
		s.settle(p.segment, n, r)
		left -= int(r.rarity[n])
	}
	s.narrow(cut)
}

// collect adds up the frequencies of one word in the open documents.
func (s *scratch) collect(p *segment, list []match) {
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

// lookedUp is how many times as many postings as found documents a word must have
// for looking these up in them to be quicker than going through all.
const lookedUp = 16

// lookUp does as collect, where all that is open is found.
func (s *scratch) lookUp(p *segment, list []match) {
	for _, m := range list {
		for f := range m.fields {
			for form := m.lo; form < m.hi; form++ {
				of := p.postings[f].of(form)
				at := 0
				for _, d := range s.found {
					if at = seek(of.docs, at, d); at == len(of.docs) {
						break
					}
					if of.doc(at) != d {
						continue
					}
					one := &s.sums[d]
					if !one.some {
						s.hit = append(s.hit, d)
					}
					one.add(f, of.tf(at), m.class)
				}
			}
		}
	}
}

// seek is the first place, from one on, of a document that is not before d. It
// looks in growing steps: d is mostly near.
func seek(docs []uint16, from int, d uint32) int {
	to, step := from, 1
	for to < len(docs) && uint32(docs[to]) < d {
		from = to + 1
		to += step
		step *= 2
	}
	for to = min(to, len(docs)); from < to; {
		if mid := int(uint(from+to) >> 1); uint32(docs[mid]) < d {
			from = mid + 1
		} else {
			to = mid
		}
	}
	return from
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

// narrow drops the found documents that cover less than need, puts the others in
// order, and closes all but these.
func (s *scratch) narrow(need int) {
	clear(s.open)
	for _, d := range s.found {
		if int(s.covers[d]) < need {
			s.covers[d], s.scores[d] = 0, 0
		} else {
			s.open.set(d)
		}
	}
	s.found = s.open.appendTo(s.found[:0])
}

// drop forgets what match found.
func (s *scratch) drop() {
	for _, d := range s.found {
		s.covers[d], s.scores[d] = 0, 0
	}
	s.found = s.found[:0]
}
