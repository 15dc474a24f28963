package page

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// reopened are the formatting elements that the parser opens again in the next
// block when they were left open (WHATWG HTML, 13.2.4.3).
var reopened = map[atom.Atom]bool{
	atom.A: true, atom.B: true, atom.Big: true, atom.Code: true, atom.Em: true, atom.Font: true, atom.I: true, atom.Nobr: true,
	atom.S: true, atom.Small: true, atom.Strike: true, atom.Strong: true, atom.Tt: true, atom.U: true,
}

// tangled reports whether the page would parse to a tree out of proportion to
// it, or to more elements than are worked on. It only counts tags.
func tangled(text string) bool {
	open, tags, copies := 0, 0, 0
	z := html.NewTokenizer(strings.NewReader(text))
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
		case !reopened[atom.Lookup(name)]:
			copies += open
		case kind == html.StartTagToken:
			open++
		case open > 0:
			open--
		}
		if copies > 100_000+16*tags || tags > 3*maxElements {
			return true
		}
	}
}

// deeper reports whether any element stands below n more than limit deep. It
// does not recurse.
func deeper(n *html.Node, limit int) bool {
	depth := 0
	for c := n; ; {
		switch {
		case c.FirstChild != nil:
			c = c.FirstChild
			if depth++; depth > limit {
				return true
			}
		default:
			for c != n && c.NextSibling == nil {
				c = c.Parent
				depth--
			}
			if c == n {
				return false
			}
			c = c.NextSibling
		}
	}
}

// elements counts the elements below n.
func elements(n *html.Node) int {
	count := 0
	for c := range n.Descendants() {
		if c.Type == html.ElementNode {
			count++
		}
	}
	return count
}
