package local

import (
	"cmp"
	"encoding/binary"
	"math/bits"
	"slices"
)

// single are the postings of words in a field, if each has them of one form at
// most; some is false where one has none.
func (p *part) single(f field, words [][]match) (lists []postingList, some bool) {
	lists = make([]postingList, len(words))
	several := false
	for n, list := range words {
		for _, m := range list {
			if f >= m.fields || p.postings[f].across(m.span).len() == 0 {
				continue
			}
			if several = several || lists[n].len() > 0 || m.hi > m.lo+1; !several {
				lists[n] = p.postings[f].of(m.lo)
			} else {
				lists[n].docs = p.postings[f].across(m.span).docs
			}
		}
		if lists[n].len() == 0 {
			return nil, false
		}
	}
	if several {
		return nil, true
	}
	return lists, true
}

// inRow are the living documents, in order, in a field of which the forms with
// these postings stand next to each other in order. It reads places only in
// documents that have all, those of the rarest forms first.
func (p *part) inRow(f field, lists []postingList) []uint32 {
	readers := make([]placeReader, len(lists))
	for n, list := range lists {
		readers[n] = placeReader{list: list, places: &p.places[f], next: list.from, word: uint32(n)}
		readers[n].rest, readers[n].more = readers[n].places.of(list.all, list.from), list.all.rank(list.from)
	}
	slices.SortStableFunc(readers, func(a, b placeReader) int { return cmp.Compare(a.list.len(), b.list.len()) })
	docs := readers[0].list.docs
	for _, r := range readers[1:] {
		docs = p.meeting(docs, r.list.docs)
	}
	var out, begins []uint32
	for _, n := range docs {
		d := uint32(n)
		if p.dead.has(d) {
			continue
		}
		begins = readers[0].begins(begins[:0], d)
		for i := 1; i < len(readers) && len(begins) > 0; i++ {
			begins = readers[i].among(begins, d)
		}
		if len(begins) > 0 {
			out = append(out, d)
		}
	}
	return out
}

// meeting are those of docs that are in list too; both are in order.
func (p *part) meeting(docs, list []uint16) []uint16 {
	out := make([]uint16, 0, len(docs))
	if len(docs) < len(list)/lookedUp {
		at := 0
		for _, d := range docs {
			if at = seek(list, at, uint32(d)); at < len(list) && list[at] == d {
				out = append(out, d)
			}
		}
		return out
	}
	has := newBitmap(p.len())
	for _, d := range list {
		has.set(uint32(d))
	}
	for _, d := range docs {
		if has.has(uint32(d)) {
			out = append(out, d)
		}
	}
	return out
}

// nearby is how many postings are looked at one by one before [seek] is.
const nearby = 4

// placeReader reads the places of one form in documents that come in order.
type placeReader struct {
	list   postingList
	places *places
	word   uint32 // number in the phrase
	at     int    // in the list
	next   uint32 // the posting that rest is at
	more   uint32 // how many before it are of more than once
	rest   []byte
}

// begins appends where the phrase would begin by the places in document d,
// which the list has.
func (r *placeReader) begins(dst []uint32, d uint32) []uint32 {
	place := uint32(0)
	for range r.open(d) {
		if place += r.number(); place >= r.word {
			dst = append(dst, place-r.word)
		}
	}
	return dst
}

// among keeps those of the places where the phrase may begin at which it would by
// this form in document d too. Both are in order.
func (r *placeReader) among(begins []uint32, d uint32) []uint32 {
	kept, i, place := begins[:0], 0, uint32(0)
	for range r.open(d) {
		place += r.number()
		for i < len(begins) && begins[i]+r.word < place {
			i++
		}
		if i < len(begins) && begins[i]+r.word == place {
			kept = append(kept, begins[i])
		}
	}
	return kept
}

// number is the next one in the blob.
func (r *placeReader) number() uint32 {
	if len(r.rest) > 0 && r.rest[0] < 0x80 { // nearly always
		n := uint32(r.rest[0])
		r.rest = r.rest[1:]
		return n
	}
	n, size := binary.Uvarint(r.rest)
	r.rest = r.rest[max(size, 0):]
	return uint32(n)
}

// open goes on to document d, and returns how many places it has.
func (r *placeReader) open(d uint32) int {
	docs := r.list.docs
	for near := r.at + nearby; r.at < near && r.at < len(docs) && uint32(docs[r.at]) < d; {
		r.at++
	}
	r.at = seek(docs, r.at, d)
	r.skip(r.list.from + uint32(r.at))
	n := 1
	if all := r.list.all; all.more.has(r.next) {
		n = int(all.tfs[r.more])
		r.more++
	}
	r.next++
	return n
}

// skip goes on to a posting.
func (r *placeReader) skip(to uint32) {
	all := r.list.all
	if to-r.next >= placesStep {
		r.rest, r.more, r.next = r.places.of(all, to), all.rank(to), to
		return
	}
	numbers := int(to - r.next)
	for r.next < to {
		size := min(64-r.next&63, to-r.next)
		some := all.more[r.next>>6] >> (r.next & 63)
		n := uint32(bits.OnesCount64(some & (1<<size - 1)))
		for _, tf := range all.tfs[r.more : r.more+n] {
			numbers += int(tf) - 1
		}
		r.more += n
		r.next += size
	}
	r.rest = skipNumbers(r.rest, numbers)
}
