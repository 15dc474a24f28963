package markup

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// formatting holds the elements the parser opens again in the next block when
// they were left open: WHATWG HTML, 13.2.4.3, the list of active formatting
// elements.
var formatting = map[atom.Atom]bool{
	atom.A: true, atom.B: true, atom.Big: true, atom.Code: true, atom.Em: true, atom.Font: true,
	atom.I: true, atom.Nobr: true, atom.S: true, atom.Small: true, atom.Strike: true,
	atom.Strong: true, atom.Tt: true, atom.U: true,
}

// Tangled reports whether parsing s could make a tree out of proportion to it, or
// has more tags than most.
// Formatting elements left open are copied into every later block, so a few
// hundred of them before many thousand <p> would make millions of nodes. Short
// input cannot, and costs only the counting of its tags.
func Tangled(s string, most int) bool {
	const few = 400
	if strings.Count(s, "<") <= few {
		return false
	}
	var open, tags, copies int
	z := html.NewTokenizer(strings.NewReader(s))
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			return false
		}
		if kind != html.StartTagToken && kind != html.EndTagToken {
			continue
		}
		name, _ := z.TagName()
		tags++
		switch {
		case !formatting[atom.Lookup(name)]:
			copies += open
		case kind == html.StartTagToken:
			open++
		case open > 0:
			open--
		}
		if copies > few*few+16*tags || tags > most {
			return true
		}
	}
}
