package local

// ties are groups and language versions that hang together: what is shown of
// one depends on the others.
type ties struct {
	groups, versions map[uint32]bool
}

func newTies() *ties { return &ties{map[uint32]bool{}, map[uint32]bool{}} }

// tied reports whether a document is in a group or a version of another.
func (v *view) tied(one alike) bool {
	return one.part.ord(groupColumn, one.doc) != v.alone() || one.part.ord(sameColumn, one.doc) != v.single()
}

// follow adds all that a document of v is tied to in some views, and returns
// what was not there before.
func (t *ties) follow(one alike, v *view, views ...*view) *ties {
	added := newTies()
	type tie struct {
		column column
		number uint32
	}
	var open []tie
	add := func(v *view, one alike) {
		if g := one.part.ord(groupColumn, one.doc); g != v.alone() && !t.groups[g] {
			t.groups[g], added.groups[g] = true, true
			open = append(open, tie{groupColumn, g})
		}
		if n := one.part.ord(sameColumn, one.doc); n != v.single() && !t.versions[n] {
			t.versions[n], added.versions[n] = true, true
			open = append(open, tie{sameColumn, n})
		}
	}
	add(v, one)
	for len(open) > 0 {
		last := open[len(open)-1]
		open = open[:len(open)-1]
		for _, v := range views {
			v.eachOf(last.column, last.number, func(part int, d uint32) {
				if p := v.parts[part]; !p.dead.has(d) {
					add(v, alike{part: p.segment, doc: d})
				}
			})
		}
	}
	return added
}

// documents are the living documents of v that are tied, each once.
func (t *ties) documents(v *view) []alike {
	var out []alike
	for g := range t.groups {
		v.eachOf(groupColumn, g, func(part int, d uint32) {
			if p := v.parts[part]; !p.dead.has(d) {
				out = append(out, alike{part: p.segment, doc: d})
			}
		})
	}
	alone := v.alone()
	for n := range t.versions {
		v.eachOf(sameColumn, n, func(part int, d uint32) {
			if p := v.parts[part]; !p.dead.has(d) && p.ord(groupColumn, d) == alone {
				out = append(out, alike{part: p.segment, doc: d})
			}
		})
	}
	return out
}

// eachOf visits the documents, dead ones too, of a group or of versions.
func (v *view) eachOf(c column, n uint32, visit func(part int, d uint32)) {
	for i, p := range v.parts {
		for _, d := range p.sorted.by[c].of(n) {
			visit(i, uint32(d))
		}
	}
}
