package local

import (
	"math/bits"
	"slices"
	"sort"
)

// postings are, for each of a row of forms, the documents that have it in a
// field and how often each has it, in one piece of memory, so that those of
// neighbours can be read as one. Nine of ten documents have a form once: a
// posting takes little more than two bytes.
type postings struct {
	off    []uint32 // one more than there are forms; nil when none has any
	docs   []uint16
	more   bitmap   // postings of more than once
	before []uint32 // by rankStep postings: how many of those stand before them
	tfs    []uint8  // of those: how often
}

const (
	rankStep = 256
	maxTF    = 1<<8 - 1
	maxDocs  = 1 << 16 // of one segment
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
	if p.more[n>>6]>>(n&63)&1 == 0 {
		return 1
	}
	return p.times(n)
}

// times is tf of a posting of more than once. It is not inlined so that tf is.
//
//go:noinline
func (p *postings) times(n uint32) uint32 { return uint32(p.tfs[p.rank(n)]) }

// rank is how many of the postings before n, which may be the last one's
// successor, are of more than once.
func (p *postings) rank(n uint32) uint32 {
	if n == uint32(len(p.docs)) {
		return uint32(len(p.tfs))
	}
	r, w := p.before[n/rankStep], n/rankStep*(rankStep/64)
	for ; w < n>>6; w++ {
		r += uint32(bits.OnesCount64(p.more[w]))
	}
	return r + uint32(bits.OnesCount64(p.more[w]&(1<<(n&63)-1)))
}

// sum is how often the documents of the postings from up to but not including
// to have their forms.
func (p *postings) sum(from, to uint32) int {
	sum := int(to - from)
	if from < to && len(p.tfs) > 0 {
		for _, tf := range p.tfs[p.rank(from):p.rank(to)] {
			sum += int(tf) - 1
		}
	}
	return sum
}

// add appends a posting to the list that is not ended. Nothing but off and docs
// can be read until clipped is called.
func (p *postings) add(doc uint32, tf uint32) {
	n := uint32(len(p.docs))
	p.docs = append(p.docs, uint16(doc))
	if n&63 == 0 {
		p.more = append(p.more, 0)
	}
	if tf > 1 {
		p.more.set(n)
		p.tfs = append(p.tfs, uint8(tf))
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
	out := postings{off: clip(p.off), docs: clip(p.docs), more: clip(p.more), tfs: clip(p.tfs)}
	out.count()
	return out
}

// count makes what follows from the rest.
func (p *postings) count() {
	p.before = make([]uint32, 0, (len(p.docs)+rankStep-1)/rankStep)
	n := 0
	for some := range slices.Chunk(p.more, rankStep/64) {
		p.before = append(p.before, uint32(n))
		n += some.count()
	}
}

// fits reports whether p are the postings of so many forms in so many
// documents, and counts them then.
func (p *postings) fits(forms, docs int) bool {
	n := len(p.docs)
	if len(p.more) != (n+63)/64 || p.more.count() != len(p.tfs) || n&63 != 0 && p.more[len(p.more)-1]>>(n&63) != 0 ||
		slices.ContainsFunc(p.tfs, func(tf uint8) bool { return tf < 2 }) {
		return false
	}
	if n == 0 && p.off == nil {
		return true
	}
	p.count()
	return len(p.off) == forms+1 && rising(p.off, n) && !slices.ContainsFunc(p.docs, func(d uint16) bool { return int(d) >= docs })
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
	c.uint64s((*[]uint64)(&p.more))
	c.uint8s(&p.tfs)
}
