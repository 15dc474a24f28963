package search

import (
	"strings"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search/text"
)

// snippetLength is how many characters of an item's text a result shows.
const snippetLength = 220

// marker marks the word forms that an engine matched. It tokenises the few
// items shown rather than asking the index to keep every text.
type marker struct {
	forms map[string]bool
}

func newMarker(forms []string) marker {
	m := marker{forms: make(map[string]bool, len(forms))}
	for _, f := range forms {
		m.forms[f] = true
	}
	return m
}

// mark returns the item's title with its matches marked, and the part of its
// text that tells most about the match.
func (m marker) mark(it federation.Item) Marked {
	body := it.Summary
	if !m.in(body) {
		if full := it.Content.Text(); m.in(full) {
			body = full
		}
	}
	return Marked{
		Title:   string(text.Highlight(nil, it.Title, m.match)),
		Summary: text.Snippet(strings.Join(strings.Fields(body), " "), m.match, snippetLength),
	}
}

func (m marker) match(t text.Token) bool {
	if m.forms[t.Form] || (t.Alt != "" && m.forms[t.Alt]) {
		return true
	}
	for form := range strings.FieldsSeq(t.Also) {
		if m.forms[form] {
			return true
		}
	}
	return false
}

// in reports whether any match stands in s.
func (m marker) in(s string) bool {
	if len(m.forms) == 0 {
		return false
	}
	for _, t := range text.Tokens(nil, s) {
		if m.match(t) {
			return true
		}
	}
	return false
}
