package local

import (
	"github.com/plonegov/carillon/federation"
)

// browse answers a query without words at the cost of what it answers, not of
// what there is: hits by going through lists in their order until there are
// enough, counts from those kept, and both from the smallest list that holds
// all matches where neither serves.
func (r *run) browse() {
	if r.view.tally == nil {
		r.scan()
		return
	}
	chosen := r.counts
	for _, c := range r.filter.facets {
		if r.counts[c] != nil {
			r.countBut(c)
			r.counts[c] = nil // taken care of
		}
	}
	if r.keptCounts() {
		r.walk()
	} else {
		r.gather(r.cover(noFacet))
	}
	for _, c := range r.filter.facets {
		r.counts[c] = chosen[c]
	}
	r.showVersions()
	r.showGroups()
}

// gather takes what matches of the documents of a cover.
func (r *run) gather(c cover) {
	for i, p := range r.view.parts {
		r.find(&c, i)
		r.take(i, p.segment)
		r.scratch.drop()
	}
}

// countBut counts the values of a facet among what matches, whatever was
// chosen in it.
func (r *run) countBut(c column) {
	if v, one := r.only(c); one && r.view.tally.count(v, c, r.counts[c]) {
		return
	}
	cover := r.cover(c)
	s := r.scratch
	for i, p := range r.view.parts {
		r.find(&cover, i)
		s.kept = s.kept[:0]
		for _, d := range s.found {
			if by := r.filter.refused(p.segment, d); (by == allFacets || by == c) && r.filter.base(p.segment, d) && r.inChannel(i, p.segment, d) {
				s.kept = append(s.kept, d)
			}
		}
		alone, many := s.versions.apart(p.segment, s.kept, r.single)
		r.counts.add(p.segment, c, alone)
		r.counts.addVersions(p.segment, c, many, &s.versions)
		s.drop()
	}
}

// only is the one value that a document must have to match, whatever was
// chosen in one facet; the value of no column when it needs none. It is false
// when there are further conditions.
func (r *run) only(but column) (v value, one bool) {
	v.column = noColumn
	if r.filter.dated || r.filter.near != nil || len(r.anyOf) > 0 {
		return v, false
	}
	for c := range filterColumns {
		if c == but && c < facetColumns || r.filter.allowed[c] == nil {
			continue
		}
		numbers := r.filter.numbers(c)
		if v.column != noColumn || len(numbers) != 1 {
			return v, false
		}
		v = value{c, numbers[0]}
	}
	return v, true
}

// keptCounts fills in the total, if it is asked for, and the counts of the
// facets in which nothing was chosen, if all of them are kept and the hits can
// be had without going through all that matches.
func (r *run) keptCounts() bool {
	switch r.order.by {
	case federation.ByNewest, federation.ByOldest, federation.BySeverity:
	default:
		return false
	}
	v, one := r.only(noFacet)
	total := 0
	switch {
	case !r.query.Uncounted && !one:
		return false
	case !r.query.Uncounted:
		n, ok := r.view.tally.total(v, r.query.Language)
		if !ok {
			return false
		}
		total = n
	case r.filter.dated:
		if c := r.cover(noFacet); c.column == ending && c.size < few {
			return false
		}
	}
	for c, counts := range r.counts {
		if counts != nil && (!one || !r.view.tally.count(v, column(c), counts)) {
			clearAll(r.counts)
			return false
		}
	}
	r.total = total
	return true
}

// few is of how many documents it costs little to look at all.
const few = 2000

func clearAll(c counts) {
	for _, n := range c {
		clear(n)
	}
}
