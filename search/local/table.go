package local

import (
	"maps"
	"slices"
)

// column is a property with few values, kept as a number for each document.
type column int

// The columns. The first four are the facets, in the order of [search.Facets].
const (
	memberColumn column = iota
	typeColumn
	categoryColumn
	languageColumn
	facetColumns
	sourceColumn = facetColumns
	groupColumn  = facetColumns + 1 // search.FoldKey: of items that say the same
	sameColumn   = facetColumns + 2 // of the language versions of a document; "" = there is but one
	allColumns   = facetColumns + 3

	filterColumns = facetColumns + 1 // the facets and the source
)

// table numbers the values of a column. It is never changed once a view has
// it: [table.number] copies it first.
type table struct {
	values []string
	ord    map[string]uint32
}

// tables are all of a view. Their numbers are valid in all of its segments.
type tables [allColumns]table

// number returns the number of value, a new one if need be. own tells whether
// t was copied already, and is then true.
func (t *table) number(value string, own *bool) uint32 {
	if n, ok := t.ord[value]; ok {
		return n
	}
	if !*own {
		t.values, t.ord, *own = slices.Clone(t.values), maps.Clone(t.ord), true
	}
	if t.ord == nil {
		t.ord = make(map[string]uint32)
	}
	n := uint32(len(t.values))
	t.values = append(t.values, value)
	t.ord[value] = n
	return n
}

// allowed marks the numbers whose value keep accepts.
func (t *table) allowed(keep func(string) bool) []bool {
	out := make([]bool, len(t.values))
	for i, v := range t.values {
		out[i] = keep(v)
	}
	return out
}
