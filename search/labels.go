package search

import (
	"cmp"
	"slices"

	"github.com/plonegov/carillon/federation"
)

// LabelledCount is a count with the value's name for people. Label is "" where
// only the reader's language can name it (types, languages): the page does.
type LabelledCount struct {
	Count
	Label string
}

// label names members and topics; categories of no topic are their own names.
func label(cat *federation.Catalogue, facets map[Facet][]Count, language string) map[Facet][]LabelledCount {
	out := make(map[Facet][]LabelledCount, len(facets))
	for f, counts := range facets {
		list := make([]LabelledCount, len(counts))
		for i, c := range counts {
			list[i] = LabelledCount{Count: c}
			switch f {
			case ByMember:
				if m, err := cat.Member(c.Value); err == nil {
					list[i].Label = nameIn(m, language)
				}
			case ByCategory:
				list[i].Label = c.Value
				if t := cat.TopicOf(c.Value); t != nil {
					list[i].Value, list[i].Label = t.Slug, t.Name.In(language)
				}
			}
		}
		if f == ByCategory {
			list = merged(list)
		}
		out[f] = list
	}
	return out
}

// nameIn is a member's name for a reader of a language; "" = in its own.
func nameIn(m *federation.Member, language string) string {
	if language == "" {
		return m.Name.In(m.Languages...)
	}
	return m.Name.In(language)
}

// merged adds up the counts of one value: of a topic and of the words that
// mean it. An index that the [Indexer] fills has the topics alone; the words
// are there where they were chosen.
func merged(list []LabelledCount) []LabelledCount {
	at := make(map[string]int, len(list))
	out := list[:0]
	for _, c := range list {
		if i, seen := at[c.Value]; seen {
			out[i].Count.Count += c.Count.Count
			continue
		}
		at[c.Value] = len(out)
		out = append(out, c)
	}
	slices.SortStableFunc(out, func(a, b LabelledCount) int { return cmp.Compare(b.Count.Count, a.Count.Count) })
	return out
}
