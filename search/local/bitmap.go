package local

import "math/bits"

// bitmap is a set of document numbers. The nil bitmap is empty.
type bitmap []uint64

func newBitmap(n int) bitmap { return make(bitmap, (n+63)/64) }

func (b bitmap) has(i uint32) bool {
	w := int(i >> 6)
	return w < len(b) && b[w]&(1<<(i&63)) != 0
}

// set needs a bitmap made for more than i documents.
func (b bitmap) set(i uint32) { b[i>>6] |= 1 << (i & 63) }

func (b bitmap) clear(i uint32) { b[i>>6] &^= 1 << (i & 63) }

// and keeps what is in other too, which must be as long.
func (b bitmap) and(other bitmap) {
	for i := range b {
		b[i] &= other[i]
	}
}

// appendTo appends the numbers in b, in order.
func (b bitmap) appendTo(out []uint32) []uint32 {
	for i, w := range b {
		for ; w != 0; w &= w - 1 {
			out = append(out, uint32(i<<6+bits.TrailingZeros64(w)))
		}
	}
	return out
}

func (b bitmap) count() int {
	n := 0
	for _, w := range b {
		n += bits.OnesCount64(w)
	}
	return n
}

// fillAbsent makes b the documents 0..n-1 that are not in dead, and returns it.
func (b bitmap) fillAbsent(dead bitmap, n int) bitmap {
	b = b[:(n+63)/64]
	for i := range b {
		b[i] = ^uint64(0)
		if i < len(dead) {
			b[i] = ^dead[i]
		}
	}
	if rest := n & 63; rest != 0 {
		b[len(b)-1] &= 1<<rest - 1
	}
	return b
}
