package search

import (
	"context"
	"fmt"
	"strings"
	"unicode"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search/text"
)

// Typed asks for suggestions.
type Typed struct {
	Prefix   string
	Language string   // of the reader; "" = none
	Members  []string // slugs: only what they publish counts; empty = all
	Most     int      // suggestions wanted
}

// SuggestAlso has what people ask often among the suggestions. It is to be
// called before the first.
func (s *Service) SuggestAlso(c *Counter) { s.frequent = c }

// mostOffers bounds frequent queries and topics among the suggestions of one answer.
const mostOffers = 3

// Suggest returns whole queries that begin as was typed, at most as many as
// are wanted: frequent queries, topics, words of titles and phrases of titles, those in the
// reader's language first. Each finds an item that holds all its words; no two
// differ in case, accents or punctuation alone. Errors wrap ErrNotFound for an
// unknown member, and ErrUnavailable while the index is made.
func (s *Service) Suggest(ctx context.Context, t Typed) ([]string, error) {
	if err := s.ready(); err != nil {
		ReadsOf(ctx).Never()
		return nil, err
	}
	cat := s.catalogue.Current()
	for _, slug := range t.Members {
		if _, err := cat.Member(slug); err != nil {
			return nil, err
		}
	}
	b := Beginning{Prefix: t.Prefix, Language: t.Language, Members: cat.Resolve(federation.Selection{Members: t.Members}).Members, Most: t.Most}
	if present := cat.Current(); len(b.Members) == 0 && len(present) == 1 {
		b.Members = []string{present[0].Slug} // nobody else is to have a share
	}
	b.Offers = topicOffers(cat, t)
	if s.frequent != nil {
		b.Offers = append(s.frequent.Frequent(t.Prefix, t.Language), b.Offers...)
	}
	c, err := s.index.Suggest(ctx, b)
	if err == nil {
		err = s.ready()
	}
	if err != nil {
		return nil, fmt.Errorf("suggest %q: %w", t.Prefix, err)
	}
	items, err := s.reader.Items(ctx, c.Items, "")
	if err != nil {
		return nil, fmt.Errorf("suggest %q: %w", t.Prefix, err)
	}
	return suggestions(b, c, phrases(b, c, items)), nil
}

// topicOffers are the names of topics, in the reader's language, in which a
// word begins as the words that were typed.
func topicOffers(cat *federation.Catalogue, t Typed) (out []string) {
	typed := text.Tokens(nil, t.Prefix)
	if len(typed) == 0 {
		return nil
	}
	ends := typed[len(typed)-1].End == len(t.Prefix)
	for _, topic := range cat.Topics {
		name := topic.Name.In(t.Language)
		if begins(text.Tokens(nil, name), typed, ends) {
			out = append(out, name)
		}
		if len(out) == 4*mostOffers {
			break
		}
	}
	return out
}

// begins reports whether the words typed stand in a row in words, the last of
// them begun or, unless it goes on, whole.
func begins(words, typed []text.Token, goesOn bool) bool {
	for at := 0; at+len(typed) <= len(words); at++ {
		n := 0
		for n < len(typed) && same(words[at+n], typed[n], goesOn && n == len(typed)-1) {
			n++
		}
		if n == len(typed) {
			return true
		}
	}
	return false
}

// same reports whether two words are spelt alike or, with begun, one begins
// with the other.
func same(w, typed text.Token, begun bool) bool {
	for _, a := range []string{w.Form, w.Alt} {
		for _, b := range []string{typed.Form, typed.Alt} {
			if a != "" && b != "" && (a == b || begun && strings.HasPrefix(a, b)) {
				return true
			}
		}
	}
	return false
}

// suggestions puts together what was found: offers, then words and phrases in
// the reader's language, then the others.
func suggestions(b Beginning, c Completions, phrases []Completion) []string {
	list := make([]Completion, 0, len(c.Offers)+len(c.Words)+len(phrases))
	for _, o := range c.Offers[:min(len(c.Offers), mostOffers)] {
		list = append(list, Completion{Query: o})
	}
	words := c.Words
	room := max((b.Most+1)/2, b.Most-len(list)-len(phrases)) // phrases have the other half
	words = words[:min(room, len(words))]
	for _, native := range []bool{true, false} {
		for _, of := range [][]Completion{words, phrases} {
			for _, one := range of {
				if one.Native == native {
					list = append(list, one)
				}
			}
		}
	}
	share, said := NewShare(b), map[string]bool{foldedWords(b.Prefix): true}
	var out []string
	for _, one := range list {
		key := foldedWords(one.Query)
		if len(out) == b.Most || said[key] || !share.Take(one.Member) {
			continue
		}
		said[key] = true
		out = append(out, one.Query)
	}
	return out
}

// foldedWords is a text by its words alone: two that differ in case, accents
// or punctuation are one.
func foldedWords(s string) string {
	var b strings.Builder
	for _, t := range text.Tokens(nil, s) {
		b.WriteString(t.Form)
		b.WriteByte(' ')
	}
	return b.String()
}

// hasSign reports whether a text has what no query for people has: an address,
// markup, a control character.
func hasSign(s string) bool {
	return strings.ContainsAny(s, "@<>{}\\^~*=_") || strings.Contains(s, "://") || strings.Contains(strings.ToLower(s), "www.") ||
		strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) || r == unicode.ReplacementChar })
}
