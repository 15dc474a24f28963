package page

import (
	"golang.org/x/net/html"
)

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
