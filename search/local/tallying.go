package local

import (
	"cmp"
	"maps"
	"slices"

	"github.com/plonegov/carillon/search"
)

// tallying makes a tally.
type tallying struct {
	*tally
	own     owned
	ownRow  map[value]bool
	reads   map[*view][readers][]bool
	touched map[value]bool // nil = all

	values []value
	pairs  []valued
	folded []alike
}

// valued is a document with one of its values.
type valued struct {
	value
	alike
}

// newTally counts all of v, which must be sorted; what stands beside a value is
// kept from many documents on.
func newTally(v *view, many int32) *tally {
	t := &tallying{tally: &tally{many: many}, own: owned{}, ownRow: map[value]bool{}, reads: map[*view][readers][]bool{}}
	met := newTies()
	for _, p := range v.parts {
		for d := range uint32(p.len()) {
			if p.dead.has(d) {
				continue
			}
			one := []alike{{part: p.segment, doc: d}}
			if !v.tied(one[0]) {
				t.add(v, one, 1)
			} else if beside := met.follow(one[0], v, v); len(beside.groups)+len(beside.versions) > 0 {
				t.add(v, beside.documents(v), 1)
			}
		}
	}
	t.touched = t.frequent()
	t.fill(v)
	return t.tally
}

// after is the tally of next, which is v but for the documents of ids. Both
// must be sorted.
func (t *tally) after(v, next *view, ids map[string]bool) *tally {
	if t == nil {
		return nil
	}
	n := t.change()
	ties := newTies()
	for _, at := range []struct {
		view  *view
		count int32
	}{{v, -1}, {next, 1}} {
		for _, one := range at.view.living(ids) {
			if !at.view.tied(one) {
				n.add(at.view, []alike{one}, at.count)
			} else {
				// Both views are asked what hangs together: the batch may
				// have brought, or taken away, what two others are tied by.
				ties.follow(one, at.view, v, next)
			}
		}
	}
	n.add(v, ties.documents(v), -1)
	n.add(next, ties.documents(next), 1)
	n.fill(next)
	return n.tally
}

// change begins a tally that shares with t what is not changed.
func (t *tally) change() *tallying {
	next := *t
	for c := range filterColumns {
		next.documents[c], next.hits[c] = slices.Clone(t.documents[c]), slices.Clone(t.hits[c])
		for r := range next.apart {
			next.apart[r].hits[c] = slices.Clone(t.apart[r].hits[c])
		}
	}
	next.beside = maps.Clone(t.beside)
	return &tallying{tally: &next, own: owned{}, ownRow: map[value]bool{}, reads: map[*view][readers][]bool{}, touched: map[value]bool{}}
}

// living are the living documents of ids.
func (v *view) living(ids map[string]bool) []alike {
	var out []alike
	for id := range ids {
		for _, p := range v.parts {
			if d, ok := p.ids.find(id); ok && !p.dead.has(d) {
				out = append(out, alike{part: p.segment, doc: d})
			}
		}
	}
	return out
}

// add counts documents and the hits that they make; of what is tied together
// they must be all.
func (t *tallying) add(v *view, docs []alike, count int32) {
	single := v.single()
	var versions map[uint32][]alike
	for i, one := range docs {
		if n := one.part.ord(sameColumn, one.doc); n != single {
			if versions == nil {
				versions = map[uint32][]alike{}
			}
			versions[n] = append(versions[n], one)
			continue
		}
		t.addDocument(docs[i:i+1], count)
	}
	for _, list := range versions {
		t.addDocument(list, count)
	}
	t.addHits(v, docs, len(versions) > 0, count)
}

// addDocument counts one document, of which these are the versions.
func (t *tallying) addDocument(versions []alike, count int32) {
	t.values = valuesOf(t.values[:0], versions)
	for i, v := range t.values {
		t.own.add(&t.documents[v.column], v.number, count)
		if t.touched != nil {
			t.touched[v] = true
		}
		if t.beside[v] != nil {
			beside := t.values
			if len(versions) > 1 {
				beside = valuesOf(nil, with(versions, v))
			}
			t.addBeside(t.values[i], beside, count)
		}
	}
}

func (t *tallying) addBeside(v value, beside []value, count int32) {
	r := t.beside[v]
	if !t.ownRow[v] {
		copied := new(row)
		for c := range r {
			copied[c] = slices.Clone(r[c])
		}
		r, t.beside[v], t.ownRow[v] = copied, copied, true
	}
	for _, w := range beside {
		if w.column < facetColumns && w.number < maxBeside {
			t.own.add(&r[w.column], w.number, count)
		}
	}
}

// addHits counts what queries for nothing, or for one value, show of documents.
func (t *tallying) addHits(v *view, docs []alike, versions bool, count int32) {
	t.pairs = t.pairs[:0]
	for i := range docs {
		t.values = valuesOf(t.values[:0], docs[i:i+1])
		for _, one := range t.values {
			t.pairs = append(t.pairs, valued{one, docs[i]})
		}
	}
	if len(docs) > 1 {
		slices.SortFunc(t.pairs, func(a, b valued) int {
			return cmp.Or(cmp.Compare(a.column, b.column), cmp.Compare(a.number, b.number))
		})
	}
	if !versions {
		t.all += count * t.shown(v, docs, nil)
		t.eachValue(func(of value, docs []alike) { t.own.add(&t.hits[of.column], of.number, count*t.shown(v, docs, nil)) })
		return
	}
	for r, reads := range t.readable(v) {
		a := &t.apart[r]
		a.all += count * t.shown(v, docs, reads)
		t.eachValue(func(of value, docs []alike) { t.own.add(&a.hits[of.column], of.number, count*t.shown(v, docs, reads)) })
	}
}

// eachValue visits the documents of the pairs value by value.
func (t *tallying) eachValue(visit func(of value, docs []alike)) {
	var docs []alike
	for i, one := range t.pairs {
		docs = append(docs, one.alike)
		if i+1 == len(t.pairs) || t.pairs[i+1].value != one.value {
			visit(one.value, docs)
			docs = docs[:0]
		}
	}
}

// readable is [view.readable] for each kind of reader.
func (t *tallying) readable(v *view) [readers][]bool {
	if r, ok := t.reads[v]; ok {
		return r
	}
	var out [readers][]bool
	for n, language := range languages {
		out[n] = v.readable(language)
	}
	t.reads[v] = out
	return out
}

// shown is how many of documents are hits when they are what matches. reads
// may be nil when none is a version of another.
func (t *tallying) shown(v *view, docs []alike, reads []bool) int32 {
	if len(docs) < 2 {
		return int32(len(docs))
	}
	t.folded = append(t.folded[:0], docs...)
	if reads != nil {
		t.folded = v.withoutVersions(t.folded, reads)
	}
	group := func(a alike) uint32 { return a.part.ord(groupColumn, a.doc) }
	slices.SortFunc(t.folded, func(a, b alike) int { return cmp.Compare(group(a), group(b)) })
	n, alone := int32(0), v.alone()
	for rest := t.folded; len(rest) > 0; {
		g, same, own := group(rest[0]), 0, false
		for ; same < len(rest) && group(rest[same]) == g; same++ {
			own = own || rest[same].part.precedence(rest[same].doc) < uint64(search.Elsewhere)
		}
		if own && g != alone {
			n++
		} else {
			n += int32(same)
		}
		rest = rest[same:]
	}
	return n
}

// withoutVersions leaves of the versions of each document the one shown.
func (v *view) withoutVersions(docs []alike, reads []bool) []alike {
	shown, single := map[uint32]alike{}, v.single()
	same := func(a alike) uint32 { return a.part.ord(sameColumn, a.doc) }
	for _, one := range docs {
		have, ok := shown[same(one)]
		if !ok || v.rather(reads, one.part, one.doc, &have) {
			shown[same(one)] = one
		}
	}
	return slices.DeleteFunc(docs, func(a alike) bool { return same(a) != single && shown[same(a)] != a })
}

// valuesOf appends the values of documents, each once.
func valuesOf(out []value, docs []alike) []value {
	var own [1]uint32
	for _, one := range docs {
		for c := range filterColumns {
			for _, n := range one.part.valuesOf(c, one.doc, &own) {
				if v := (value{c, n}); len(docs) == 1 || !slices.Contains(out, v) {
					out = append(out, v)
				}
			}
		}
	}
	return out
}

// with are those of docs that have a value.
func with(docs []alike, v value) []alike {
	var out []alike
	var own [1]uint32
	for _, one := range docs {
		if slices.Contains(one.part.valuesOf(v.column, one.doc, &own), v.number) {
			out = append(out, one)
		}
	}
	return out
}

// frequent are the values that many documents have.
func (t *tally) frequent() map[value]bool {
	out := map[value]bool{}
	for c, p := range t.documents {
		for i, page := range p {
			for n, count := range page {
				if count >= t.many {
					out[value{column(c), uint32(i*pageSize + n)}] = true
				}
			}
		}
	}
	return out
}

// fill keeps what stands beside the touched values that many documents have,
// and forgets it of those that few have.
func (t *tallying) fill(v *view) {
	for one := range t.touched {
		n, has := t.documents[one.column].at(one.number), t.beside[one] != nil
		switch {
		case n >= t.many && !has:
			if t.beside == nil {
				t.beside = map[value]*row{}
			}
			t.beside[one] = v.beside(one)
		case n < t.many/2 && has:
			delete(t.beside, one)
		}
	}
}

// beside counts what stands beside a value.
func (v *view) beside(one value) *row {
	var counts [facetColumns][]int32
	for c := range counts {
		counts[c] = make([]int32, min(len(v.tables[c].values), maxBeside))
	}
	add := func(values []value) {
		for _, w := range values {
			if w.column < facetColumns && int(w.number) < len(counts[w.column]) {
				counts[w.column][w.number]++
			}
		}
	}
	single := v.single()
	versions := map[uint32][]alike{}
	var values []value
	for _, p := range v.parts {
		for _, n := range p.sorted.by[one.column].of(one.number) {
			d := uint32(n)
			if p.dead.has(d) {
				continue
			}
			doc := []alike{{part: p.segment, doc: d}}
			if n := p.ord(sameColumn, d); n != single {
				versions[n] = append(versions[n], doc[0])
				continue
			}
			values = valuesOf(values[:0], doc)
			add(values)
		}
	}
	for _, docs := range versions {
		add(valuesOf(nil, docs))
	}
	out := new(row)
	for c := range out {
		out[c] = flat(counts[c])
	}
	return out
}
