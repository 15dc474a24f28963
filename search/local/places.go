package local

import (
	"encoding/binary"
	"math/bits"
)

// places are where in a field the postings of its lists stand: for each posting,
// in order, as many numbers as its frequency, each as the distance to the one
// before, in base 128 (binary.AppendUvarint). Numbers count words; texts of one field are textGap apart.
type places struct {
	blob []byte
	skip []uint32 // by placesStep postings: where they begin in blob
}

const (
	placesStep = 256
	textGap    = 16
)

// add appends the places of the posting that was appended last to a list that
// has n postings before it.
func (p *places) add(n int, at []byte) {
	if n%placesStep == 0 {
		p.skip = append(p.skip, uint32(len(p.blob)))
	}
	p.blob = append(p.blob, at...)
}

func (p *places) clipped() places { return places{blob: clip(p.blob), skip: clip(p.skip)} }

// of is what follows in the blob from posting n on.
func (p *places) of(of *postings, n uint32) []byte {
	if int(n) >= of.len() {
		return nil
	}
	from := n &^ (placesStep - 1)
	return skipNumbers(p.blob[p.skip[from/placesStep]:], of.sum(from, n))
}

// skipNumbers drops n numbers from the front of b: a number ends with the
// first byte below 128.
func skipNumbers(b []byte, n int) []byte {
	const tops = 0x8080808080808080
	for n >= 8 && len(b) >= 8 {
		ends := bits.OnesCount64(^binary.LittleEndian.Uint64(b) & tops)
		if ends > n {
			break
		}
		n -= ends
		b = b[8:]
	}
	for i := 0; n > 0 && i < len(b); i++ {
		if b[i] < 0x80 {
			if n--; n == 0 {
				return b[i+1:]
			}
		}
		if n > 0 && i+1 == len(b) {
			return nil
		}
	}
	return b
}

// appendPlaces appends n places read from the front of b, each moved by shift,
// and returns the rest of b.
func appendPlaces(dst []uint32, b []byte, n int, shift uint32) ([]uint32, []byte) {
	at := uint32(0)
	for range n {
		d, size := uint32(0), 0
		if len(b) > 0 && b[0] < 0x80 { // nearly always
			d, size = uint32(b[0]), 1
		} else if v, k := binary.Uvarint(b); k > 0 {
			d, size = uint32(v), k
		} else {
			return dst, nil
		}
		at += d
		dst, b = append(dst, at+shift), b[size:]
	}
	return dst, b
}

// fits reports whether places belong to postings.
func (p *places) fits(of *postings) bool {
	if len(p.skip) != (of.len()+placesStep-1)/placesStep {
		return false
	}
	rest := p.blob
	for from := 0; from < of.len(); from += placesStep {
		if int(p.skip[from/placesStep]) != len(p.blob)-len(rest) {
			return false
		}
		count := of.sum(uint32(from), uint32(min(from+placesStep, of.len())))
		for ; count > 0; count-- {
			_, n := binary.Uvarint(rest)
			if n <= 0 || n > 5 {
				return false
			}
			rest = rest[n:]
		}
	}
	return len(rest) == 0
}
