package dila

import (
	"fmt"
	"strings"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/read"
)

// maxBytes bounds a document. The largest sheets of the flow are about 300 KB.
const maxBytes = 16 << 20

// titleOf returns the element that names n. Schema 3.5 adds a TitreRiche beside
// the Titre, the same words with their markup.
func titleOf(n *read.Node) *read.Node {
	if t := n.Child("TitreRiche"); hasText(t) {
		return t
	}
	return n.Child("Titre")
}

// without returns the children of n except its title and what repeats it.
func without(n *read.Node, title *read.Node) []*read.Node {
	told := words(title)
	var kids []*read.Node
	for _, k := range n.Kids {
		again := (k.Name == "Titre" || k.Name == "TitreRiche") && words(k) == told
		if k != title && !again {
			kids = append(kids, k)
		}
	}
	return kids
}

// words returns all text below n, white space collapsed. Elements other than
// inline ones are separated by a space.
func words(n *read.Node) string {
	if n == nil {
		return ""
	}
	var b strings.Builder
	write(&b, n)
	return strings.Join(strings.Fields(b.String()), " ")
}

func write(b *strings.Builder, n *read.Node) {
	b.WriteString(n.Data)
	for _, k := range n.Kids {
		write(b, k)
	}
	if n.Name != "" && !inlineElements[n.Name] {
		b.WriteByte(' ')
	}
}

// hasText reports whether there is anything but white space in or below n.
func hasText(n *read.Node) bool {
	if n == nil {
		return false
	}
	if strings.TrimSpace(n.Data) != "" {
		return true
	}
	for _, k := range n.Kids {
		if hasText(k) {
			return true
		}
	}
	return false
}

// parse reads a document into its first element. A sheet that is not whole or
// not well-formed is refused: half of what the law says is not what it says.
// fault tells what is wrong with its encoding.
func parse(doc federation.Document) (root *read.Node, fault string, err error) {
	if len(doc.Body) > maxBytes {
		return nil, "", fmt.Errorf("the file has %d MB; a sheet has at most %d: ask the publisher", len(doc.Body)>>20, maxBytes>>20)
	}
	text, fault := read.Text(doc.Body, doc.ContentType)
	top, broken := read.XML(text)
	for n := range top.Elements() {
		if broken == "" {
			return n, fault, nil
		}
	}
	if broken == "" {
		broken = "it holds no element"
	}
	return nil, "", fmt.Errorf("the file is not a readable sheet: %s; download it again, or tell the publisher", broken)
}
