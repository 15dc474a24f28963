package api

import (
	"context"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
)

// Hints are what may help where nothing is found.
type Hints struct {
	Searches []HintSearch `json:"searches" doc:"each finds something"`
	Ask      []Adviser    `json:"ask" doc:"who may know: the members that were chosen, serve the postal code or are the reader's own, else the operator of the hub"`
}

// HintSearch is another search. One of Without, Word and Topic says what is
// other about it.
type HintSearch struct {
	Without   string            `json:"without,omitempty" doc:"the key of the filter that is left out; * for all of them"`
	Word      string            `json:"word,omitempty" doc:"the only one of the words that is kept"`
	Topic     map[string]string `json:"topic,omitempty" doc:"name, by language, of the topic that is listed in place of the words that mean it"`
	Select    string            `json:"select" doc:"the selection, for the same address"`
	Total     int               `json:"total"`
	Estimated bool              `json:"estimated,omitempty"`
}

// Adviser is somebody to ask.
type Adviser struct {
	Member *ItemMember `json:"member,omitempty" doc:"absent for the operator of the hub"`
	URL    string      `json:"url"`
}

// hints are those of a selection that found nothing.
func (s *Server) hints(ctx context.Context, sel federation.Selection) (*Hints, error) {
	found, err := s.search.Hints(ctx, search.Request{Select: sel}, 0)
	if err != nil {
		return nil, err
	}
	out := &Hints{Searches: []HintSearch{}, Ask: []Adviser{}}
	for _, h := range found {
		one := HintSearch{Without: h.Without, Word: h.Word, Select: h.Select.String(), Total: h.Total, Estimated: h.Estimated}
		if h.Topic != nil {
			one.Topic = h.Topic.Name
		}
		out.Searches = append(out.Searches, one)
	}
	cat := s.cats.Current()
	for _, m := range search.Advisers(cat, sel) {
		out.Ask = append(out.Ask, Adviser{&ItemMember{Slug: m.Slug, Name: m.Name.In(m.Languages...)}, m.URL})
	}
	if contact := cat.Hub.Links.Contact; len(out.Ask) == 0 && contact != "" {
		out.Ask = append(out.Ask, Adviser{URL: contact})
	}
	return out, nil
}
