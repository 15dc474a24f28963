package portal

import (
	"slices"
	"strings"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
)

// looser is a wider search that finds more.
type looser struct {
	Text, Count, URL string
}

const (
	// mostWords bounds the searches made for single words of a query.
	mostWords = 4
	// shortWord is the length up to which a word is left out: articles.
	shortWord = 3
)

// looser tries the selection without each of its filters, without all of
// them, and with each word alone, and keeps what finds more than total.
func (p *Portal) looser(v visit, sel federation.Selection, total int) ([]looser, error) {
	var out []looser
	try := func(text string, s federation.Selection) error {
		s.Cursor, s.Limit = "", 1
		a, err := p.search.Search(v.Context(), search.Request{Select: s, Language: v.Lang})
		if err == nil && a.Total > total {
			s.Limit = sel.Limit
			out = append(out, looser{text, v.resultsHeading(a.Total, a.Estimated, ""), v.searchLink(s)})
		}
		return err
	}
	groups := 0
	for _, key := range append([]string{"near", "postcode", "from", "to"}, listKeys...) {
		wider := without(sel, key, "")
		if wider.Filter().String() == sel.Filter().String() {
			continue
		}
		if key == "postcode" || key == "near" {
			wider = v.athome(wider, sel)
		}
		groups++
		if err := try(v.T("looser_without", "Group", v.T("facet_"+key)), wider); err != nil {
			return nil, err
		}
	}
	if groups > 1 {
		if err := try(v.T("looser_all"), v.athome(federation.Selection{Words: sel.Words, As: sel.As}, sel)); err != nil {
			return nil, err
		}
	}
	for _, word := range longWords(sel.Words) {
		one := sel
		one.Words = word
		if err := try(v.T("looser_word", "Word", word), one); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// athome is a wider search that puts first what the place of a narrower one has.
func (v visit) athome(wider, sel federation.Selection) federation.Selection {
	home := federation.Selection{As: strings.ToLower(sel.Postcode)}
	if sel.Near != nil {
		if m := v.cat.At(*sel.Near); m != nil {
			home.As = m.Slug
		}
	}
	if wider.As == "" && home.As != "" && v.nobodys(home) == nil {
		wider.As = home.As
	}
	return wider
}

// adviser is somebody to ask who publishes, or runs the portal.
type adviser struct {
	Name label
	URL  string
}

// mostAdvisers bounds whom a page without results sends its reader to.
const mostAdvisers = 3

// advisers are whom to ask about what was not found: the members that were
// chosen or serve the postal code, else the operator.
func (v visit) advisers(sel federation.Selection) (out []adviser) {
	for _, slug := range append(slices.Clone(sel.Members), v.cat.Serving(sel.Postcode)...) {
		m, err := v.cat.Member(slug)
		if err != nil || !onWeb(m.URL) || len(out) == mostAdvisers {
			continue
		}
		if one := (adviser{v.name(m.Name), m.URL}); !slices.Contains(out, one) {
			out = append(out, one)
		}
	}
	if contact := v.cat.Hub.Links.Contact; len(out) == 0 && contact != "" {
		out = append(out, adviser{v.brand().Name, contact})
	}
	return out
}

// longWords are the first telling words of a query that has several.
func longWords(query string) []string {
	fields := strings.Fields(query)
	if len(fields) < 2 {
		return nil
	}
	var words []string
	for _, w := range fields {
		if len([]rune(w)) > shortWord && len(words) < mostWords {
			words = append(words, w)
		}
	}
	return words
}
