package local

import (
	"slices"

	"github.com/plonegov/carillon/federation"
)

// versions collects of each document that exists in several languages
// (federation.Item.Same) the one that is shown: in the reader's language, else
// the one that the others are named after, else the first by id. Like [groups]
// it looks at what matches alone.
type versions struct {
	shown []alike  // by number of the document; between searches all zero
	met   []uint32 // documents with a version shown

	// Which versions were counted, by facet and number of the document: the
	// last of a list in counted, 0 = none.
	last    [facetColumns][]uint32
	counted []version
	touched []touch

	alone, many []uint32 // documents that were taken apart last
}

// version is one that was counted, and the place of the one before it.
type version struct {
	part     *segment
	doc      uint32
	previous uint32
}

type touch struct {
	column column
	number uint32
}

// maxVersions bounds how many versions of a document are compared in counting:
// more languages than that nobody publishes in.
const maxVersions = 64

func (v *versions) fit(n int) {
	if len(v.shown) >= n {
		return
	}
	v.shown = make([]alike, n+n/8)
	for c := range v.last {
		v.last[c] = make([]uint32, n+n/8)
	}
}

// single is the number that documents with no other version have.
func (v *view) single() uint32 {
	if n, ok := v.tables[sameColumn].ord[""]; ok {
		return n
	}
	return noGroup
}

// apart splits docs into those with no other version, and those with.
func (v *versions) apart(p *segment, docs []uint32, single uint32) (alone, many []uint32) {
	same := &p.ords[sameColumn]
	first := slices.IndexFunc(docs, func(d uint32) bool { return same.at(d) != single })
	if first < 0 {
		return docs, nil // nearly always
	}
	v.alone, v.many = append(v.alone[:0], docs[:first]...), v.many[:0]
	for _, d := range docs[first:] {
		if same.at(d) == single {
			v.alone = append(v.alone, d)
		} else {
			v.many = append(v.many, d)
		}
	}
	return v.alone, v.many
}

// addVersion offers a version to be the one shown.
func (r *run) addVersion(p *segment, doc uint32) {
	v := &r.scratch.versions
	n := p.ord(sameColumn, doc)
	have := &v.shown[n]
	if have.part == nil {
		v.met = append(v.met, n)
	} else if !r.view.rather(r.reads, p, doc, have) {
		return
	}
	*have = alike{p, doc, r.scratch.scores[doc]}
}

// rather reports whether a version is shown rather than the one had so far.
func (v *view) rather(reads []bool, p *segment, doc uint32, have *alike) bool {
	if a, b := reads[p.ord(languageColumn, doc)], reads[have.part.ord(languageColumn, have.doc)]; a != b {
		return a
	}
	main := v.tables[sameColumn].values[p.ord(sameColumn, doc)]
	id, other := p.ids.at(doc), have.part.ids.at(have.doc)
	return id == main || other != main && id < other
}

// showVersions takes in the versions that are shown, and forgets them all.
func (r *run) showVersions() {
	v := &r.scratch.versions
	for _, n := range v.met {
		one := v.shown[n]
		v.shown[n] = alike{}
		r.show(one.part, one.doc, one.score)
	}
	v.met = v.met[:0]
	for _, t := range v.touched {
		v.last[t.column][t.number] = 0
	}
	v.touched, v.counted = v.touched[:0], v.counted[:0]
}

// addVersions counts documents in one facet: each value of a document once,
// however many of its versions have it.
func (c *counts) addVersions(p *segment, col column, docs []uint32, v *versions) {
	if c[col] == nil {
		return
	}
	var own [1]uint32
	for _, d := range docs {
		n := p.ord(sameColumn, d)
		last := &v.last[col][n]
		values := p.valuesOf(col, d, &own)
		for _, value := range values {
			if !v.has(*last, col, value) {
				c[col][value]++
			}
		}
		if *last == 0 {
			v.touched = append(v.touched, touch{col, n})
		}
		v.counted = append(v.counted, version{p, d, *last})
		*last = uint32(len(v.counted))
	}
}

func (v *versions) has(at uint32, col column, value uint32) bool {
	var own [1]uint32
	for range maxVersions {
		if at == 0 {
			return false
		}
		one := v.counted[at-1]
		for _, has := range one.part.valuesOf(col, one.doc, &own) {
			if has == value {
				return true
			}
		}
		at = one.previous
	}
	return false
}

// valuesOf are the numbers that a document has in a column; where it can have
// but one, that is put in one.
func (s *segment) valuesOf(c column, d uint32, one *[1]uint32) []uint32 {
	if c == categoryColumn {
		return s.categories.of(d)
	}
	one[0] = s.ord(c, d)
	return one[:]
}

// readable marks the languages, by number, that the reader's stands for.
func (v *view) readable(reader string) []bool {
	return v.tables[languageColumn].allowed(func(l string) bool { return reader != "" && federation.MatchLanguage(reader, l) })
}
