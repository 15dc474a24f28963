package feed

import (
	"cmp"
	"strings"

	"github.com/plonegov/carillon/harvester/read"
)

// valueOf names the attribute that holds the value of an element, where other
// kinds of feed have it as text.
var valueOf = map[string]string{"link": "href", "category": "term"}

// maxGroups bounds elements in elements; the ring of a polygon of a place is
// five.
const maxGroups = 8

// element rewrites one element, given its opening tag, and moves s behind it.
func (r *rewriter) element(s *read.Scanner, t read.Token, sc *scope, depth int) {
	prefix, local := sc.vocabulary(t.Name)
	e := find(r.table, prefix, local)
	if e.as == "link" && e.form == plain && read.Attr(t.Attrs, "rel") != "" { // Atom's, without its prefix
		e = element{"atom:link", bare}
	}
	switch {
	case e.form == skip || e.form == group && depth == maxGroups:
		r.inside(s, t)
	case e.form == bare:
		r.bare(e.as, s, t, sc)
	case e.form == plain:
		r.plain(e.as, s, t, sc)
	case e.form == rich:
		r.rich(e.as, s, t, sc, r.atom && prefix == "" || prefix == "atom")
	case e.form == group:
		r.group(e.as, s, t, sc, depth)
	}
}

func (r *rewriter) bare(as string, s *read.Scanner, t read.Token, sc *scope) {
	attrs := t.Attrs
	if name := valueOf[as]; name != "" && read.Attr(attrs, name) == "" { // <link>address</link>
		attrs += " " + name + `="` + escapeAttr.Replace(r.inside(s, t).text()) + `"`
	}
	r.open(as, attrs, sc)
	r.out.WriteString("</" + as + ">")
}

func (r *rewriter) plain(as string, s *read.Scanner, t read.Token, sc *scope) {
	r.open(as, t.Attrs, sc)
	text := r.inside(s, t).text()
	switch as {
	case "link", "url", "uri":
		text = resolveIf(sc.base, text)
	case "cc:license": // in an attribute: RDF, Media RSS, podcasts
		text = cmp.Or(read.Attr(t.Attrs, "resource"), read.Attr(t.Attrs, "href"), read.Attr(t.Attrs, "url"), text)
	case "category":
		if text == "" { // as in Atom
			text = cmp.Or(read.Attr(t.Attrs, "term"), read.Attr(t.Attrs, "label"))
		}
	}
	writeCDATA(r.out, text)
	r.out.WriteString("</" + as + ">")
}

// baseOf is where the xml:base of a text is noted.
var baseOf = map[string]string{"content": "content", "content:encoded": "content", "summary": "summary", "description": "summary"}

// rich writes a text as HTML; typed says that its type attribute counts.
func (r *rewriter) rich(as string, s *read.Scanner, t read.Token, sc *scope, typed bool) {
	in := r.inside(s, t)
	if as == "content" && in.markup && r.alert(in, sc) {
		return
	}
	in.scope = sc
	r.out.WriteString("<" + as + ">")
	writeCDATA(r.out, construct(in, t.Attrs, typed))
	r.out.WriteString("</" + as + ">")
	if name := baseOf[as]; r.inItem && name != "" && read.Attr(t.Attrs, "base") != "" {
		r.annotate(name, sc.base)
	}
	if src := read.Attr(t.Attrs, "src"); src != "" && as == "content" { // elsewhere: RFC 4287, 4.1.3.2
		r.open("link", `rel="enclosure" href="`+escapeAttr.Replace(src)+`" type="`+escapeAttr.Replace(read.Attr(t.Attrs, "type"))+`"`, sc)
		r.out.WriteString("</link>")
	}
}

// alert rewrites the CAP alert that is the content of an entry; false when it
// is something else.
func (r *rewriter) alert(in inner, sc *scope) bool {
	s := &read.Scanner{Doc: in.raw}
	for t, ok := s.Next(); ok; t, ok = s.Next() {
		if t.Kind != read.OpenTag {
			continue
		}
		within := sc.within(t.Attrs)
		if prefix, local := within.vocabulary(t.Name); prefix != "cap" || local != "alert" {
			return false
		}
		r.element(s, t, within, 0)
		return true
	}
	return false
}

func (r *rewriter) group(as string, s *read.Scanner, t read.Token, sc *scope, depth int) {
	r.open(as, t.Attrs, sc)
	in := r.inside(s, t)
	if in.markup {
		sub := &read.Scanner{Doc: in.raw}
		for t, ok := sub.Next(); ok; t, ok = sub.Next() {
			if t.Kind == read.OpenTag || t.Kind == read.EmptyTag {
				r.element(sub, t, sc.within(t.Attrs), depth+1)
			}
		}
	} else if as == "author" { // <author>name</author> in Atom
		r.out.WriteString("<name>")
		writeCDATA(r.out, in.text())
		r.out.WriteString("</name>")
	}
	r.out.WriteString("</" + as + ">")
}

// open writes an opening tag with the attributes that are passed on.
func (r *rewriter) open(name, attrs string, sc *scope) {
	r.out.WriteString("<" + name)
	var seen [16]string
	n := 0
next:
	for written, value := range read.Attributes(attrs) {
		_, local := splitName(written)
		as, ok := attributeNames[strings.ToLower(local)]
		if !ok || n == len(seen) {
			continue
		}
		for _, s := range seen[:n] {
			if s == as {
				continue next
			}
		}
		seen[n] = as
		n++
		if isAddress(as) {
			value = resolveIf(sc.base, value)
		}
		r.out.WriteString(" " + as + `="`)
		r.out.WriteString(escapeAttr.Replace(read.Legal(value)))
		r.out.WriteByte('"')
	}
	r.out.WriteByte('>')
}
