package local

import (
	"math/rand/v2"
	"testing"
)

// TestSparse keeps values of some documents and reads them back.
func TestSparse(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	const docs = 1000
	var s sparse[int64]
	want := map[uint32]int64{}
	for d := uint32(0); d < docs; d += 1 + uint32(r.IntN(90)) {
		want[d] = r.Int64()
		s.add(d, want[d])
	}
	s.done()
	for d := range uint32(docs + 100) {
		v, ok := want[d]
		if got, has := s.at(d); has != ok || got != v {
			t.Errorf("at(%d) = %d, %v, want %d, %v", d, got, has, v, ok)
		}
		if got := s.or(d, -7); ok && got != v || !ok && got != -7 {
			t.Errorf("or(%d) = %d", d, got)
		}
	}
	last := uint32(0)
	for d := range want {
		last = max(last, d)
	}
	short := s
	short.values = s.values[1:]
	if !s.fits(docs) || s.fits(int(last)) || short.fits(docs) {
		t.Error("fits is wrong")
	}
}

// TestNarrowed: numbers are the same in whatever width they are kept.
func TestNarrowed(t *testing.T) {
	for _, list := range [][]uint32{{}, {7}, {7, 7, 7}, {0, 255}, {0, 256}, {1 << 15, 1<<16 - 1}, {3, 1 << 16}} {
		o := narrowed(list)
		most := uint32(0)
		for d, n := range list {
			most = max(most, n)
			if got := o.at(uint32(d)); got != n {
				t.Errorf("%d: at(%d) = %d", list, d, got)
			}
		}
		if !o.fits(len(list), int(most)+1) || len(list) > 0 && o.fits(len(list), int(most)) || len(list) > 1 && o.small != nil && o.fits(len(list)+1, int(most)+1) {
			t.Errorf("%d: fits is wrong", list)
		}
	}
	if o := (ordinals{small: []uint8{1, 2}, medium: []uint16{1, 2}}); o.fits(2, 9) {
		t.Error("fits = true of two widths")
	}
}
