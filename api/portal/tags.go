package portal

import (
	"slices"
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
				tags = append(tags, tag{v.T("facet_" + key), v.valueLabel(key, value), v.searchLink(without(sel, key, value))})
			}
		}
	}
	for _, key := range []string{"near", "postcode", "as", "from", "to"} {
		if text := v.single(sel, key); text != "" {
			tags = append(tags, tag{v.T("facet_" + key), label{Text: text}, v.searchLink(without(sel, key, ""))})
		}
	}
	return tags
}

// single is a filter that has one value, in words; "" when it is not set.
func (v visit) single(sel federation.Selection, key string) string {
	switch {
	case key == "near" && sel.Near != nil:
		return v.T("within", "Km", v.numbers.Sprint(sel.Reach()), "Place", v.placeName(*sel.Near))
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

// without is a selection without one value of a key, or without the key for
// value "". What needs the key goes too, and the page turns to the first.
func without(sel federation.Selection, key, value string) federation.Selection {
	sel.Cursor = ""
	drop := func(list []string) []string {
		if value == "" {
			return nil
		}
		return slices.DeleteFunc(slices.Clone(list), func(s string) bool { return s == value })
	}
	switch key {
	case "member":
		sel.Members = drop(sel.Members)
	case "category":
		sel.Categories = drop(sel.Categories)
	case "lang":
		sel.Languages = drop(sel.Languages)
	case "source":
		sel.Sources = drop(sel.Sources)
	case "channel":
		sel.Channels = drop(sel.Channels)
	case "type":
		sel.Types = slices.DeleteFunc(slices.Clone(sel.Types), func(t federation.ItemType) bool {
			return value == "" || string(t) == value
		})
	case "near":
		sel.Near, sel.Radius = nil, 0
		if sel.Sort == federation.ByDistance {
			sel.Sort = ""
		}
	case "postcode":
		sel.Postcode = ""
	case "as":
		sel.As = ""
	case "from":
		sel.From = federation.Bound{}
	case "to":
		sel.To = federation.Bound{}
	}
	return sel
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
