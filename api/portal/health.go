package portal

import (
	"cmp"

	"github.com/plonegov/carillon/federation"
)

// sourceRow is how a source is doing, for a reader of its member's page.
type sourceRow struct {
	Name    string
	URL     string // the page that tells more
	Items   string
	Read    moment // last time it was read
	Changed moment // last time it brought something
	State   federation.Status
	Words   string // the state in a sentence
}

// memberHealth tells of each source of a member.
func (p *Portal) memberHealth(v visit, member string) ([]sourceRow, error) {
	states, err := federation.States(v.Context(), p.store)
	if err != nil {
		return nil, err
	}
	var out []sourceRow
	for _, s := range v.cat.Sources {
		if s.Member == member {
			out = append(out, v.sourceRow(s, states[s.Name()]))
		}
	}
	return out, nil
}

func (v visit) sourceRow(s federation.Source, state federation.SourceState) sourceRow {
	return sourceRow{Name: v.sourceName(s, state), URL: v.sourceURL(s), Items: v.N("items", state.Items), State: federation.StatusOf(s, state),
		Read: v.dateTime(state.LastSuccess), Changed: v.dateTime(state.LastChange), Words: v.health().State(s, state)}
}

// sourceName is the configured title, else the source's own, else what it
// gives or who gives it. A slug names nothing to readers.
func (v visit) sourceName(s federation.Source, state federation.SourceState) string {
	if title := v.sourceTitle(s, state); title != "" {
		return title
	}
	if s.Type != "" {
		return s.Type.Names(v.Lang)
	}
	if m, err := v.cat.Member(s.Member); err == nil {
		return m.Name.In(v.Lang)
	}
	return v.T("source")
}

// sourceTitle is the configured title, else the source's own, else "".
func (v visit) sourceTitle(s federation.Source, state federation.SourceState) string {
	return cmp.Or(s.Title.In(v.Lang), state.Title)
}

// sourceURL is the page about a source.
func (v visit) sourceURL(s federation.Source) string {
	return v.link("/members/"+s.Member+"/sources/"+s.Slug, "")
}
