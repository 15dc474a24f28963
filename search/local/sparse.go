package local

import "math/bits"

// sparse is a column that few documents have a value in. The zero value is one
// that none has.
type sparse[T any] struct {
	has    bitmap   // of documents
	before []uint16 // by word of has: how many values stand before it
	values []T      // in the order of documents
}

// at is the value of document d, if it has one.
func (s *sparse[T]) at(d uint32) (v T, ok bool) {
	w := int(d >> 6)
	if w >= len(s.has) || s.has[w]&(1<<(d&63)) == 0 {
		return v, false
	}
	return s.values[int(s.before[w])+bits.OnesCount64(s.has[w]&(1<<(d&63)-1))], true
}

// or is the value of document d, or the one given.
func (s *sparse[T]) or(d uint32, none T) T {
	if v, ok := s.at(d); ok {
		return v
	}
	return none
}

// add gives document d a value. Documents must come in order, and done follow
// before anything is read.
func (s *sparse[T]) add(d uint32, v T) {
	for len(s.has) <= int(d>>6) {
		s.has = append(s.has, 0)
	}
	s.has.set(d)
	s.values = append(s.values, v)
}

func (s *sparse[T]) done() {
	s.has, s.values = clip(s.has), clip(s.values)
	s.count()
}

// count makes what follows from the rest.
func (s *sparse[T]) count() {
	s.before = make([]uint16, len(s.has))
	n := 0
	for w, word := range s.has {
		s.before[w] = uint16(n)
		n += bits.OnesCount64(word)
	}
}

// fits reports whether s is of so many documents, and counts it then.
func (s *sparse[T]) fits(docs int) bool {
	if len(s.has) > (docs+63)/64 || s.has.count() != len(s.values) || len(s.has)*64 > docs && s.has[len(s.has)-1]>>(docs&63) != 0 {
		return false
	}
	s.count()
	return true
}

// layoutSparse writes or reads a column; array is the coder's for its values.
func layoutSparse[T any](c coder, s *sparse[T], array func(*[]T)) {
	c.uint64s((*[]uint64)(&s.has))
	array(&s.values)
}

// mergeSparse copies a column in the new order.
func mergeSparse[T any](m *merger, column func(*segment) *sparse[T]) {
	from := make([]*sparse[T], len(m.parts))
	for i, p := range m.parts {
		from[i] = column(p.segment)
	}
	out := column(m.out)
	for i, o := range m.order {
		if v, ok := from[o.part].at(o.doc); ok {
			out.add(uint32(i), v)
		}
	}
	out.done()
}

// ordinals are numbers of values by document, in as few bytes as the largest
// needs, and in none where all are the same.
type ordinals struct {
	all    []uint32 // the one of all, of documents when the others are nil
	small  []uint8
	medium []uint16
	wide   []uint32
}

func narrowed(list []uint32) (o ordinals) {
	least, most := ^uint32(0), uint32(0)
	for _, n := range list {
		least, most = min(least, n), max(most, n)
	}
	switch {
	case len(list) == 0:
	case least == most:
		o.all = []uint32{most}
	case most < 1<<8:
		o.small = make([]uint8, len(list))
		for d, n := range list {
			o.small[d] = uint8(n)
		}
	case most < 1<<16:
		o.medium = make([]uint16, len(list))
		for d, n := range list {
			o.medium[d] = uint16(n)
		}
	default:
		o.wide = clip(list)
	}
	return o
}

func (o *ordinals) at(d uint32) uint32 {
	switch {
	case o.small != nil:
		return uint32(o.small[d])
	case o.medium != nil:
		return uint32(o.medium[d])
	case o.wide != nil:
		return o.wide[d]
	}
	return o.all[0]
}

// count adds one to what counts has by the number of each document.
func (o *ordinals) count(counts []int32, docs []uint32) {
	switch {
	case len(docs) == 0:
	case o.small != nil:
		for _, d := range docs {
			counts[o.small[d]]++
		}
	case o.medium != nil:
		for _, d := range docs {
			counts[o.medium[d]]++
		}
	case o.wide != nil:
		for _, d := range docs {
			counts[o.wide[d]]++
		}
	default:
		counts[o.all[0]] += int32(len(docs))
	}
}

func (o *ordinals) layout(c coder) {
	c.uint32s(&o.all)
	c.uint8s(&o.small)
	c.uint16s(&o.medium)
	c.uint32s(&o.wide)
}

// fits reports whether o is of so many documents, and all numbers below limit.
func (o *ordinals) fits(docs, limit int) bool {
	kinds := 0
	for _, n := range [...]int{len(o.small), len(o.medium), len(o.wide)} {
		if n > 0 {
			kinds++
			if n != docs {
				return false
			}
		}
	}
	if kinds == 0 {
		return docs == 0 || len(o.all) == 1 && int(o.all[0]) < limit
	}
	for d := range uint32(docs) {
		if int(o.at(d)) >= limit {
			return false
		}
	}
	return kinds == 1
}
