package local

import (
	"encoding/binary"
	"slices"
	"sort"
)

// postings are, for each of a row of forms, the documents that have it in a
// field and how often each has it, in one piece of memory, so that those of
// neighbours can be read as one. A posting takes two bytes and a half.
type postings struct {
	off   []uint32 // one more than there are forms; nil when none has any
	docs  []uint16
	times []uint8 // two to a byte, the first in the low half; mostTimes = that or more

	// Of the postings whose frequency is mostTimes or more: their numbers, rising,
	// and their frequencies.
	oftenAt []uint32
	often   []uint8
}

const (
	timesBits = 4
	mostTimes = 1<<timesBits - 1
	maxTF     = 1<<8 - 1
	maxDocs   = 1 << 16 // of one segment
)

// postingList are the postings of one form, or of neighbours one form after the
// other.
type postingList struct {
	docs []uint16
	all  *postings
	from uint32 // number of the first
}

func (p *postings) len() int { return len(p.docs) }

func (p *postings) of(form uint32) postingList { return p.across(span{form, form + 1}) }

func (p *postings) across(s span) postingList {
	if p.off == nil {
		return postingList{all: p}
	}
	from, to := p.off[s.lo], p.off[s.hi]
	return postingList{p.docs[from:to], p, from}
}

// tf is how often the document of posting n has the form, at most maxTF.
func (p *postings) tf(n uint32) uint32 {
	if t := uint32(p.times[n>>1]>>(n&1*timesBits)) & mostTimes; t < mostTimes {
		return t
	}
	return p.oftenOf(n)
}

func (p *postings) oftenOf(n uint32) uint32 {
	i, _ := slices.BinarySearch(p.oftenAt, n)
	return uint32(p.often[i])
}

// sum is how often the documents of the postings from up to but not including
// to have their forms.
func (p *postings) sum(from, to uint32) int {
	sum := 0
	for ; from < to && from&15 != 0; from++ {
		sum += int(p.tf(from))
	}
	const halves, ones = 0x0f0f0f0f0f0f0f0f, 0x0101010101010101
	for ; from+16 <= to; from += 16 {
		x := binary.LittleEndian.Uint64(p.times[from>>1:])
		sum += int((x&halves + x>>timesBits&halves) * ones >> 56)
		if len(p.often) > 0 {
			i, _ := slices.BinarySearch(p.oftenAt, from)
			for ; i < len(p.often) && p.oftenAt[i] < from+16; i++ {
				sum += int(p.often[i]) - mostTimes
			}
		}
	}
	for ; from < to; from++ {
		sum += int(p.tf(from))
	}
	return sum
}

// add appends a posting to the list that is not ended.
func (p *postings) add(doc uint32, tf uint32) {
	n := uint32(len(p.docs))
	p.docs = append(p.docs, uint16(doc))
	if n&1 == 0 {
		p.times = append(p.times, 0)
	}
	p.times[n>>1] |= uint8(min(tf, mostTimes)) << (n & 1 * timesBits)
	if tf >= mostTimes {
		p.oftenAt, p.often = append(p.oftenAt, n), append(p.often, uint8(tf))
	}
}

// end closes the list of the next form.
func (p *postings) end() {
	if p.off == nil {
		p.off = append(p.off, 0)
	}
	p.off = append(p.off, uint32(len(p.docs)))
}

func (p *postings) clipped() postings {
	if len(p.docs) == 0 {
		return postings{}
	}
	return postings{off: clip(p.off), docs: clip(p.docs), times: clip(p.times), oftenAt: clip(p.oftenAt), often: clip(p.often)}
}

// fits reports whether p are the postings of so many forms in so many
// documents.
func (p *postings) fits(forms, docs int) bool {
	n := len(p.docs)
	if len(p.times) != (n+1)/2 || len(p.often) != len(p.oftenAt) {
		return false
	}
	if n == 0 && p.off == nil {
		return len(p.often) == 0
	}
	if len(p.off) != forms+1 || !rising(p.off, n) || slices.ContainsFunc(p.docs, func(d uint16) bool { return int(d) >= docs }) {
		return false
	}
	return p.timesFit()
}

// timesFit reports whether those that do not fit in times are all there.
func (p *postings) timesFit() bool {
	next := 0
	for n := range uint32(len(p.docs)) {
		if p.times[n>>1]>>(n&1*timesBits)&mostTimes < mostTimes {
			continue
		}
		if next == len(p.oftenAt) || p.oftenAt[next] != n {
			return false
		}
		next++
	}
	return next == len(p.oftenAt)
}

func (l postingList) len() int { return len(l.docs) }

func (l postingList) doc(i int) uint32 { return uint32(l.docs[i]) }

func (l postingList) tf(i int) uint32 { return l.all.tf(l.from + uint32(i)) }

// find is the posting of a document in the list of one form.
func (l postingList) find(doc uint32) (i int, ok bool) {
	i = sort.Search(len(l.docs), func(i int) bool { return uint32(l.docs[i]) >= doc })
	return i, i < len(l.docs) && uint32(l.docs[i]) == doc
}

// skip drops the documents before doc, the first of which must be one. It looks
// in growing steps: doc is mostly near.
func skip(docs []uint16, doc uint32) []uint16 {
	lo, step := 1, 1
	for lo+step <= len(docs) && uint32(docs[lo+step-1]) < doc {
		lo += step
		step *= 2
	}
	n := min(step, len(docs)-lo)
	return docs[lo+sort.Search(n, func(i int) bool { return uint32(docs[lo+i]) >= doc }):]
}

func (p *postings) layout(c coder) {
	c.uint32s(&p.off)
	c.uint16s(&p.docs)
	c.uint8s(&p.times)
	c.uint32s(&p.oftenAt)
	c.uint8s(&p.often)
}
