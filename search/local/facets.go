package local

import (
	"slices"
	"strings"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
)

// columnOf are the columns of the facets.
var columnOf = map[search.Facet]column{
	search.ByMember: memberColumn, search.ByType: typeColumn,
	search.ByCategory: categoryColumn, search.ByLanguage: languageColumn,
}

// counts are how many documents have each value, by column and number; nil for
// facets that were not asked for.
type counts [facetColumns][]int32

func newCounts(t *tables, asked []search.Facet) (c counts) {
	for _, f := range asked {
		if col, ok := columnOf[f]; ok {
			c[col] = make([]int32, len(t[col].values))
		}
	}
	return c
}

// add counts documents of a segment in one facet.
func (c *counts) add(p *segment, col column, docs []uint32) {
	n := c[col]
	switch {
	case n == nil:
	case col == categoryColumn:
		off, entries := p.categories.off, p.categories.entries
		for _, d := range docs {
			for _, value := range entries[off[d]:off[d+1]] {
				n[value]++
			}
		}
	default:
		p.ords[col].count(n, docs)
	}
}

// list is the counts as a result shows them, those of sel's values included.
func (c *counts) list(t *tables, sel federation.Selection, asked []search.Facet) map[search.Facet][]search.Count {
	if len(asked) == 0 {
		return nil
	}
	out := make(map[search.Facet][]search.Count, len(asked))
	for _, f := range asked {
		col, ok := columnOf[f]
		if !ok {
			continue
		}
		if col == languageColumn {
			out[f] = c.languages(t, sel.Languages)
			continue
		}
		chosen := [...][]string{sel.Members, search.TypeNames(sel.Types), search.NormalCategories(sel.Categories)}[col]
		var list []search.Count
		for n, count := range c[col] {
			if v := t[col].values[n]; v != "" && (count > 0 || slices.Contains(chosen, v)) {
				list = append(list, search.Count{Value: v, Count: int(count)})
			}
		}
		for _, v := range chosen {
			if _, known := t[col].ord[v]; !known {
				list = append(list, search.Count{Value: v})
			}
		}
		out[f] = search.TopCounts(list, chosen)
	}
	return out
}

// languages counts by primary subtag, for asking for "nl" takes "nl-be" in. A
// region that was chosen has a count of its own.
func (c *counts) languages(t *tables, chosen []string) []search.Count {
	by := make(map[string]int)
	for _, l := range chosen {
		by[l] = 0
	}
	for n, count := range c[languageColumn] {
		has := t[languageColumn].values[n]
		primary, _, _ := strings.Cut(has, "-")
		if has == "" || count == 0 {
			continue
		}
		by[primary] += int(count)
		for _, l := range chosen {
			if l != primary && federation.MatchLanguage(l, has) {
				by[l] += int(count)
			}
		}
	}
	var list []search.Count
	for l, count := range by {
		list = append(list, search.Count{Value: l, Count: count})
	}
	return search.TopCounts(list, chosen)
}
