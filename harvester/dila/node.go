package dila

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/plonegov/carillon/harvester/read"
)

// Bounds on what is read of one document. The largest sheets of the flow are
// about 300 KB and 30 elements deep.
const (
	maxBytes = 16 << 20
	maxDepth = 100
	maxNodes = 500_000
)

// node is an element, or a run of text when name is empty. Methods work on nil,
// which is the absent element.
type node struct {
	name string // local name; "dc:title" for those of Dublin Core
	data string // text of a run
	attr []xml.Attr
	kids []*node
}

// get returns an attribute, "" when absent.
func (n *node) get(name string) string {
	if n == nil {
		return ""
	}
	for _, a := range n.attr {
		if a.Name.Local == name {
			return strings.TrimSpace(a.Value)
		}
	}
	return ""
}

// child returns the first child element with one of names, tried in order.
func (n *node) child(names ...string) *node {
	for _, name := range names {
		for k := range n.all(name) {
			return k
		}
	}
	return nil
}

// all yields the child elements with the name.
func (n *node) all(name string) func(func(*node) bool) {
	return func(yield func(*node) bool) {
		if n == nil {
			return
		}
		for _, k := range n.kids {
			if k.name == name && !yield(k) {
				return
			}
		}
	}
}

// title returns the element that names n. Schema 3.5 adds a TitreRiche beside
// the Titre, the same words with their markup.
func (n *node) title() *node {
	if t := n.child("TitreRiche"); t.hasText() {
		return t
	}
	return n.child("Titre")
}

// without returns the children of n except its title and what repeats it.
func (n *node) without(title *node) []*node {
	told := title.text()
	var kids []*node
	for _, k := range n.kids {
		again := (k.name == "Titre" || k.name == "TitreRiche") && k.text() == told
		if k != title && !again {
			kids = append(kids, k)
		}
	}
	return kids
}

// text returns all text below n, white space collapsed. Elements other than
// inline ones are separated by a space.
func (n *node) text() string {
	if n == nil {
		return ""
	}
	var b strings.Builder
	n.write(&b)
	return strings.Join(strings.Fields(b.String()), " ")
}

func (n *node) write(b *strings.Builder) {
	b.WriteString(n.data)
	for _, k := range n.kids {
		k.write(b)
	}
	if n.name != "" && !inlineElements[n.name] {
		b.WriteByte(' ')
	}
}

// hasText reports whether there is anything but white space in or below n.
func (n *node) hasText() bool {
	if n == nil {
		return false
	}
	if strings.TrimSpace(n.data) != "" {
		return true
	}
	for _, k := range n.kids {
		if k.hasText() {
			return true
		}
	}
	return false
}

// parse reads a document into a tree. Entities of a DTD are never expanded: a
// document that uses them is refused. fault tells what is wrong with its encoding.
func parse(body []byte, contentType string) (root *node, fault string, err error) {
	if len(body) > maxBytes {
		return nil, "", fmt.Errorf("the file has %d MB; a sheet has at most %d: ask the publisher", len(body)>>20, maxBytes>>20)
	}
	text, fault := read.Text(body, contentType)
	dec := xml.NewDecoder(strings.NewReader(text))
	dec.Entity = xml.HTMLEntity
	dec.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	b := builder{dec: dec}
	root, err = b.build()
	if err != nil {
		return nil, "", fmt.Errorf("the file is not a readable sheet: %w; download it again, or tell the publisher", plain(err))
	}
	return root, fault, nil
}

// plain puts the parser's error in words for a webmaster.
func plain(err error) error {
	var syntax *xml.SyntaxError
	switch {
	case errors.As(err, &syntax) && syntax.Msg == "unexpected EOF":
		return fmt.Errorf("it stops in the middle, at line %d", syntax.Line)
	case errors.As(err, &syntax):
		return fmt.Errorf("line %d is not well-formed XML (%s)", syntax.Line, syntax.Msg)
	}
	return err
}

type builder struct {
	dec   *xml.Decoder
	open  []*node
	root  *node
	nodes int
}

func (b *builder) build() (*node, error) {
	for {
		tok, err := b.dec.RawToken()
		switch {
		case err == io.EOF && b.root == nil:
			return nil, errors.New("it holds no element")
		case err == io.EOF && len(b.open) > 0:
			return nil, fmt.Errorf("it stops inside <%s>", b.open[len(b.open)-1].name)
		case err == io.EOF:
			return b.root, nil
		case err != nil:
			return nil, err
		}
		if err := b.token(tok); err != nil {
			line, _ := b.dec.InputPos()
			return nil, fmt.Errorf("line %d: %w", line, err)
		}
	}
}

func (b *builder) token(tok xml.Token) error {
	switch t := tok.(type) {
	case xml.StartElement:
		return b.start(&node{name: qualified(t.Name), attr: t.Attr})
	case xml.EndElement:
		return b.end(qualified(t.Name))
	case xml.CharData:
		if len(b.open) > 0 {
			return b.add(&node{data: string(t)})
		}
	}
	return nil // comments, instructions and DTDs say nothing to a reader
}

func (b *builder) start(n *node) error {
	if len(b.open) >= maxDepth {
		return fmt.Errorf("elements are nested more than %d deep", maxDepth)
	}
	if b.root != nil && len(b.open) == 0 {
		return fmt.Errorf("a second document starts with <%s>", n.name)
	}
	if err := b.add(n); err != nil {
		return err
	}
	b.open = append(b.open, n)
	return nil
}

func (b *builder) end(name string) error {
	last := len(b.open) - 1
	if last < 0 {
		return fmt.Errorf("</%s> closes nothing", name)
	}
	if b.open[last].name != name {
		return fmt.Errorf("</%s> closes <%s>", name, b.open[last].name)
	}
	b.open = b.open[:last]
	return nil
}

func (b *builder) add(n *node) error {
	if b.nodes++; b.nodes > maxNodes {
		return fmt.Errorf("there are more than %d elements", maxNodes)
	}
	if len(b.open) == 0 {
		b.root = n
		return nil
	}
	parent := b.open[len(b.open)-1]
	parent.kids = append(parent.kids, n)
	return nil
}

// qualified keeps the prefix of Dublin Core, whose title and date are not those
// of the sheet's own vocabulary, and drops any other.
func qualified(n xml.Name) string {
	if n.Space == "dc" {
		return "dc:" + n.Local
	}
	return n.Local
}
