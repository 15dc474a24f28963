package meili

import (
	"slices"
	"strconv"
	"strings"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
)

// A filter is made of names of ours, numbers and hashes alone: what people and
// members write is hashed (see key), so nothing of it is ever read as a filter,
// and no value is longer than the server takes.

// conditions are what a selection asks beside words.
type conditions struct {
	fixed []string
	facet map[search.Facet]string // of the values chosen in it
}

// fields are the attributes that hold the values of facets.
var fields = map[search.Facet]string{search.ByMember: "member", search.ByType: "type", search.ByCategory: "categories", search.ByLanguage: "language"}

func conditionsOf(s federation.Selection) conditions {
	c := conditions{fixed: []string{"kind = item"}, facet: map[search.Facet]string{}}
	choose := func(f search.Facet, field, kind string, values []string) {
		if len(values) > 0 {
			c.facet[f] = oneOf(field, kind, values)
		}
	}
	choose(search.ByMember, "memberKey", "member", s.Members)
	choose(search.ByType, "typeKey", "type", search.TypeNames(s.Types))
	choose(search.ByCategory, "categoryKeys", "category", search.NormalCategories(s.Categories))
	choose(search.ByLanguage, "languageKeys", "lang", lower(s.Languages))
	if len(s.Sources) > 0 {
		c.fixed = append(c.fixed, oneOf("sourceKey", "source", s.Sources))
	}
	if !s.From.IsZero() {
		c.fixed = append(c.fixed, "last >= "+number(s.From.Time.UnixMicro()))
	}
	if !s.To.IsZero() {
		c.fixed = append(c.fixed, "begin < "+number(upper(s)))
	}
	if s.Near != nil {
		// A little wider: the server's distances are not to the metre ours.
		c.fixed = append(c.fixed, "_geoRadius("+decimals(s.Near.Lat)+", "+decimals(s.Near.Lon)+", "+decimals(s.Reach()*1000*1.005+1)+")")
	}
	return c
}

// upper is the exclusive end of a selection's dates, in microseconds.
func upper(s federation.Selection) int64 { return s.To.Upper().Add(999).UnixMicro() }

// filter joins all conditions but those of one facet; "" = of none.
func (c conditions) filter(but search.Facet, more ...string) string {
	all := slices.Clone(c.fixed)
	for _, f := range search.Facets {
		if on := c.facet[f]; on != "" && f != but {
			all = append(all, on)
		}
	}
	for _, m := range more {
		if m != "" {
			all = append(all, m)
		}
	}
	return strings.Join(all, " AND ")
}

func oneOf(field, kind string, values []string) string {
	keys := make([]string, len(values))
	for i, v := range values {
		keys[i] = key(kind, v)
	}
	return in(field, keys)
}

// in compares a field with values that are ours.
func in(field string, values []string) string {
	quoted := make([]string, len(values))
	for i, v := range values {
		quoted[i] = `"` + v + `"`
	}
	return field + " IN [" + strings.Join(quoted, ", ") + "]"
}

func number(n int64) string { return strconv.FormatInt(n, 10) }

func decimals(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

func lower(list []string) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = strings.ToLower(s)
	}
	return out
}
