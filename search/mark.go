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
// text that tells most about the match. Each text is cut into words once, and
// not at all when there is nothing to mark.
func (m marker) mark(it federation.Item) Marked {
	if len(m.forms) == 0 {
		return Marked{Title: string(text.Highlight(nil, it.Title, nil)), Summary: text.Snippet(oneLine(it.Summary), nil, snippetLength)}
	}
	body := text.Cut(oneLine(it.Summary))
	if !body.Has(m.match) {
		if full := text.Cut(oneLine(it.Content.Text())); full.Has(m.match) {
			body = full
		}
	}
	return Marked{Title: string(text.Highlight(nil, it.Title, m.match)), Summary: body.Snippet(m.match, snippetLength)}
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

func (m marker) match(t text.Token) bool {
	return m.forms[t.Form] || (t.Alt != "" && m.forms[t.Alt])
}
