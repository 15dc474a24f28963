package markup

import (
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// writer writes what the policy keeps of a parsed tree. It is the first wall:
// nothing reaches out but names from the tables and escaped values.
type writer struct {
	out     strings.Builder
	base    *url.URL
	open    []atom.Atom // elements written and not yet closed, outermost first
	deepest int
	settled bool
}

func (w *writer) node(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		writeText(&w.out, n.Data)
	case html.ElementNode:
		w.element(n)
	}
}

func (w *writer) element(n *html.Node) {
	// An element of SVG or MathML may share its name with one of HTML.
	if n.Namespace != "" || w.out.Len() > elementEnd || w.embedded(n) || removed[n.DataAtom] {
		return
	}
	name := n.DataAtom
	if to, ok := renamed[name]; ok {
		name = to
	}
	own, ok := elements[name]
	if !ok || name == 0 || w.pointless(n) {
		w.children(n)
		return
	}
	if name == atom.Img {
		if src, ok := w.picture(n); ok && !w.twin(n, src) {
			w.start(name, n.Attr, own, src)
		}
		return
	}
	w.start(name, n.Attr, own, "")
	if void[name] {
		return
	}
	w.open = append(w.open, name)
	w.deepest = max(w.deepest, len(w.open))
	if name == atom.Pre && n.FirstChild != nil && strings.HasPrefix(n.FirstChild.Data, "\n") {
		w.out.WriteByte('\n') // the parser drops the first one
	}
	w.children(n)
	w.open = w.open[:len(w.open)-1]
	w.out.WriteString("</" + name.String() + ">")
}

func (w *writer) children(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.node(c)
	}
}

// start writes a start tag. A picture's address has been found before and comes
// as src.
func (w *writer) start(name atom.Atom, attrs []html.Attribute, own attributes, src string) {
	if w.settled {
		w.settled = settles(name, w.open)
	}
	w.out.WriteString("<" + name.String())
	if src != "" {
		w.attribute("src", src)
	}
	for _, a := range attrs[:min(len(attrs), maxAttributes)] {
		if a.Namespace != "" || a.Key == "src" {
			continue
		}
		if val, ok := w.value(a, own); ok {
			w.attribute(a.Key, val)
			if name == atom.A && a.Key == "href" {
				w.attribute("rel", linkRel)
			}
		}
	}
	w.out.WriteByte('>')
}

// value returns the attribute's value as the policy wants it, and whether it
// keeps it.
func (w *writer) value(a html.Attribute, own attributes) (string, bool) {
	r, ok := own[a.Key]
	if !ok {
		if r, ok = everywhere[a.Key]; !ok {
			return "", false
		}
	}
	if r.address != noAddress {
		return address(a.Val, w.base, r.address)
	}
	val := strings.TrimSpace(cleanRunes(a.Val))
	if a.Key == "class" {
		val = strings.Join(slices.DeleteFunc(strings.Fields(val), func(c string) bool {
			return !class.MatchString(c)
		}), " ")
	}
	if r.pattern != nil {
		return val, r.pattern.MatchString(val)
	}
	return val, len(val) <= maxAddress
}

func (w *writer) attribute(key, val string) {
	w.out.WriteString(" " + key + `="`)
	writeValue(&w.out, val)
	w.out.WriteByte('"')
}

// pointless reports whether an element says nothing once the policy has taken
// its attributes: a link without address, a span without class or language.
func (w *writer) pointless(n *html.Node) bool {
	if n.DataAtom != atom.A && n.DataAtom != atom.Span {
		return false
	}
	own := elements[n.DataAtom]
	return !slices.ContainsFunc(n.Attr[:min(len(n.Attr), maxAttributes)], func(a html.Attribute) bool {
		if n.DataAtom == atom.A && a.Key != "href" {
			return false
		}
		_, ok := w.value(a, own)
		return ok && a.Namespace == ""
	})
}
