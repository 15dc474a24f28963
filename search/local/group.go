package local

import "github.com/plonegov/carillon/search"

// groups collects, of documents that say the same (search.FoldKey), the one
// that is shown: that of least precedence, else the first by id. It depends on
// what matches alone, not on the order or the page, so that paging neither
// loses nor repeats anything. Dates do not decide it: a publisher could write one
// that puts his document in front of another's.
type groups struct {
	shown  []alike  // by group number; between searches all zero
	met    []uint32 // groups with an item shown
	beside []member // documents that may be shown for none but themselves
}

// alike is a document that may be shown for its group.
type alike struct {
	part       *segment
	doc, score uint32
}

// member is a document of a group.
type member struct {
	group uint32
	alike
}

// fit makes room for n groups.
func (g *groups) fit(n int) {
	if len(g.shown) < n {
		g.shown = make([]alike, n+n/8)
	}
}

func (g *groups) add(group uint32, p *segment, doc, score uint32) {
	one := alike{p, doc, score}
	if p.precedence(doc) >= uint64(search.Elsewhere) {
		g.beside = append(g.beside, member{group, one})
		return
	}
	have := &g.shown[group]
	if have.part == nil {
		g.met = append(g.met, group)
	} else if !one.before(*have) {
		return
	}
	*have = one
}

func (a alike) before(b alike) bool {
	x, y := a.part.precedence(a.doc), b.part.precedence(b.doc)
	switch {
	case x != y:
		return x < y
	case a.part == b.part:
		return a.doc < b.doc // documents are in the order of ids
	}
	return a.part.ids.at(a.doc) < b.part.ids.at(b.doc)
}

// showGroups counts and ranks what is shown for the groups met, and forgets
// them.
func (r *run) showGroups() {
	g := &r.scratch.groups
	for _, m := range g.beside {
		if g.shown[m.group].part == nil {
			r.total++
			r.offer(m.part, m.doc, m.score)
		}
	}
	g.beside = g.beside[:0]
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
