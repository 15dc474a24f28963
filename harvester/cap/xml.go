package cap

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/plonegov/carillon/harvester/read"
)

// Bounds on what is read of one document.
const (
	maxBytes = 8 << 20
	maxDepth = 100
	maxNodes = 500_000
)

// node is an element, or a run of text when name is empty. Methods work on nil,
// which is the absent element. Prefixes are dropped: messages come with any, and
// with none where one should be.
type node struct {
	name string
	data string // text of a run
	kids []*node
	cut  bool // the document ends inside it
}

// child returns the first child element of the name that holds anything, else
// the first of that name. Capitals do not matter: some write <Identifier>.
func (n *node) child(name string) *node {
	var first *node
	for _, k := range n.all(name) {
		if k.text() != "" || len(k.elements()) > 0 {
			return k
		}
		if first == nil {
			first = k
		}
	}
	return first
}

func (n *node) all(name string) []*node {
	if n == nil {
		return nil
	}
	var out []*node
	for _, k := range n.kids {
		if strings.EqualFold(k.name, name) {
			out = append(out, k)
		}
	}
	return out
}

func (n *node) elements() []*node {
	if n == nil {
		return nil
	}
	var out []*node
	for _, k := range n.kids {
		if k.name != "" {
			out = append(out, k)
		}
	}
	return out
}

// text is all text in n, trimmed. A value that the document breaks off in is
// none: half a date or half an id would be another one.
func (n *node) text() string {
	if n == nil || n.cut && len(n.elements()) == 0 {
		return ""
	}
	var b strings.Builder
	n.write(&b)
	return strings.TrimSpace(b.String())
}

func (n *node) write(b *strings.Builder) {
	b.WriteString(n.data)
	for _, k := range n.kids {
		k.write(b)
	}
}

// prose is the text of a longer field, as markup when the publisher put
// elements into it.
func (n *node) prose() string {
	if n == nil {
		return ""
	}
	if len(n.elements()) == 0 {
		var b strings.Builder
		n.write(&b)
		return strings.TrimSpace(b.String())
	}
	var b strings.Builder
	for _, k := range n.kids {
		k.markup(&b)
	}
	return strings.TrimSpace(b.String())
}

func (n *node) markup(b *strings.Builder) {
	if n.name == "" {
		b.WriteString(html.EscapeString(n.data))
		return
	}
	b.WriteString("<" + n.name + ">")
	for _, k := range n.kids {
		k.markup(b)
	}
	if n.name != "br" {
		b.WriteString("</" + n.name + ">")
	}
}

// parse reads a document into a tree under a nameless root. broken tells, for a
// warning, what could not be read of it.
func parse(body []byte, contentType string) (root *node, broken string, err error) {
	if len(body) > maxBytes {
		return nil, "", fmt.Errorf("the document has %d MB; at most %d are read: ask the publisher", len(body)>>20, maxBytes>>20)
	}
	text, broken := read.Text(body, contentType)
	dec := xml.NewDecoder(bytes.NewReader(mend([]byte(text))))
	dec.Strict = false
	dec.Entity = xml.HTMLEntity
	dec.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	b := builder{open: []*node{{}}}
	for {
		tok, err := dec.RawToken()
		if err == nil {
			err = b.token(tok)
		}
		if err == nil {
			continue
		}
		root = b.open[0]
		if len(root.elements()) == 0 {
			return nil, "", errNotXML
		}
		if b.cut(err) {
			line, _ := dec.InputPos()
			broken = strings.TrimSpace(broken + fmt.Sprintf(" The document cannot be read beyond line %d; what came before was.", line))
		}
		return root, broken, nil
	}
}

// mend makes what publishers get wrong readable to a parser: control characters
// go, a "<" that starts nothing becomes text, comments go.
func mend(text []byte) []byte {
	out := make([]byte, 0, len(text)+len(text)/64)
	for i := 0; i < len(text); i++ {
		rest := text[i:]
		skip := 0
		switch c := text[i]; {
		case c < ' ' && c != '\t' && c != '\n' && c != '\r':
			continue
		case c != '<':
		case bytes.HasPrefix(rest, []byte("<!--")):
			end := bytes.Index(rest, []byte("-->"))
			if end < 0 {
				return out
			}
			i += end + 2
			continue
		case bytes.HasPrefix(rest, []byte("<![CDATA[")):
			end := bytes.Index(rest, []byte("]]>"))
			if end < 0 {
				end = len(rest) - 3
			}
			skip = max(end+3, 9)
		case len(rest) > 1 && !startsTag(rest[1]):
			out = append(out, "&lt;"...)
			continue
		}
		if skip > 0 {
			out = append(out, bytes.Map(printable, rest[:min(skip, len(rest))])...)
			i += skip - 1
			continue
		}
		out = append(out, text[i])
	}
	return out
}

func printable(r rune) rune {
	if r < ' ' && r != '\t' && r != '\n' && r != '\r' {
		return -1
	}
	return r
}

func startsTag(c byte) bool {
	return c == '/' || c == '!' || c == '?' || c == '_' || c >= utf8.RuneSelf ||
		'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

// builder makes the tree; open[0] is the root.
type builder struct {
	open  []*node
	nodes int
}

func (b *builder) token(tok xml.Token) error {
	switch t := tok.(type) {
	case xml.StartElement:
		if len(b.open) > maxDepth {
			return errors.New("too deep")
		}
		n := &node{name: t.Name.Local}
		b.open = append(b.open, n)
		return b.add(b.open[len(b.open)-2], n)
	case xml.EndElement:
		// An end that closes nothing is passed over; one that closes an outer
		// element closes those in between.
		for i := len(b.open) - 1; i > 0; i-- {
			if b.open[i].name == t.Name.Local {
				b.open = b.open[:i]
				break
			}
		}
	case xml.CharData:
		return b.add(b.open[len(b.open)-1], &node{data: string(t)})
	}
	return nil // comments, instructions and DTDs say nothing to a reader
}

func (b *builder) add(parent, n *node) error {
	if b.nodes++; b.nodes > maxNodes {
		return errors.New("too many elements")
	}
	parent.kids = append(parent.kids, n)
	return nil
}

// cut marks what is still open when reading ended with err, and reports whether
// anything was.
func (b *builder) cut(err error) bool {
	for _, n := range b.open[1:] {
		n.cut = true
	}
	return len(b.open) > 1 || err != io.EOF
}

// alerts returns the messages below root, outermost only, and whether an XML
// signature envelops them all.
func alerts(root *node) (found []*node, signed bool) {
	var walk func(n *node, inSignature bool)
	walk = func(n *node, inSignature bool) {
		for _, k := range n.kids {
			if k.isAlert() {
				found = append(found, k)
				signed = signed || inSignature
				continue
			}
			walk(k, inSignature || k.name == "Signature")
		}
	}
	walk(root, false)
	return found, signed
}

func (n *node) isAlert() bool {
	if !strings.EqualFold(n.name, "alert") {
		return false
	}
	for _, name := range []string{"identifier", "sender", "msgType", "info"} {
		if n.child(name) != nil {
			return true
		}
	}
	return false
}
