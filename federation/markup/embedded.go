package markup

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// maxName bounds the words of such a link, in characters.
const maxName = 200

// embedded writes what shows another document in the page (a film, a sound, a
// map) as a link to it, by its title or its host: nothing foreign is shown here,
// and what an author published must be reachable. It reports whether n was one.
func (w *writer) embedded(n *html.Node) bool {
	var to string
	switch n.DataAtom {
	case atom.Iframe, atom.Embed:
		to = cmp.Or(valueOf(n.Attr, "src"), valueOf(n.Attr, "data-src"))
	case atom.Video, atom.Audio:
		to = valueOf(n.Attr, "src")
		for c := n.FirstChild; c != nil && to == ""; c = c.NextSibling {
			if c.DataAtom == atom.Source {
				to = valueOf(c.Attr, "src")
			}
		}
	case atom.Object:
		to = valueOf(n.Attr, "data")
		for c := n.FirstChild; c != nil && to == ""; c = c.NextSibling {
			if c.DataAtom == atom.Embed {
				to = valueOf(c.Attr, "src")
			}
		}
	default:
		return false
	}
	to, ok := address(to, w.base, linkAddress)
	u, err := url.Parse(to)
	if !ok || err != nil || u.Host == "" || slices.Contains(w.open, atom.A) {
		return true
	}
	name := strings.TrimSpace(cleanRunes(cmp.Or(valueOf(n.Attr, "title"), valueOf(n.Attr, "aria-label"), u.Hostname())))
	if r := []rune(name); len(r) > maxName {
		name = string(r[:maxName]) + "…"
	}
	w.start(atom.A, []html.Attribute{{Key: "href", Val: to}}, elements[atom.A], "")
	writeText(&w.out, name)
	w.out.WriteString("</a>")
	return true
}
