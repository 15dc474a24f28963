package search

import (
	"slices"
	"strings"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search/text"
)

// formsIn are the forms in items that a query may have meant: the words as they
// are, of the same stem in the item's language, and for a last word that goes
// on those that begin with it. It is for engines that do not tell what matched.
func formsIn(query string, items []federation.Item) []string {
	asked := text.Tokens(nil, query)
	if len(asked) == 0 {
		return nil
	}
	m := formMatcher{asked: asked, open: asked[len(asked)-1].Open(query), met: map[string]bool{}}
	for _, it := range items {
		lang := ""
		for _, l := range text.Langs {
			if federation.MatchLanguage(l, it.Language) {
				lang = l
			}
		}
		for _, s := range []string{it.Title, it.Summary, it.Content.Text()} {
			m.take(lang, s)
		}
	}
	return m.out
}

type formMatcher struct {
	asked []text.Token
	open  bool
	met   map[string]bool // by language and form
	out   []string
}

func (m *formMatcher) take(lang, s string) {
	for _, t := range text.Tokens(nil, s) {
		key := lang + " " + t.Form
		if m.met[key] {
			continue
		}
		m.met[strings.Clone(key)] = true
		if m.means(lang, t.Form) && !slices.Contains(m.out, t.Form) {
			m.out = append(m.out, strings.Clone(t.Form))
		}
	}
}

func (m *formMatcher) means(lang, form string) bool {
	for i, a := range m.asked {
		if len(m.asked) > 1 && text.IsStop(lang, a.Form) {
			continue
		}
		if a.Form == form || a.Alt == form || lang != "" && text.Stem(lang, a.Form) == text.Stem(lang, form) ||
			m.open && i == len(m.asked)-1 && strings.HasPrefix(form, a.Form) {
			return true
		}
	}
	return false
}
