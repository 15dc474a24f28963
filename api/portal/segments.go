package portal

import (
	"html"
	"strings"
)

// segment is a piece of text, marked where it matched the words searched.
type segment struct {
	Text string
	Mark bool
}

// segments takes search.Marked's HTML, whose only elements are <mark>, apart
// into plain text, so that templates escape it like any other and no string
// is ever trusted as HTML.
func segments(marked string) []segment {
	var out []segment
	add := func(s string, mark bool) {
		if s != "" {
			out = append(out, segment{html.UnescapeString(s), mark})
		}
	}
	for marked != "" {
		plain, rest, found := strings.Cut(marked, "<mark>")
		add(plain, false)
		if !found {
			break
		}
		var match string
		match, marked, _ = strings.Cut(rest, "</mark>")
		add(match, true)
	}
	return out
}
