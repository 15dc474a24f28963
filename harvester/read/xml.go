package read

import (
	"fmt"
	"html"
	"iter"
	"regexp"
	"strings"
)

// Bounds of an XML document.
const (
	maxElements = 100     // in each other
	MaxNodes    = 500_000 // elements and runs of text
)

// A Node is an element, or a run of text when Name is empty. Methods work on
// nil, which is the absent element. Names match whatever their capitals.
type Node struct {
	Name   string // without its prefix
	Prefix string
	Attrs  string // as written
	Data   string // of a run of text
	Kids   []*Node
	Line   int  // where it begins, from 1
	Cut    bool // the document ends inside of it
}

// XML reads text (of Text) as a tree under a nameless root. No fault stops it:
// an end that closes nothing is passed over, one that closes an outer element
// closes those in between, a "<" that begins nothing is text, and entities that
// nobody knows stay as they are written. fault is the first thing that is not
// well-formed (XML 1.0, 2.1), with its line, to go on from "the document: "; ""
// when nothing is.
func XML(text string) (root *Node, fault string) {
	b := builder{line: 1, open: []*Node{{}}}
	s, from := &Scanner{Doc: text}, 0
	for b.nodes <= MaxNodes {
		t, ok := s.Next()
		if !ok {
			b.text(text[from:])
			return b.end()
		}
		b.text(text[from:t.Start])
		b.token(t)
		b.line += strings.Count(text[t.Start:t.End], "\n")
		from = t.End
	}
	b.wrong("there are more than %d elements", MaxNodes)
	return b.end()
}

// builder makes the tree; open[0] is the root.
type builder struct {
	open        []*Node
	nodes, line int
	fault       string
}

func (b *builder) wrong(format string, args ...any) {
	if b.fault == "" {
		b.fault = fmt.Sprintf("line %d: ", b.line) + fmt.Sprintf(format, args...)
	}
}

var named = regexp.MustCompile(`&[A-Za-z][\w.-]*;`)

func (b *builder) text(raw string) {
	if data := Unescape(raw); data != "" && len(b.open) > 1 {
		if m := named.FindString(raw); m != "" && strings.Contains(data, m) && Unescape(m) == m {
			b.wrong("the entity %s is not known", m)
		}
		b.add(&Node{Data: data, Line: b.line})
	}
	b.line += strings.Count(raw, "\n")
}

func (b *builder) add(n *Node) {
	b.nodes++
	parent := b.open[len(b.open)-1]
	parent.Kids = append(parent.Kids, n)
}

func (b *builder) token(t Token) {
	switch t.Kind {
	case CDATA:
		if t.Text != "" && len(b.open) > 1 {
			b.add(&Node{Data: t.Text, Line: b.line})
		}
	case OpenTag, EmptyTag:
		b.start(t)
	case CloseTag:
		b.close(t.Name)
	}
}

func (b *builder) start(t Token) {
	prefix, local, ok := strings.Cut(t.Name, ":")
	if !ok {
		prefix, local = "", t.Name
	}
	if len(b.open) == 1 && len(b.open[0].Kids) > 0 {
		b.wrong("a second document starts with <%s>", t.Name)
	}
	if len(b.open) > maxElements {
		b.wrong("elements are nested more than %d deep", maxElements)
		return // what is in them stays with the last that is kept
	}
	n := &Node{Name: local, Prefix: prefix, Attrs: t.Attrs, Line: b.line}
	b.add(n)
	if t.Kind == OpenTag {
		b.open = append(b.open, n)
	}
}

func (b *builder) close(name string) {
	_, local, ok := strings.Cut(name, ":")
	if !ok {
		local = name
	}
	for i := len(b.open) - 1; i > 0; i-- {
		if b.open[i].Name == local {
			if i < len(b.open)-1 {
				b.wrong("</%s> closes <%s>", name, b.open[len(b.open)-1].Name)
			}
			b.open = b.open[:i]
			return
		}
	}
	b.wrong("</%s> closes nothing", name)
}

// end marks what is still open.
func (b *builder) end() (*Node, string) {
	for _, n := range b.open[1:] {
		n.Cut = true
	}
	if last := b.open[len(b.open)-1]; len(b.open) > 1 {
		b.wrong("it stops inside <%s>", last.Name)
	}
	return b.open[0], b.fault
}

// Get returns an attribute, by its name with or without its prefix, trimmed; ""
// when absent.
func (n *Node) Get(name string) string {
	if n == nil {
		return ""
	}
	for key, v := range Attributes(n.Attrs) {
		_, local, ok := strings.Cut(key, ":")
		if strings.EqualFold(key, name) || ok && strings.EqualFold(local, name) {
			return strings.TrimSpace(v)
		}
	}
	return ""
}

// Child returns the first child element with one of names, tried in order: one
// that holds anything before one that does not. nil when there is none.
func (n *Node) Child(names ...string) *Node {
	var empty *Node
	for _, name := range names {
		for k := range n.All(name) {
			if len(k.Kids) > 0 {
				return k
			}
			if empty == nil {
				empty = k
			}
		}
	}
	return empty
}

// All yields the child elements with the name; "dc:title" are those with the
// prefix, "title" those with any.
func (n *Node) All(name string) iter.Seq[*Node] {
	prefix, local, ok := strings.Cut(name, ":")
	if !ok {
		local = name
	}
	return func(yield func(*Node) bool) {
		for k := range n.Elements() {
			if strings.EqualFold(k.Name, local) && (!ok || k.Prefix == prefix) && !yield(k) {
				return
			}
		}
	}
}

// Elements yields the child elements.
func (n *Node) Elements() iter.Seq[*Node] {
	return func(yield func(*Node) bool) {
		if n == nil {
			return
		}
		for _, k := range n.Kids {
			if k.Name != "" && !yield(k) {
				return
			}
		}
	}
}

// Text is all text in n, trimmed. A value that the document breaks off in is
// none: half a date or half an id would be another one.
func (n *Node) Text() string {
	if n == nil || n.Cut && !n.Marked() {
		return ""
	}
	return strings.TrimSpace(n.raw())
}

func (n *Node) raw() string {
	if len(n.Kids) == 1 && n.Kids[0].Name == "" {
		return n.Kids[0].Data
	}
	var b strings.Builder
	n.write(&b)
	return b.String()
}

func (n *Node) write(b *strings.Builder) {
	b.WriteString(n.Data)
	for _, k := range n.Kids {
		k.write(b)
	}
}

// Marked reports whether there are elements in n.
func (n *Node) Marked() bool {
	for range n.Elements() {
		return true
	}
	return false
}

// Prose is the text of a longer field, cut off or not: as markup when the
// publisher put elements into it, else as it is.
func (n *Node) Prose() string {
	switch {
	case n == nil:
		return ""
	case !n.Marked():
		return strings.TrimSpace(n.raw())
	}
	var b strings.Builder
	for _, k := range n.Kids {
		k.markup(&b)
	}
	return strings.TrimSpace(b.String())
}

func (n *Node) markup(b *strings.Builder) {
	if n.Name == "" {
		b.WriteString(html.EscapeString(n.Data))
		return
	}
	b.WriteString("<" + n.Name + ">")
	for _, k := range n.Kids {
		k.markup(b)
	}
	if n.Name != "br" {
		b.WriteString("</" + n.Name + ">")
	}
}

var prolog = regexp.MustCompile(`^(?:\s|\x{FEFF}|<\?[^>]*\?>|<!DOCTYPE[^>\[]*>|<!--(?s:.*?)-->)*`)

// AfterProlog is a document from its root element on (XML 1.0, 2.8), as far as
// what stands before it is well formed.
func AfterProlog(doc []byte) []byte { return doc[len(prolog.Find(doc)):] }
