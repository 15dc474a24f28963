package likeness

import (
	"math"
	"slices"

	"github.com/plonegov/carillon/federation"
)

// Bounds of likeness, set by the pairs of pairs_test.go.
const (
	minWords  = 12  // fewer are too few to tell by
	minTitle  = 3   // words of a title that says something by itself
	nearly    = .8  // of all shingles are common: one text
	legal     = .95 // the same of acts, which are made from templates
	contained = .9  // of the shorter text stands in the longer one: a teaser, or an addition
	sameTitle = .6  // of the words of two titles are common
	addressed = .3  // of the shingles of two items that give one address
	sameSpot  = 1.0 // km
)

// acts are the types whose items are made from templates.
var acts = []federation.ItemType{federation.Notice, federation.Decision, federation.Meeting}

// Alike reports whether two items say the same. It is symmetric. Items of one
// source never do: a source knows what it publishes twice.
func Alike(a, b *Fingerprint) bool {
	if a.source == b.source || a.kind != b.kind || !sameTime(a.event, b.event) || elsewhere(a.place, b.place) || contradict(a.figures, b.figures) {
		return false
	}
	common := overlap(a.shingles, b.shingles)
	of := share(common, len(a.shingles)+len(b.shingles)-common)
	if a.address != "" && a.address == b.address {
		return of >= addressed || within(a.title, b.title) || within(b.title, a.title) || titles(a, b) >= sameTitle
	}
	if a.event != nil && len(a.title) > 0 && slices.Equal(a.title, b.title) && together(a.place, b.place) {
		return true
	}
	shorter := min(a.words, b.words)
	if shorter < minWords {
		return false
	}
	if slices.Contains(acts, a.kind) {
		return of >= legal
	}
	return of >= nearly || titles(a, b) >= sameTitle && share(common, min(len(a.shingles), len(b.shingles))) >= contained
}

func titles(a, b *Fingerprint) float64 {
	x, y := slices.Clone(a.title), slices.Clone(b.title)
	slices.Sort(x)
	slices.Sort(y)
	x, y = slices.Compact(x), slices.Compact(y)
	common := overlap(x, y)
	return share(common, len(x)+len(y)-common)
}

// overlap counts what two sorted lists have in common.
func overlap[T uint32 | string](a, b []T) (n int) {
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			n, i, j = n+1, i+1, j+1
		case a[i] < b[j]:
			i++
		default:
			j++
		}
	}
	return n
}

func share(n, of int) float64 {
	if of == 0 {
		return 0
	}
	return float64(n) / float64(of)
}

// sameTime reports whether two events begin together; on the same day is
// enough where one has no hour. Two that are no events do.
func sameTime(a, b *federation.Event) bool {
	switch {
	case a == nil || b == nil:
		return a == nil && b == nil
	case a.AllDay || b.AllDay:
		ay, am, ad := a.Start.Date()
		by, bm, bd := b.Start.Date()
		return ay == by && am == bm && ad == bd
	}
	return a.Start.Equal(b.Start)
}

// elsewhere reports whether two places are known to differ.
func elsewhere(a, b *federation.Place) bool {
	if a == nil || b == nil {
		return false
	}
	if a.Point != nil && b.Point != nil {
		return distance(*a.Point, *b.Point) > sameSpot
	}
	if a.PostalCode != "" && b.PostalCode != "" && a.PostalCode != b.PostalCode {
		return true
	}
	x, y := placeWords(a), placeWords(b)
	return len(x) > 0 && len(y) > 0 && overlap(x, y) == 0
}

// together reports whether two places are known to be one: by name and all
// that is said of where it is, for every commune has its "Salle communale".
func together(a, b *federation.Place) bool {
	if a == nil || b == nil || elsewhere(a, b) {
		return false
	}
	if a.Point != nil && b.Point != nil {
		return true
	}
	x, y := placeWords(a), placeWords(b)
	n := overlap(x, y)
	return n > 0 && n == min(len(x), len(y)) && (a.PostalCode != "" && a.PostalCode == b.PostalCode || n >= minTitle)
}

func placeWords(p *federation.Place) []string {
	w := words(fold(p.Name + " " + p.Address))
	slices.Sort(w)
	return slices.Compact(w)
}

// distance is in km, by the plane, which is right enough so near.
func distance(a, b federation.Point) float64 {
	const degree = 111.2
	x := (a.Lon - b.Lon) * math.Cos(a.Lat*math.Pi/180)
	return degree * math.Hypot(a.Lat-b.Lat, x)
}
