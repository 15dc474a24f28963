package local

import (
	"sort"
	"strings"
)

// dictionary is a list of strings in one piece of memory. The zero value is
// empty. Search needs it to be sorted and without doubles.
type dictionary struct {
	blob string
	off  []uint32 // one more than there are strings; nil when all are each bytes
	each uint32
}

// span is a run of entries: lo up to but not including hi.
type span struct{ lo, hi uint32 }

func (d *dictionary) len() int {
	if d.each > 0 {
		return len(d.blob) / int(d.each)
	}
	return max(len(d.off)-1, 0)
}

// at returns a string that shares the memory of d.
func (d *dictionary) at(i uint32) string {
	if d.each > 0 {
		return d.blob[i*d.each:][:d.each]
	}
	return d.blob[d.off[i]:d.off[i+1]]
}

// even is d without the places of its strings, if these are all as long.
func (d dictionary) even() dictionary {
	if len(d.off) < 2 || d.off[1] == 0 {
		return d
	}
	for i, at := range d.off {
		if at != uint32(i)*d.off[1] {
			return d
		}
	}
	return dictionary{blob: d.blob, each: d.off[1]}
}

// lower is the rank of the first string not before s.
func (d *dictionary) lower(s string) uint32 {
	return uint32(sort.Search(d.len(), func(i int) bool { return d.at(uint32(i)) >= s }))
}

func (d *dictionary) find(s string) (uint32, bool) {
	i := d.lower(s)
	return i, int(i) < d.len() && d.at(i) == s
}

// prefixed are the strings that begin with s.
func (d *dictionary) prefixed(s string) span {
	lo := d.lower(s)
	return span{lo, d.prefixEnd(lo, uint32(d.len()), s)}
}

// prefixEnd is the first in [lo, hi) that does not begin with s; those that do
// must come first. It probes in growing steps, for most runs are short.
func (d *dictionary) prefixEnd(lo, hi uint32, s string) uint32 {
	step := uint32(1)
	for lo+step < hi && strings.HasPrefix(d.at(lo+step-1), s) {
		lo += step
		step *= 2
	}
	n := min(step, hi-lo)
	return lo + uint32(sort.Search(int(n), func(i int) bool { return !strings.HasPrefix(d.at(lo+uint32(i)), s) }))
}

// dictionaryBuilder collects strings in order.
type dictionaryBuilder struct {
	blob strings.Builder
	off  []uint32
}

func (b *dictionaryBuilder) add(s string) {
	if b.off == nil {
		b.off = append(b.off, 0)
	}
	b.blob.WriteString(s)
	b.off = append(b.off, uint32(b.blob.Len()))
}

func (b *dictionaryBuilder) done() dictionary {
	return dictionary{blob: strings.Clone(b.blob.String()), off: clip(b.off)}
}

// clip returns s without spare capacity: what a segment holds it holds long.
func clip[T any](s []T) []T {
	if cap(s)-len(s) <= len(s)/32 {
		return s
	}
	return append(make([]T, 0, len(s)), s...)
}
