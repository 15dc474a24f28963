package local

// renumber drops from the tables of v the values that no document has. v must
// have at most one part, nothing dead in it, and nobody else who knows it: its
// columns are changed.
func (v *view) renumber() {
	for c := range column(allColumns) {
		old := v.tables[c].values
		to := make([]uint32, len(old)) // new number + 1
		var fresh table
		own := true
		for _, p := range v.parts {
			ords := p.categories.entries
			if c != categoryColumn {
				ords = make([]uint32, p.len())
				for d := range ords {
					ords[d] = p.ord(c, uint32(d))
				}
			}
			for i, n := range ords {
				if to[n] == 0 {
					to[n] = fresh.number(old[n], &own) + 1
				}
				ords[i] = to[n] - 1
			}
			if c != categoryColumn {
				p.ords[c] = narrowed(ords)
			}
		}
		v.tables[c] = fresh
	}
	for _, p := range v.parts {
		p.sorted = nil
	}
}
