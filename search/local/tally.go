package local

import (
	"slices"

	"github.com/plonegov/carillon/federation"
)

// tally is what is counted in a view before anybody asks, so that nobody has to
// go through all documents: how many have each value, how many hits a query for
// one value has, and for values that many have, how many of those have each
// other value. It is immutable; a batch costs what it changes.
type tally struct {
	documents [filterColumns]pages // with each value; the versions of a document count once
	hits      [filterColumns]pages // of a query for the value alone, but for apart
	all       int32                // hits of a query for nothing, but for apart
	apart     [readers]apart       // where the reader's language decides which version is a hit
	beside    map[value]*row       // of values that many documents have
	many      int32                // from how many on
}

// apart are the hits of documents that are versions of others.
type apart struct {
	hits [filterColumns]pages
	all  int32
}

// row is how many of the documents with a value have each value of the facets.
type row [facetColumns]pages

// value is what a filter can ask for.
type value struct {
	column column
	number uint32
}

const (
	readers = 5 // by language: none, and the four of the hub
	// manyDocuments is from how many documents on the values beside a value are kept:
	// fewer are quickly counted.
	manyDocuments = 1024
	// maxBeside is up to how many values of a facet are kept beside others; of
	// a facet with more they are counted when they are asked for.
	maxBeside = 4096
)

// languages of the readers that hits are kept for.
var languages = append([]string{""}, federation.Languages...)

// total is the number of hits of a query for one value, or for nothing.
func (t *tally) total(v value, language string) (int, bool) {
	n := slices.Index(languages, language)
	switch {
	case n < 0:
		return 0, false
	case v.column == noColumn:
		return int(t.all + t.apart[n].all), true
	}
	return int(t.hits[v.column].at(v.number) + t.apart[n].hits[v.column].at(v.number)), true
}

// count fills in the counts of a facet of a query for one value, or for
// nothing, if they are kept.
func (t *tally) count(v value, c column, into []int32) bool {
	if v.column == noColumn {
		t.documents[c].copy(into)
		return true
	}
	row := t.beside[v]
	if row == nil || len(into) > maxBeside {
		return false
	}
	row[c].copy(into)
	return true
}

// emptyView is the view of no documents.
func emptyView(many int32) *view { return &view{tally: &tally{many: many}} }
