package portal

import (
	"github.com/plonegov/carillon/federation"
)

// health is how a source is doing, for a reader.
type health struct {
	Name    string
	URL     string // "" when it is not on the web
	Items   string
	Read    moment // last time it was read
	Changed moment // last time it brought something
	State   string // ok, failing or new
	Words   string // the state in a sentence
}

// memberHealth tells of each source of a member.
func (p *Portal) memberHealth(v visit, member string) ([]health, error) {
	states, err := p.store.SourceStates(v.Context())
	if err != nil {
		return nil, err
	}
	var out []health
	for _, s := range v.cat.Sources {
		if s.Member == member {
			out = append(out, v.health(s, states[s.Name()]))
		}
	}
	return out, nil
}

func (v visit) health(s federation.Source, state federation.SourceState) health {
	h := health{Name: s.Title.In(v.Lang), Items: v.N("items", state.Items),
		Read: v.dateTime(state.LastSuccess), Changed: v.dateTime(state.LastChange)}
	if h.Name == "" {
		h.Name = state.Title
	}
	if h.Name == "" {
		h.Name = s.Slug
	}
	if onWeb(s.URL) {
		h.URL = s.URL
	}
	switch {
	case state.Failure != nil:
		h.State, h.Words = "failing", v.T("health_failing", "Reason", v.reason(state.Failure.Class))
	case state.LastSuccess.IsZero():
		h.State, h.Words = "new", v.T("health_new")
	default:
		h.State, h.Words = "ok", v.T("health_ok")
	}
	return h
}

// reason says what a class of failure means.
func (v visit) reason(class federation.FailureClass) string {
	switch class {
	case federation.FailTimeout:
		return v.T("fail_slow")
	case federation.FailHTTP, federation.FailRedirect, federation.FailRefused:
		return v.T("fail_refused")
	case federation.FailFormat, federation.FailTooLarge, federation.FailEmpty:
		return v.T("fail_content")
	}
	return v.T("fail_unreachable")
}
