package search

import (
	"github.com/plonegov/carillon/federation"
)

// LabelledCount is a count with the value's name for people. Label is "" where
// only the reader's language can name it (types, languages): the page does.
type LabelledCount struct {
	Count
	Label string
}

// label names members; categories are their own names.
func label(cat *federation.Catalogue, facets map[Facet][]Count, language string) map[Facet][]LabelledCount {
	out := make(map[Facet][]LabelledCount, len(facets))
	for f, counts := range facets {
		list := make([]LabelledCount, len(counts))
		for i, c := range counts {
			list[i] = LabelledCount{Count: c}
			switch f {
			case ByMember:
				if m, err := cat.Member(c.Value); err == nil {
					list[i].Label = m.Name.In(language)
				}
			case ByCategory:
				list[i].Label = c.Value
				if t, err := cat.Topic(c.Value); err == nil {
					list[i].Label = t.Name.In(language)
				}
			}
		}
		out[f] = list
	}
	return out
}
