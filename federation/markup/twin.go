package markup

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// twin reports whether a picture that a script would fill is shown by the
// <noscript> beside it, which is for readers without one, as here: it is left to
// that. The two may have the same address, or the one with the script holds
// nothing but a placeholder.
func (w *writer) twin(n *html.Node, src string) bool {
	for _, beside := range []*html.Node{neighbour(n, after), neighbour(n, before)} {
		if beside == nil || beside.DataAtom != atom.Noscript {
			continue
		}
		img := firstImage(beside)
		if img == nil {
			continue
		}
		if shown, ok := w.picture(img); ok && (shown == src || waits(n)) {
			return true
		}
	}
	return false
}

// neighbour is the node before or after n that is more than white space.
func neighbour(n *html.Node, step func(*html.Node) *html.Node) *html.Node {
	n = step(n)
	for n != nil && n.Type == html.TextNode && strings.Trim(n.Data, space) == "" {
		n = step(n)
	}
	return n
}

func before(n *html.Node) *html.Node { return n.PrevSibling }
func after(n *html.Node) *html.Node  { return n.NextSibling }

func firstImage(n *html.Node) *html.Node {
	for d := range n.Descendants() {
		if d.DataAtom == atom.Img {
			return d
		}
	}
	return nil
}

// waits reports whether a picture is marked as one that a script fills later.
func waits(n *html.Node) bool {
	for _, key := range late {
		if valueOf(n.Attr, key) != "" {
			return true
		}
	}
	return strings.Contains(strings.ToLower(valueOf(n.Attr, "class")), "lazy")
}
