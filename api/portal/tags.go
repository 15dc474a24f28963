package portal

import (
	"strings"

	"github.com/plonegov/carillon/federation"
)

// tag is one filter in force, with the way to drop it.
type tag struct {
	Group string // what it filters by, for who hears it
	Label label
	URL   string // of the search without it
}

// listKeys are the keys of a selection that hold lists, as tags order them.
var listKeys = []string{"member", "type", "category", "lang", "source", "channel"}

// tags lists every filter of a selection.
func (v visit) tags(sel federation.Selection) []tag {
	var tags []tag
	values := sel.Values()
	for _, key := range listKeys {
		for value := range strings.SplitSeq(values.Get(key), ",") {
			if value != "" {
				tags = append(tags, tag{v.T("facet_" + key), v.valueLabel(key, value), v.searchLink(sel.Without(key, value))})
			}
		}
	}
	for _, key := range []string{"near", "postcode", "as", "from", "to"} {
		if text := v.single(sel, key); text != "" {
			tags = append(tags, tag{v.T("facet_" + key), label{Text: text}, v.searchLink(sel.Without(key, ""))})
		}
	}
	return tags
}

// single is a filter that has one value, in words; "" when it is not set.
func (v visit) single(sel federation.Selection, key string) string {
	switch {
	case key == "near" && sel.Near != nil:
		return v.T("within", "Km", v.Numbers.Sprint(sel.Reach()), "Place", v.placeName(*sel.Near))
	case key == "postcode":
		return sel.Postcode
	case key == "as" && sel.As != "":
		return v.T("home_first", "Place", v.homeName(sel.As))
	case key == "from" && !sel.From.IsZero():
		return v.T("from_day", "Day", v.day(sel.From.Time))
	case key == "to" && !sel.To.IsZero():
		return v.T("to_day", "Day", v.day(sel.To.Time))
	}
	return ""
}

// scope says filters and order in one sentence.
func (v visit) scope(sel federation.Selection) string {
	var parts []string
	tags := v.tags(sel)
	for i := 0; i < len(tags); {
		var names []string
		group := tags[i].Group
		for ; i < len(tags) && tags[i].Group == group; i++ {
			names = append(names, tags[i].Label.Text)
		}
		parts = append(parts, v.T("scope_part", "Group", group, "Values", v.or(names)))
	}
	parts = append(parts, v.T("scope_part", "Group", v.T("sort"), "Values", v.T("sort_"+string(sel.Order()))))
	return strings.Join(parts, v.T("and_then")) + "."
}
