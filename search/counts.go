package search

import (
	"cmp"
	"slices"
	"strings"

	"github.com/plonegov/carillon/federation"
)

// MaxCounts is how many values of a facet are listed.
const MaxCounts = 100

// TopCounts puts list, which it may write to, into the order of a facet, each
// value once, and cuts it to [MaxCounts], but for chosen values.
func TopCounts(list []Count, chosen []string) []Count {
	slices.SortFunc(list, func(a, b Count) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), strings.Compare(a.Value, b.Value))
	})
	list = slices.CompactFunc(list, func(a, b Count) bool { return a.Value == b.Value })
	room := MaxCounts
	for _, c := range list {
		if slices.Contains(chosen, c.Value) {
			room--
		}
	}
	return slices.DeleteFunc(list, func(c Count) bool {
		if slices.Contains(chosen, c.Value) {
			return false
		}
		room--
		return room < 0
	})
}

// TypeNames are types as facets and filters compare them.
func TypeNames(types []federation.ItemType) []string {
	out := make([]string, len(types))
	for i, t := range types {
		out[i] = string(t)
	}
	return out
}

// NormalCategories are the normal forms of categories, in order.
func NormalCategories(names []string) []string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = federation.NormalCategory(n)
	}
	return out
}
