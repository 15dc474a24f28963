package local

import "math"

// cover is a set of lists that hold, together, every document that a filter
// accepts, and others.
type cover struct {
	column  column   // of the lists; or one of the two below
	numbers []uint32 // values whose lists they are
	size    int      // of the lists, dead documents counted
	any     []cover  // of the channels, by their number
}

const (
	everything column = -1 - iota
	ending            // what is not over when the filter's span begins
	channels          // the covers of the channels
)

// cover is the smallest there is for the filter of r, but for the values chosen
// in one column; noFacet = but for none.
func (r *run) cover(but column) cover {
	c := r.view.cover(&r.filter, but)
	if len(r.anyOf) == 0 {
		return c
	}
	any := cover{column: channels}
	for i := range r.anyOf {
		one := r.view.cover(&r.anyOf[i].filter, noFacet)
		any.any = append(any.any, one)
		any.size += one.size
	}
	if any.size < c.size {
		return any
	}
	return c
}

func (v *view) cover(f *filter, but column) cover {
	least := cover{column: everything, size: v.docs()}
	if f.dated && f.from > math.MinInt64 {
		n := 0
		for _, p := range v.parts {
			n += len(until(p.sorted.ending, p.last, f.from))
		}
		if n < least.size {
			least = cover{column: ending, size: n}
		}
	}
	for c := range filterColumns {
		if f.allowed[c] == nil || c == but && c < facetColumns {
			continue
		}
		numbers, n := f.numbers(c), 0
		for _, p := range v.parts {
			for _, number := range numbers {
				n += len(p.sorted.by[c].of(number))
			}
		}
		if n < least.size {
			least = cover{column: c, numbers: numbers, size: n}
		}
	}
	return least
}

// numbers are the values that f allows in a column.
func (f *filter) numbers(c column) []uint32 {
	var out []uint32
	for n, ok := range f.allowed[c] {
		if ok {
			out = append(out, uint32(n))
		}
	}
	return out
}

// each visits the lists of a part. A document may be in several.
func (c *cover) each(p *segment, f *filter, visit func(list []uint16)) {
	switch c.column {
	case everything:
		visit(p.sorted.newest)
	case ending:
		visit(until(p.sorted.ending, p.last, f.from))
	default:
		for _, n := range c.numbers {
			visit(p.sorted.by[c.column].of(n))
		}
	}
}

// find finds the living documents of part i that are in the cover, each once.
func (r *run) find(c *cover, i int) {
	s, p := r.scratch, r.view.parts[i]
	s.fit(p.len())
	if c.column == everything {
		s.all(p)
		return
	}
	if len(s.seen) < (p.len()+63)/64 {
		s.seen = newBitmap(p.len())
	}
	take := func(list []uint16) {
		for _, n := range list {
			d := uint32(n)
			if !s.seen.has(d) && !p.dead.has(d) {
				s.seen.set(d)
				s.found = append(s.found, d)
			}
		}
	}
	if c.column != channels {
		c.each(p.segment, &r.filter, take)
	}
	for n := range c.any {
		c.any[n].each(p.segment, &r.anyOf[n].filter, take)
	}
	for _, d := range s.found {
		s.seen[d>>6] = 0
	}
}
