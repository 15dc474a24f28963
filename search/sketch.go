package search

import "hash/maphash"

// sketch counts texts of which it keeps none: a count-min sketch (Cormode and
// Muthukrishnan 2005) that adds to the least of its cells alone. What it says
// of a text is never too little, and too much by more than [sketch.margin] in
// fewer than one case of fifty. It takes 512 kB. Its seeds are its own, so that
// nobody can choose texts that fall together.
type sketch struct {
	seeds [sketchRows]maphash.Seed
	cells [sketchRows][sketchCells]uint16
	total int
}

const (
	sketchRows  = 4
	sketchCells = 1 << 16
)

func newSketch() *sketch {
	s := new(sketch)
	for i := range s.seeds {
		s.seeds[i] = maphash.MakeSeed()
	}
	return s
}

// add counts a text once more and returns how often that makes.
func (s *sketch) add(text string) int {
	s.total++
	var at [sketchRows]uint64
	least := ^uint16(0)
	for i := range s.cells {
		at[i] = maphash.String(s.seeds[i], text) % sketchCells
		least = min(least, s.cells[i][at[i]])
	}
	if least < ^uint16(0) {
		least++
	}
	for i := range s.cells {
		s.cells[i][at[i]] = max(s.cells[i][at[i]], least)
	}
	return int(least)
}

// margin is by how much a count may be too large: e times all that was counted
// by the number of cells in a row.
func (s *sketch) margin() int { return 2718 * s.total / (1000 * sketchCells) }
