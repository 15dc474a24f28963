package local

import (
	"cmp"
	"slices"
	"sort"
)

// sorted are the documents of a segment in the orders that lists are shown in,
// dead ones among them. They follow from the columns: [view.sort] makes them
// before a view is seen.
type sorted struct {
	newest []uint16 // by date, the newest first, then by number
	ending []uint16 // by the last moment of Item.Span, the last first
	alerts []uint16 // alerts by the end of being in force, the last first
	by     [allColumns]valueLists
}

// valueLists are the documents that have each value of a column, the newest
// first. Of groups and versions those that stand for themselves are in none.
type valueLists struct {
	numbers []uint32 // of the values, rising
	off     []uint32 // one more
	docs    []uint16
}

func (l *valueLists) of(number uint32) []uint16 {
	if i, ok := slices.BinarySearch(l.numbers, number); ok {
		return l.docs[l.off[i]:l.off[i+1]]
	}
	return nil
}

// sort sees to it that every segment of v is sorted. It must be called before
// v is stored, and after its columns changed.
func (v *view) sort() {
	alone, single := v.alone(), v.single()
	for _, p := range v.parts {
		if p.sorted == nil {
			p.sorted = p.segment.sort(alone, single)
		}
	}
}

func (s *segment) sort(alone, single uint32) *sorted {
	out := &sorted{newest: descending(s.len(), s.dateOf), ending: descending(s.len(), s.last)}
	for d := range uint32(s.len()) {
		if s.gravity(d) != noAlert {
			out.alerts = append(out.alerts, uint16(d))
		}
	}
	slices.SortStableFunc(out.alerts, func(a, b uint16) int { return cmp.Compare(s.until(uint32(b)), s.until(uint32(a))) })
	out.alerts = clip(out.alerts)
	for c := range column(allColumns) {
		out.by[c] = s.byValue(c, out.newest, map[column]uint32{groupColumn: alone, sameColumn: single})
	}
	return out
}

// descending are the numbers of n documents by a column, largest first.
func descending(n int, column func(d uint32) int64) []uint16 {
	type key struct {
		at  int64
		doc uint16
	}
	keys := make([]key, n)
	for d := range keys {
		keys[d] = key{column(uint32(d)), uint16(d)}
	}
	slices.SortFunc(keys, func(a, b key) int { return cmp.Or(cmp.Compare(b.at, a.at), cmp.Compare(a.doc, b.doc)) })
	out := make([]uint16, n)
	for i, k := range keys {
		out[i] = k.doc
	}
	return out
}

// byValue files documents by the values of a column, in the order given, but
// for those whose value is left out.
func (s *segment) byValue(c column, order []uint16, leftOut map[column]uint32) valueLists {
	type entry struct {
		number uint32
		doc    uint16
	}
	var one [1]uint32
	skip, skips := leftOut[c]
	var entries []entry
	for _, d := range order {
		for _, n := range s.valuesOf(c, uint32(d), &one) {
			if !skips || n != skip {
				entries = append(entries, entry{n, d})
			}
		}
	}
	entries = stable(entries, func(e entry) uint32 { return e.number })
	l := valueLists{docs: make([]uint16, len(entries))}
	for i, e := range entries {
		if i == 0 || e.number != entries[i-1].number {
			l.numbers, l.off = append(l.numbers, e.number), append(l.off, uint32(i))
		}
		l.docs[i] = e.doc
	}
	l.numbers, l.off = clip(l.numbers), clip(append(l.off, uint32(len(entries))))
	return l
}

// stable sorts by a small key and keeps the order of equals: by counting where
// the keys are dense, which they mostly are.
func stable[T any](list []T, key func(T) uint32) []T {
	most := uint32(0)
	for _, t := range list {
		most = max(most, key(t))
	}
	if int(most) > 4*len(list)+1024 {
		slices.SortStableFunc(list, func(a, b T) int { return cmp.Compare(key(a), key(b)) })
		return list
	}
	next := make([]uint32, most+2)
	for _, t := range list {
		next[key(t)+1]++
	}
	for i := range most {
		next[i+1] += next[i]
	}
	out := make([]T, len(list))
	for _, t := range list {
		out[next[key(t)]] = t
		next[key(t)]++
	}
	return out
}

// from are the documents of a list in falling order of a column whose value is
// at most that.
func from(list []uint16, column func(d uint32) int64, most int64) []uint16 {
	return list[sort.Search(len(list), func(i int) bool { return column(uint32(list[i])) <= most }):]
}

// until are the documents of a list in falling order of a column whose value is
// at least that.
func until(list []uint16, column func(d uint32) int64, least int64) []uint16 {
	return list[:sort.Search(len(list), func(i int) bool { return column(uint32(list[i])) < least })]
}
