package local

// groups collects of each group of items that are alike the one that is shown:
// the one the group is about, else the first by id. It depends on what matches
// alone, not on the order or the page, so that paging neither loses nor
// repeats anything, and nobody gets before another by a date of his own.
type groups struct {
	shown []alike  // by group number; between searches all zero
	met   []uint32 // groups with an item shown
}

// alike is a document that may be shown for its group.
type alike struct {
	part       *segment
	doc, score uint32
}

// fit makes room for n groups.
func (g *groups) fit(n int) {
	if len(g.shown) < n {
		g.shown = make([]alike, n+n/8)
	}
}

func (g *groups) add(group uint32, p *segment, doc, score uint32) {
	have := &g.shown[group]
	switch {
	case have.part == nil:
		g.met = append(g.met, group)
	case have.part.leads.has(have.doc):
		return
	case !p.leads.has(doc) && p.ids.at(doc) > have.part.ids.at(have.doc):
		return
	}
	*have = alike{p, doc, score}
}

// showGroups counts and ranks what is shown for the groups met, and forgets
// them.
func (r *run) showGroups() {
	g := &r.scratch.groups
	r.total += len(g.met)
	for _, n := range g.met {
		one := g.shown[n]
		g.shown[n] = alike{}
		r.offer(one.part, one.doc, one.score)
	}
	g.met = g.met[:0]
}

// noGroup is no number of a group.
const noGroup = ^uint32(0)

// alone is the number that documents in no group have.
func (v *view) alone() uint32 {
	if n, ok := v.tables[groupColumn].ord[""]; ok {
		return n
	}
	return noGroup
}

// lead notes whether document d is the one that its group is about. It must be
// called for one document after the other.
func (s *segment) lead(d uint32, is bool) {
	if d&63 == 0 {
		s.leads = append(s.leads, 0)
	}
	if is {
		s.leads.set(d)
	}
}
