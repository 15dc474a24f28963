package local

import (
	"math"
	"slices"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
)

// filter is a selection's conditions other than words, ready for a view.
type filter struct {
	allowed  [allColumns][]bool // by number; nil = any
	facets   []column           // facets that have allowed values
	from, to int64              // microseconds, to exclusive
	now      time.Time
	dated    bool
	near     *circle
}

func newFilter(t *tables, s federation.Selection, now time.Time) filter {
	f := filter{from: math.MinInt64, to: math.MaxInt64, now: now}
	f.oneOf(t, memberColumn, s.Members)
	f.oneOf(t, sourceColumn, s.Sources)
	f.oneOf(t, typeColumn, search.TypeNames(s.Types))
	f.oneOf(t, categoryColumn, search.NormalCategories(s.Categories))
	if len(s.Languages) > 0 {
		f.allowed[languageColumn] = t[languageColumn].allowed(func(has string) bool {
			return slices.ContainsFunc(s.Languages, func(l string) bool { return federation.MatchLanguage(l, has) })
		})
	}
	for c := range facetColumns {
		if f.allowed[c] != nil {
			f.facets = append(f.facets, c)
		}
	}
	if !s.From.IsZero() {
		f.from, f.dated = s.From.Time.UnixMicro(), true
	}
	if !s.To.IsZero() {
		// An upper end that is a moment ends a nanosecond after it: rounded up
		// to a whole microsecond nothing is lost.
		f.to, f.dated = s.To.Upper().Add(999).UnixMicro(), true
	}
	if s.Near != nil {
		f.near = newCircle(*s.Near, s.Reach())
	}
	return f
}

func (f *filter) oneOf(t *tables, c column, values []string) {
	if len(values) == 0 {
		return
	}
	f.allowed[c] = make([]bool, len(t[c].values))
	for _, v := range values {
		if n, ok := t[c].ord[v]; ok {
			f.allowed[c][n] = true
		}
	}
}

// narrows reports whether f has any condition.
func (f *filter) narrows() bool {
	return len(f.facets) > 0 || f.dated || f.near != nil || f.allowed[sourceColumn] != nil
}

// base reports whether document d meets what is not a facet.
func (f *filter) base(p *segment, d uint32) bool {
	if f.dated && (p.last(d) < f.from || p.begin(d) >= f.to || p.recurring.has(d) && !p.series[d].within(f.from, f.to, f.now)) {
		return false
	}
	if a := f.allowed[sourceColumn]; a != nil && !a[p.ord(sourceColumn, d)] {
		return false
	}
	return f.near == nil || f.near.has(p.lat(d), p.lon(d))
}

// allFacets means that no facet refuses a document, and noFacet that several
// do; between them is the column of the only one that does.
const (
	allFacets column = -1
	noFacet   column = facetColumns
)

// refused tells which facet's own values shut document d out, if but one does:
// the counts of that facet still take it in.
func (f *filter) refused(p *segment, d uint32) column {
	by := allFacets
	for _, c := range f.facets {
		if f.accepts(p, c, d) {
			continue
		}
		if by != allFacets {
			return noFacet
		}
		by = c
	}
	return by
}

func (f *filter) accepts(p *segment, c column, d uint32) bool {
	if c != categoryColumn {
		return f.allowed[c][p.ord(c, d)]
	}
	for _, n := range p.categories.of(d) {
		if f.allowed[c][n] {
			return true
		}
	}
	return false
}
