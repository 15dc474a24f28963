package local

import (
	"math"
	"slices"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
)

// walk finds the hits of the page by going through lists in the order of the
// query, until no further document can be among them.
func (r *run) walk() {
	c := r.cover(noFacet)
	if c.column == ending { // in no order of ours
		c = cover{column: everything}
		filter := r.filter
		filter.dated = false
		c = r.view.cover(&filter, noFacet)
	}
	s := &folding{run: r, versions: map[uint32]alike{}, groups: map[uint32]alike{}}
	if r.order.by != federation.BySeverity {
		r.walkCover(&c, s, func(*segment, uint32) bool { return true })
		return
	}
	r.inForce(s)
	over := c
	if n, ok := r.view.tables[typeColumn].ord[string(federation.AlertItem)]; ok {
		over = cover{column: typeColumn, numbers: []uint32{n}}
	}
	over.size = r.view.size(over)
	if c.column != channels && c.size < over.size {
		over = c
	}
	r.walkCover(&over, s, func(p *segment, d uint32) bool { return p.gravity(d) != noAlert })
	r.walkCover(&c, s, func(p *segment, d uint32) bool { return p.gravity(d) == noAlert })
}

func (v *view) size(c cover) int {
	n := 0
	for _, p := range v.parts {
		c.each(p.segment, nil, func(list []uint16) { n += len(list) })
	}
	return n
}

// walkCover offers what is of a kind in the lists of a cover.
func (r *run) walkCover(c *cover, s *folding, of func(*segment, uint32) bool) {
	for i, p := range r.view.parts {
		kind := func(d uint32) bool { return of(p.segment, d) }
		if c.column != channels {
			r.walkLists(i, c, s, kind)
			continue
		}
		for n, one := range c.any { // a document is looked at in the lists of the first channel that it meets
			r.walkLists(i, &one, s, func(d uint32) bool {
				return kind(d) && slices.IndexFunc(r.anyOf, func(ch channel) bool { return ch.meets(i, p.segment, d) }) == n
			})
		}
	}
}

// walkLists offers what is wanted in the lists that a cover has of a part.
func (r *run) walkLists(part int, c *cover, s *folding, wanted func(d uint32) bool) {
	p := r.view.parts[part].segment
	if c.column < 0 {
		r.walkList(part, p.sorted.newest, s, wanted)
		return
	}
	for _, n := range c.numbers {
		r.walkList(part, p.sorted.by[c.column].of(n), s, func(d uint32) bool {
			return wanted(d) && (c.column != categoryColumn || r.first(p, d, c.numbers) == n)
		})
	}
}

// first is the first of a document's categories that is among some: in the
// list of that one it is looked at.
func (r *run) first(p *segment, d uint32, among []uint32) uint32 {
	for _, n := range p.categories.of(d) {
		if _, ok := slices.BinarySearch(among, n); ok {
			return n
		}
	}
	return noGroup
}

// walkList offers the documents of a list, newest first, that are wanted and
// match, until the rest of it cannot be among the hits.
func (r *run) walkList(part int, list []uint16, s *folding, wanted func(d uint32) bool) {
	p := r.view.parts[part]
	oldest := r.order.by == federation.ByOldest
	if r.after != nil && r.order.by == federation.ByNewest {
		list = from(list, p.dateOf, r.after.key)
	}
	if r.after != nil && oldest {
		list = until(list, p.dateOf, -r.after.key)
	}
	for n := range list {
		d := uint32(list[n])
		if oldest {
			d = uint32(list[len(list)-1-n])
		}
		h := hit{r.order.key(p.segment, d, 0), p.segment, d}
		if h.key < r.best.floor() && wanted(d) && !r.forced(h) {
			return
		}
		if !r.forced(h) && (r.after == nil || r.after.passed(h)) && r.best.takes(h) && wanted(d) && s.shown(part, d) {
			r.best.offer(h)
		}
	}
}

// forced reports whether h is an alert in force where those come first.
func (r *run) forced(h hit) bool {
	return r.order.by == federation.BySeverity && h.key>>classBits == inForce
}

// takes reports whether h would be kept.
func (b *best) takes(h hit) bool {
	return len(b.hits) < b.most || h.before(b.hits[len(b.hits)-1])
}

// inForce takes in the alerts in force.
func (r *run) inForce(s *folding) {
	for i, p := range r.view.parts {
		for _, n := range until(p.sorted.alerts, p.until, int64(r.now)*1e6+1) {
			d := uint32(n)
			if h := (hit{r.order.key(p.segment, d, 0), p.segment, d}); r.forced(h) && s.shown(i, d) {
				r.alerts = append(r.alerts, h)
			}
		}
	}
}

// folding tells of single documents whether they are shown, by looking at what
// stands beside them; see [groups] and [versions].
type folding struct {
	*run
	versions map[uint32]alike // shown, by number of the document
	groups   map[uint32]alike // shown for its group; none where each stands for itself
}

// shown reports whether a document matches and is shown, for itself or for
// others.
func (s *folding) shown(part int, d uint32) bool {
	p := s.view.parts[part].segment
	if !s.chosen(part, d) {
		return false
	}
	g := p.ord(groupColumn, d)
	if g == s.alone {
		return true
	}
	one := s.inGroup(g)
	return one.part == nil || one.part == p && one.doc == d
}

// chosen reports whether a document matches and is the version shown.
func (s *folding) chosen(part int, d uint32) bool {
	p := s.view.parts[part].segment
	if !s.matches(part, d) {
		return false
	}
	n := p.ord(sameColumn, d)
	if n == s.single {
		return true
	}
	one := s.ofVersions(n)
	return one.part == p && one.doc == d
}

func (s *folding) matches(part int, d uint32) bool {
	p := s.view.parts[part]
	return !p.dead.has(d) && s.filter.refused(p.segment, d) == allFacets && s.filter.base(p.segment, d) && s.inChannel(part, p.segment, d)
}

func (s *folding) ofVersions(n uint32) alike {
	one, ok := s.versions[n]
	if ok {
		return one
	}
	s.view.eachOf(sameColumn, n, func(part int, d uint32) {
		if p := s.view.parts[part].segment; s.matches(part, d) && (one.part == nil || s.view.rather(s.reads, p, d, &one)) {
			one = alike{p, d, 0}
		}
	})
	s.versions[n] = one
	return one
}

func (s *folding) inGroup(n uint32) alike {
	one, ok := s.groups[n]
	if ok {
		return one
	}
	s.view.eachOf(groupColumn, n, func(part int, d uint32) {
		p := s.view.parts[part].segment
		a := alike{p, d, 0}
		if p.precedence(d) < uint64(search.Elsewhere) && s.chosen(part, d) && (one.part == nil || a.before(one)) {
			one = a
		}
	})
	s.groups[n] = one
	return one
}

// noColumn is the column of no value.
const noColumn column = math.MinInt32
