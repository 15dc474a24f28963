package markup

import (
	"slices"

	"golang.org/x/net/html/atom"
)

// closesParagraph holds the elements kept whose start tag ends an open <p>:
// WHATWG HTML, 13.2.6.4.7.
var closesParagraph = map[atom.Atom]bool{
	atom.Article: true, atom.Aside: true, atom.Blockquote: true, atom.Dd: true, atom.Details: true,
	atom.Div: true, atom.Dl: true, atom.Dt: true, atom.Figcaption: true, atom.Figure: true,
	atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true,
	atom.Hr: true, atom.Li: true, atom.Ol: true, atom.P: true, atom.Pre: true, atom.Section: true,
	atom.Summary: true, atom.Ul: true,
}

// settles reports whether the parser would surely put an element called name
// inside the elements open, and nowhere else. False means that this is not known,
// and that what was written is parsed once more to find out, which is slower but
// right; true must never be wrong. Of tables it is never known.
func settles(name atom.Atom, open []atom.Atom) bool {
	parent := atom.Atom(0)
	if len(open) > 0 {
		parent = open[len(open)-1]
	}
	switch name {
	case atom.Table, atom.Caption, atom.Thead, atom.Tbody, atom.Tfoot, atom.Tr, atom.Td, atom.Th:
		return false
	case atom.A:
		return !slices.Contains(open, atom.A)
	case atom.Li:
		return parent == atom.Ul || parent == atom.Ol
	case atom.Dt, atom.Dd:
		return parent == atom.Dl
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		if slices.ContainsFunc(open, isHeading) {
			return false
		}
	}
	return !closesParagraph[name] || !slices.Contains(open, atom.P)
}

func isHeading(a atom.Atom) bool {
	switch a {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return true
	}
	return false
}
