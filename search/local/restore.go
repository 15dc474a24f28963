package local

// restore completes a view that was read from a snapshot with what follows
// from the rest, and reports whether its parts fit together: a file that passes
// the checksum may still have been written by somebody else, and no search may
// panic on it.
func (v *view) restore() bool {
	for c := range v.tables {
		t := &v.tables[c]
		t.ord = make(map[string]uint32, len(t.values))
		for n, value := range t.values {
			t.ord[value] = uint32(n)
		}
		if len(t.ord) != len(t.values) {
			return false
		}
	}
	for i := range v.parts {
		p := &v.parts[i]
		if !p.fits(&v.tables) || p.dead != nil && len(p.dead) != (p.len()+63)/64 {
			return false
		}
		p.live = p.len() - p.dead.count()
		p.countWords()
	}
	return true
}

func (s *segment) fits(t *tables) bool {
	docs, forms := s.len(), s.forms.len()
	if docs > maxDocs || !s.ids.fits(true) || !s.forms.fits(true) || !s.stems.fits(forms) || !s.spellings.fits(false) ||
		s.spellings.len() != forms || !s.columnsFit(t) || !s.seriesFit() {
		return false
	}
	for f := range fields {
		if !s.postings[f].fits(forms, docs) || !s.places[f].fits(&s.postings[f]) {
			return false
		}
	}
	return s.categories.fits(docs, len(t[categoryColumn].values))
}

func (s *segment) columnsFit(t *tables) bool {
	docs := s.len()
	for c := range column(allColumns) {
		if c != categoryColumn && !s.ords[c].fits(docs, len(t[c].values)) {
			return false
		}
	}
	for _, n := range []int{len(s.titleLen), len(s.summaryLen), len(s.bodyLen), len(s.date)} {
		if n != docs {
			return false
		}
	}
	return s.fileLens.fits(docs) && s.starts.fits(docs) && s.lasts.fits(docs) && s.lats.fits(docs) && s.lons.fits(docs) &&
		s.gravities.fits(docs) && s.untils.fits(docs) && s.precedences.fits(docs)
}

func (d *dictionary) fits(sorted bool) bool {
	if d.each > 0 {
		if len(d.off) > 0 || len(d.blob)%int(d.each) != 0 {
			return false
		}
	} else if !rising(d.off, len(d.blob)) {
		return len(d.off) == 0 && d.blob == ""
	}
	for i := uint32(1); sorted && int(i) < d.len(); i++ {
		if d.at(i-1) >= d.at(i) {
			return false
		}
	}
	return true
}

func (l *lists) fits(n, limit int) bool {
	return len(l.off) == n+1 && rising(l.off, len(l.entries)) && below(l.entries, limit)
}

// rising reports whether off goes from 0 to end without a step back.
func rising(off []uint32, end int) bool {
	if len(off) == 0 || off[0] != 0 || int(off[len(off)-1]) != end {
		return false
	}
	for i := range off[1:] {
		if off[i] > off[i+1] {
			return false
		}
	}
	return true
}

func below(list []uint32, limit int) bool {
	for _, n := range list {
		if int(n) >= limit {
			return false
		}
	}
	return true
}
