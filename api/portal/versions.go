package portal

import (
	"context"
	"errors"
	"strings"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
)

// versions are links to the other language versions of an item
// ([federation.Item.Same]), in the order of [federation.Languages]. They are
// looked for among what its member published at the same moment, or what takes place then.
func (p *Portal) versions(ctx context.Context, v visit, it federation.Item) ([]languageLink, error) {
	if it.Same == "" {
		return nil, nil
	}
	var out []languageLink
	at := federation.Bound{Time: it.Date()}
	if it.Event != nil && !it.Event.Start.IsZero() {
		at.Time = it.Event.Start // events are found by their own dates
	}
	own, _, _ := strings.Cut(it.Language, "-")
	for _, lang := range federation.Languages {
		if lang == own {
			continue
		}
		found, err := p.first(ctx, v, federation.Selection{Members: []string{it.Member}, Types: []federation.ItemType{it.Type},
			Languages: []string{lang}, From: at, To: at}, federation.MaxLimit)
		if errors.Is(err, search.ErrNotLevel) { // the item itself is there
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		for _, f := range found {
			if f.Same == it.Same && f.ID != it.ID {
				out = append(out, languageLink{Code: lang, Name: ownName(lang), URL: v.itemURL(f.ID)})
			}
		}
	}
	return out, nil
}
