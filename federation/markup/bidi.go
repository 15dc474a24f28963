package markup

import (
	"slices"
	"strings"
)

const (
	lre, rle, pdf, lro, rlo = '\u202A', '\u202B', '\u202C', '\u202D', '\u202E'
	lri, rli, fsi, pdi      = '\u2066', '\u2067', '\u2068', '\u2069'

	// maxBidi is far above what any title needs and below the 125 levels of
	// UAX #9, after which browsers ignore openers but still count them.
	maxBidi = 16
)

// balanceBidi closes the direction controls that s leaves open and drops those
// that close nothing, so that a title cannot turn the text around it.
func balanceBidi(s string) string {
	if !strings.ContainsFunc(s, isBidi) {
		return s
	}
	var b strings.Builder
	var closers []rune
	for _, r := range s {
		switch r {
		case lre, rle, lro, rlo, lri, rli, fsi:
			if len(closers) == maxBidi {
				continue
			}
			closers = append(closers, closerOf(r))
		case pdf:
			if len(closers) == 0 || closers[len(closers)-1] != pdf {
				continue
			}
			closers = closers[:len(closers)-1]
		case pdi:
			// It also ends the embeddings opened inside the isolate: UAX #9, X6a.
			if !slices.Contains(closers, pdi) {
				continue
			}
			for closers[len(closers)-1] == pdf {
				b.WriteRune(pdf)
				closers = closers[:len(closers)-1]
			}
			closers = closers[:len(closers)-1]
		}
		b.WriteRune(r)
	}
	for i := len(closers) - 1; i >= 0; i-- {
		b.WriteRune(closers[i])
	}
	return b.String()
}

func isBidi(r rune) bool { return r >= lre && r <= rlo || r >= lri && r <= pdi }

func closerOf(r rune) rune {
	if r >= lri {
		return pdi
	}
	return pdf
}
