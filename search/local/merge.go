package local

import (
	"cmp"
	"slices"
	"strings"
)

// maxMerged is how many documents a merge makes a part of at most: beside the
// parts that it reads, and that are asked meanwhile, there is room for no more
// than that. An index of a million has some sixteen parts of that size.
const maxMerged = 1 << 16

// Policy of merging: a part is merged with the smaller ones behind it while it
// has fewer than fanout times their documents. So a document is rewritten some
// fanout/2 times for each power of fanout, and there are never more parts than
// powers, up to [maxMerged]. A part with more than half of its documents dead is
// merged too.
const fanout = 8

// tail is the first of the parts to merge into one; len(parts) when none are.
func tail(parts []part) int {
	from, behind := len(parts), 0
	for i := len(parts) - 1; i >= 0; i-- {
		p := parts[i]
		if p.live+behind > maxMerged && i+1 < len(parts) {
			break
		}
		if behind > 0 && p.live < fanout*behind || p.live < p.len()/2 {
			from = i
		}
		behind += p.live
	}
	return from
}

// worn is the first part of which more than half is dead; len(parts) when none
// is.
func worn(parts []part) int {
	if i := slices.IndexFunc(parts, func(p part) bool { return p.live < p.len()/2 }); i >= 0 {
		return i
	}
	return len(parts)
}

// gone is the new number of a document or form that is not kept.
const gone = ^uint32(0)

// merger makes one segment of the living documents of several.
type merger struct {
	parts []part
	docs  [][]uint32 // by part: new numbers of its documents
	order []origin   // by new number
	forms [][]uint32 // by part: new numbers of its forms
	moved []moved
	out   *segment
}

// origin is where a document comes from.
type origin struct{ part, doc uint32 }

// merge returns one segment of the living documents of parts, in all of which
// an id lives once at most. Columns keep their numbers.
func merge(parts []part) *segment {
	m := &merger{parts: parts, out: new(segment)}
	m.orderDocs()
	m.copyColumns()
	m.mergeForms()
	m.mergeStems()
	return m.out
}

// orderDocs numbers the documents by their ids.
func (m *merger) orderDocs() {
	for pi, p := range m.parts {
		m.docs = append(m.docs, make([]uint32, p.len()))
		for d := range uint32(p.len()) {
			m.docs[pi][d] = gone
			if !p.dead.has(d) {
				m.order = append(m.order, origin{uint32(pi), d})
			}
		}
	}
	id := func(o origin) string { return m.parts[o.part].ids.at(o.doc) }
	slices.SortFunc(m.order, func(a, b origin) int { return strings.Compare(id(a), id(b)) })
	var ids dictionaryBuilder
	for n, o := range m.order {
		m.docs[o.part][o.doc] = uint32(n)
		ids.add(id(o))
	}
	m.out.ids = ids.done().even()
}

func (m *merger) copyColumns() {
	s := m.out
	for c := range column(allColumns) {
		if c != categoryColumn {
			s.ords[c] = m.ordinals(c)
		}
	}
	s.titleLen = pick(m, func(s *segment) []uint8 { return s.titleLen })
	s.summaryLen = pick(m, func(s *segment) []uint8 { return s.summaryLen })
	s.bodyLen = pick(m, func(s *segment) []uint16 { return s.bodyLen })
	s.date = pick(m, func(s *segment) []int64 { return s.date })
	mergeSparse(m, func(s *segment) *sparse[uint16] { return &s.fileLens })
	mergeSparse(m, func(s *segment) *sparse[uint64] { return &s.precedences })
	mergeSparse(m, func(s *segment) *sparse[uint8] { return &s.gravities })
	for _, column := range []func(*segment) *sparse[int64]{
		func(s *segment) *sparse[int64] { return &s.starts },
		func(s *segment) *sparse[int64] { return &s.lasts },
		func(s *segment) *sparse[int64] { return &s.untils },
	} {
		mergeSparse(m, column)
	}
	mergeSparse(m, func(s *segment) *sparse[float32] { return &s.lats })
	mergeSparse(m, func(s *segment) *sparse[float32] { return &s.lons })
	for i, o := range m.order {
		if one := m.parts[o.part].series[o.doc]; one != nil {
			s.recur(uint32(i), one)
		}
		s.categories.entries = append(s.categories.entries, m.parts[o.part].categories.of(o.doc)...)
		s.categories.end()
	}
	s.categories = s.categories.clipped()
	s.countWords()
	s.mark()
}

func (m *merger) ordinals(c column) ordinals {
	list := make([]uint32, len(m.order))
	for i, o := range m.order {
		list[i] = m.parts[o.part].ord(c, o.doc)
	}
	return narrowed(list)
}

// pick copies a column in the new order.
func pick[T any](m *merger, column func(*segment) []T) []T {
	from := make([][]T, len(m.parts))
	for i, p := range m.parts {
		from[i] = column(p.segment)
	}
	out := make([]T, len(m.order))
	for i, o := range m.order {
		out[i] = from[o.part][o.doc]
	}
	return out
}

// mergeForms merges dictionaries, postings and spellings; forms that only dead
// documents had are dropped.
func (m *merger) mergeForms() {
	dicts := make([]*dictionary, len(m.parts))
	for i, p := range m.parts {
		dicts[i] = &p.forms
		m.forms = append(m.forms, slices.Repeat([]uint32{gone}, p.forms.len()))
	}
	var forms, spellings dictionaryBuilder
	m.makeRoom()
	next := uint32(0)
	mergeDictionaries(dicts, func(form string, at []origin) {
		kept := false
		for f := range fields {
			kept = m.mergePostings(f, at) || kept
		}
		if !kept {
			return
		}
		for f := range fields {
			m.out.postings[f].end()
		}
		for _, o := range at {
			m.forms[o.part][o.doc] = next
		}
		next++
		forms.add(form)
		spellings.add(m.spelling(at))
	})
	m.out.forms, m.out.spellings = forms.done(), spellings.done()
	for f := range fields {
		m.out.postings[f], m.out.places[f] = m.out.postings[f].clipped(), m.out.places[f].clipped()
	}
}

// makeRoom makes the postings as large as they can get: to grow them would take
// as much again.
func (m *merger) makeRoom() {
	for f := range fields {
		entries, more, blob := 0, 0, 0
		for _, p := range m.parts {
			entries, more, blob = entries+p.postings[f].len(), more+len(p.postings[f].tfs), blob+len(p.places[f].blob)
		}
		m.out.postings[f] = postings{docs: make([]uint16, 0, entries), more: make(bitmap, 0, (entries+63)/64), tfs: make([]uint8, 0, more)}
		m.out.places[f] = places{blob: make([]byte, 0, blob), skip: make([]uint32, 0, entries/placesStep+1)}
	}
}

// mergePostings appends those of one form, with their places, and reports
// whether there were any.
func (m *merger) mergePostings(f field, at []origin) bool {
	m.moved = m.moved[:0]
	for _, o := range at {
		docs, l, where := m.docs[o.part], &m.parts[o.part].postings[f], &m.parts[o.part].places[f]
		list := l.of(o.doc)
		rest := where.of(l, list.from)
		for i := range list.docs {
			tf := list.tf(i)
			behind := skipNumbers(rest, int(tf))
			if d := docs[list.doc(i)]; d != gone {
				m.moved = append(m.moved, moved{d, tf, rest[:len(rest)-len(behind)]})
			}
			rest = behind
		}
	}
	if len(at) > 1 { // the postings of each part are in order already
		slices.SortFunc(m.moved, func(a, b moved) int { return cmp.Compare(a.doc, b.doc) })
	}
	l := &m.out.postings[f]
	for _, one := range m.moved {
		m.out.places[f].add(l.len(), one.places)
		l.add(one.doc, one.tf)
	}
	return len(m.moved) > 0
}

// moved is a posting with the new number of its document.
type moved struct {
	doc, tf uint32
	places  []byte
}

// spelling takes the spelling of the part that has the form in most titles.
func (m *merger) spelling(at []origin) string {
	titles := func(o origin) int { return m.parts[o.part].postings[titleField].of(o.doc).len() }
	most := slices.MaxFunc(at, func(a, b origin) int { return cmp.Compare(titles(a), titles(b)) })
	return m.parts[most.part].spellings.at(most.doc)
}

func (m *merger) mergeStems() {
	langs := make([]uint8, m.out.forms.len())
	var all []uint64
	for i, p := range m.parts {
		for old, n := range m.forms[i] {
			if n != gone {
				langs[n] |= p.stems.langs[old]
			}
		}
		for k, form := range p.stems.forms {
			if n := m.forms[i][form]; n != gone {
				all = append(all, filed(p.stems.keys[k], n))
			}
		}
	}
	m.out.stems = newStems(langs, all)
}

// mergeDictionaries visits all strings in order, each once, with the numbers
// it has in the dictionaries. The slice is good until the next visit.
func mergeDictionaries(dicts []*dictionary, visit func(s string, at []origin)) {
	next := make([]uint32, len(dicts))
	var at []origin
	for {
		var least string
		at = at[:0]
		for i, d := range dicts {
			if int(next[i]) == d.len() {
				continue
			}
			s := d.at(next[i])
			if len(at) > 0 && s > least {
				continue
			}
			if len(at) > 0 && s < least {
				at = at[:0]
			}
			least = s
			at = append(at, origin{uint32(i), next[i]})
		}
		if len(at) == 0 {
			return
		}
		for _, o := range at {
			next[o.part]++
		}
		visit(least, at)
	}
}
