package portal

import (
	"net/url"
	"strings"

	"github.com/plonegov/carillon/search"
)

// recommended is what the operator puts first: an item's card, or a page
// elsewhere.
type recommended struct {
	Card        *card
	URL         string
	Title, Text label
	Host        string // where the page is
}

func (v visit) recommended(best []search.Best) []recommended {
	out := make([]recommended, 0, len(best))
	for _, b := range best {
		if b.Link == nil {
			out = append(out, recommended{Card: &v.cards([]search.Found{*b.Found})[0]})
			continue
		}
		r := recommended{URL: b.Link.URL, Title: v.name(b.Link.Title), Text: v.name(b.Link.Text)}
		if u, err := url.Parse(b.Link.URL); err == nil {
			r.Host = strings.TrimPrefix(u.Hostname(), "www.")
		}
		out = append(out, r)
	}
	return out
}
