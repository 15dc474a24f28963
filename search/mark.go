package search

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search/text"
)

// snippetLength is how many characters of an item's text a result shows.
const snippetLength = 220

// marker marks the word forms that an engine matched. It tokenises the few
// items shown rather than asking the index to keep every text.
type marker struct {
	forms  map[string]bool
	begins [4]uint64 // a bit for each byte that a form begins with
	marks  *text.Marker
}

// spares keep the memory of markers, some hundred kB each.
var spares = sync.Pool{New: func() any { return text.NewMarker(nil) }}

// newMarker returns a marker, to be let go of by free.
func newMarker(forms []string) *marker {
	m := &marker{forms: make(map[string]bool, len(forms)), marks: spares.Get().(*text.Marker)}
	for _, f := range forms {
		if f != "" {
			m.forms[f] = true
			m.begins[f[0]>>6] |= 1 << (f[0] & 63)
		}
	}
	m.marks.Reset(m.match)
	return m
}

func (m *marker) free() {
	m.marks.Reset(nil)
	spares.Put(m.marks)
	m.marks = nil
}

// mark returns the item's title with its matches marked, and the part of its
// text that tells most about the match. Each text is cut into words once, and
// not at all when there is nothing to mark.
func (m *marker) mark(it federation.Item) Marked {
	if len(m.forms) == 0 {
		return Marked{Title: string(text.Highlight(nil, it.Title, nil)), Summary: text.Snippet(oneLine(it.Summary), nil, snippetLength)}
	}
	out := Marked{Title: m.marks.Highlight(it.Title)}
	if !m.marks.Read(oneLine(it.Summary)) && !m.marks.Read(it.Content.Line()) {
		m.marks.Read(oneLine(it.Summary))
	}
	out.Summary = m.marks.Snippet(snippetLength)
	return out
}

// oneLine is s with single spaces for white space, s itself where it has no other.
func oneLine(s string) string {
	last := byte(' ')
	for i := range len(s) {
		c := s[i]
		switch {
		case c == ' ' && last == ' ', c != ' ' && c <= ' ':
			return strings.Join(strings.Fields(s), " ")
		case c >= utf8.RuneSelf && maySpace(s[i:]):
			return strings.Join(strings.Fields(s), " ")
		}
		last = c
	}
	return strings.TrimSuffix(s, " ")
}

// maySpace reports whether s may begin with white space beyond ASCII: U+0085,
// U+00A0, U+1680, U+2000 to U+205F and U+3000.
func maySpace(s string) bool {
	switch s[0] {
	case 0xC2, 0xE1, 0xE2, 0xE3:
		r, _ := utf8.DecodeRuneInString(s)
		return unicode.IsSpace(r)
	}
	return false
}

func (m *marker) match(t text.Token) bool {
	return m.has(t.Form) || t.Alt != "" && m.has(t.Alt)
}

// has spares most words the look-up.
func (m *marker) has(form string) bool {
	b := form[0]
	return m.begins[b>>6]&(1<<(b&63)) != 0 && m.forms[form]
}
