package portal

import (
	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
)

// looser is another search that finds more.
type looser struct {
	Text, Count, URL string
}

// looser are the searches that find more than total.
func (p *Portal) looser(v visit, sel federation.Selection, total int) ([]looser, error) {
	hints, err := p.search.Hints(v.Context(), search.Request{Select: sel, Language: v.Lang}, total)
	if err != nil {
		return nil, err
	}
	out := make([]looser, len(hints))
	for i, h := range hints {
		out[i] = looser{v.hint(h), v.resultsHeading(h.Total, h.Estimated, ""), v.searchLink(h.Select)}
	}
	return out, nil
}

// hint says what is other about a search.
func (v visit) hint(h search.Hint) string {
	switch {
	case h.Without == search.EveryFilter:
		return v.T("looser_all")
	case h.Without != "":
		return v.T("looser_without", "Group", v.T("facet_"+h.Without))
	case h.Topic != nil:
		return v.T("looser_topic", "Topic", v.name(h.Topic.Name).Text)
	}
	return v.T("looser_word", "Word", h.Word)
}

// adviser is somebody to ask who publishes, or runs the portal.
type adviser struct {
	Name label
	URL  string
}

// advisers are whom to ask about what was not found: members, else the
// operator.
func (v visit) advisers(sel federation.Selection) (out []adviser) {
	for _, m := range search.Advisers(v.cat, sel) {
		if onWeb(m.URL) {
			out = append(out, adviser{v.name(m.Name), m.URL})
		}
	}
	if contact := v.cat.Hub.Links.Contact; len(out) == 0 && contact != "" {
		out = append(out, adviser{v.brand().Name, contact})
	}
	return out
}
