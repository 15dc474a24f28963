package search

import (
	"context"
	"slices"
	"strings"

	"github.com/plonegov/carillon/federation"
)

// Hint is another search that finds more than one did. One of Without, Word and
// Topic says what is other about it.
type Hint struct {
	Without   string            // key of a filter that is left out; [EveryFilter] = all of them
	Word      string            // the only one of the words that is kept
	Topic     *federation.Topic // that is listed in place of words that mean it
	Select    federation.Selection
	Total     int
	Estimated bool
}

// EveryFilter stands for all filters in [Hint.Without].
const EveryFilter = "*"

const (
	// mostTried bounds the searches made for single words of a query.
	mostTried = 4
	// shortWord is the length up to which a word is left out: articles.
	shortWord = 3
)

// narrowing are the keys of a selection that filter, as hints try them.
var narrowing = []string{"near", "postcode", "from", "to", "member", "type", "category", "lang", "source", "channel"}

// Hints tells of what finds more than the total that a request did: the request
// without each of its filters, without all of them, the topic that its words
// mean, and each of its words alone. Around a place that is left out, what is
// there comes first: see [federation.Catalogue.Home]. Each hint costs a search
// of the kind of the request; they are for where little was found.
func (s *Service) Hints(ctx context.Context, r Request, total int) ([]Hint, error) {
	cat := s.catalogue.Current()
	var out []Hint
	for _, h := range hintsOf(cat, r.Select) {
		limit := h.Select.Limit
		h.Select.Limit = 1
		a, err := s.Search(ctx, Request{Select: h.Select, Language: r.Language})
		if err != nil {
			return nil, err
		}
		if h.Select.Limit = limit; a.Total > total {
			h.Total, h.Estimated = a.Total, a.Estimated
			out = append(out, h)
		}
	}
	return out, nil
}

// hintsOf are what is worth trying.
func hintsOf(cat *federation.Catalogue, sel federation.Selection) (out []Hint) {
	sel.Cursor = ""
	for _, key := range narrowing {
		wider := sel.Without(key, "")
		if wider.Filter().String() == sel.Filter().String() {
			continue
		}
		if key == "postcode" || key == "near" {
			wider = homely(cat, wider, sel)
		}
		out = append(out, Hint{Without: key, Select: wider})
	}
	if len(out) > 1 {
		out = append(out, Hint{Without: EveryFilter, Select: homely(cat, federation.Selection{Words: sel.Words, As: sel.As, Limit: sel.Limit}, sel)})
	}
	if t := cat.TopicOf(sel.Words); t != nil && !slices.Contains(sel.Categories, t.Slug) {
		about := sel
		about.Words, about.Categories = "", []string{t.Slug}
		out = append(out, Hint{Topic: t, Select: about})
	}
	for _, word := range longWords(sel.Words) {
		one := sel
		one.Words = word
		out = append(out, Hint{Word: word, Select: one})
	}
	return out
}

// homely is a wider search that puts first what the place of a narrower one has.
func homely(cat *federation.Catalogue, wider, sel federation.Selection) federation.Selection {
	as := strings.ToLower(sel.Postcode)
	if sel.Near != nil {
		if m := cat.At(*sel.Near); m != nil {
			as = m.Slug
		}
	}
	if _, err := cat.Home(as); wider.As == "" && err == nil {
		wider.As = as
	}
	return wider
}

// longWords are the first telling words of a query that has several, whether
// they stand in quotes or not; what is to be left out is none.
func longWords(query string) []string {
	fields := strings.Fields(strings.ReplaceAll(query, `"`, " "))
	if len(fields) < 2 {
		return nil
	}
	var words []string
	for _, w := range fields {
		if w[0] != '-' && len([]rune(w)) > shortWord && len(words) < mostTried {
			words = append(words, w)
		}
	}
	return words
}

// mostAdvisers bounds whom somebody who found nothing is sent to.
const mostAdvisers = 3

// Advisers are the members to ask about what was not found: those that were
// chosen, serve the postal code, or are the reader's own; at most three, each
// with a home page.
func Advisers(cat *federation.Catalogue, sel federation.Selection) (out []*federation.Member) {
	slugs := append(slices.Clone(sel.Members), cat.Serving(sel.Postcode)...)
	if _, err := cat.Member(sel.As); err == nil {
		slugs = append(slugs, sel.As)
	} else if sel.As != "" {
		slugs = append(slugs, cat.Serving(sel.As)...)
	}
	for _, slug := range slugs {
		m, err := cat.Member(slug)
		if err == nil && m.URL != "" && len(out) < mostAdvisers && !slices.Contains(out, m) {
			out = append(out, m)
		}
	}
	return out
}
