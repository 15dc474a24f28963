package portal

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
)

// filters is the form beside the results.
type filters struct {
	Groups           []group
	Place            string // a commune or a postal code
	PlaceFault       fault  // what is wrong with it
	Places           []string
	Near             string // a place without a name: near key, "" = it has one
	Radii            []option
	Periods          []period
	From, To         string // "2026-03-01"
	FromType, ToType string // of their controls: "date", or "text" where that could not show what was written
	Sorts            []option
	Kept             []field           // what the form has no control for
	Active           bool              // some filter is set
	Faults           map[string]string // by key of the selection: what is wrong with its value
}

// group is a facet as a list of boxes.
type group struct {
	Name string // key of the selection
	Text string
	Top  []option
	Rest []option // behind a disclosure
	Open bool     // something in Rest is chosen
}

// option is a box, or a choice of a list.
type option struct {
	Name   string // key of the selection, of a box
	Value  string
	Count  string
	Label  label
	Chosen bool
}

// field is a hidden value of a form.
type field struct{ Name, Value string }

// topOptions is how many boxes of a group are seen at once.
const topOptions = 7

func (v visit) filters(sel federation.Selection, usual federation.Sort, facets map[search.Facet][]search.LabelledCount) filters {
	f := filters{FromType: "date", ToType: "date", Place: v.placeText(sel), Sorts: v.sorts(sel, usual), Radii: v.radii(sel), Places: v.placeNames(),
		Periods: v.periods(sel)}
	if sel.Near != nil && f.Place == "" {
		f.Near = nearText(*sel.Near)
	}
	for _, facet := range search.Facets {
		if g := v.group(sel, facet, facets[facet]); len(g.Top) > 0 {
			f.Groups = append(f.Groups, g)
		}
	}
	f.From, f.To = dayOf(sel.From), dayOf(sel.To)
	f.Kept = kept(sel)
	f.Active = len(v.tags(sel)) > 0
	return f
}

// kept is what a new choice of filters must not lose.
func kept(sel federation.Selection) []field {
	var fields []field
	values := sel.Values()
	for _, key := range []string{"source", "channel", "limit"} {
		if values.Get(key) != "" {
			fields = append(fields, field{key, values.Get(key)})
		}
	}
	if sel.As != "" && !atHome(sel) { // the field for a place holds another
		fields = append(fields, field{"as", sel.As})
	}
	return fields
}

// dayOf is what a date control can hold of a bound: it knows no time of day.
func dayOf(b federation.Bound) string {
	if b.IsZero() {
		return ""
	}
	return b.Time.Format(time.DateOnly)
}

func (v visit) group(sel federation.Selection, facet search.Facet, counts []search.LabelledCount) group {
	g := group{Name: string(facet), Text: v.T("facet_" + string(facet))}
	chosen := strings.Split(sel.Values().Get(string(facet)), ",")
	for _, c := range counts {
		o := option{g.Name, c.Value, v.Numbers.Sprint(c.Count.Count), v.valueLabel(g.Name, c.Value), slices.Contains(chosen, c.Value)}
		if len(g.Top) < topOptions {
			g.Top = append(g.Top, o)
			continue
		}
		g.Rest = append(g.Rest, o)
		g.Open = g.Open || o.Chosen
	}
	return g
}

// valueLabel names a value of a key of the selection.
func (v visit) valueLabel(key, value string) label {
	switch key {
	case "member":
		if m, err := v.cat.Member(value); err == nil {
			return v.name(m.Name)
		}
	case "channel":
		if c, err := v.cat.Channel(value); err == nil {
			return v.name(c.Title)
		}
	case "category":
		if t := v.cat.TopicOf(value); t != nil {
			return v.name(t.Name)
		}
	case "type":
		return label{Text: v.typeNames(federation.ItemType(value))}
	case "lang":
		return label{Text: v.languageName(value)}
	}
	return label{Text: value}
}

// nearText is a point as the near key has it.
func nearText(p federation.Point) string {
	return federation.Selection{Near: &p}.Values().Get("near")
}

// placeName names a point: the member there, else no more than that it was
// chosen.
func (v visit) placeName(p federation.Point) string {
	if m := v.memberAt(p); m != nil {
		return v.name(m.Name).Text
	}
	return v.T("chosen_place")
}

func (v visit) radii(sel federation.Selection) []option {
	steps := []float64{5, 10, 15, 25, 50}
	if !slices.Contains(steps, sel.Reach()) {
		steps = append(steps, sel.Reach())
		slices.Sort(steps)
	}
	options := make([]option, len(steps))
	for i, km := range steps {
		text := strconv.FormatFloat(km, 'f', -1, 64)
		options[i] = option{Value: text, Label: label{Text: v.T("km", "Km", v.Numbers.Sprint(km))}, Chosen: km == sel.Reach() && !atHome(sel)}
	}
	return append(options, option{Value: everywhere, Label: label{Text: v.T("radius_everywhere")}, Chosen: atHome(sel)})
}

// sorts are the orders to choose from. The usual one has no value, so that the
// form does not fix it for other selections.
func (v visit) sorts(sel federation.Selection, usual federation.Sort) []option {
	var options []option
	for _, s := range federation.Sorts {
		if s == federation.ByDistance && sel.Near == nil || s == federation.ByRelevance && sel.Words == "" ||
			s == federation.BySeverity && sel.Order() != s && !slices.Contains(sel.Types, federation.AlertItem) {
			continue
		}
		o := option{Value: string(s), Label: label{Text: v.T("sort_" + string(s))}, Chosen: s == sel.Order()}
		if s == usual {
			o.Value = ""
		}
		options = append(options, o)
	}
	return options
}
