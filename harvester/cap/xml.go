package cap

import (
	"fmt"
	"strings"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/read"
)

// maxBytes bounds what is read of one document.
const maxBytes = 8 << 20

// parse reads a document into a tree. faults tell, for warnings, what could not
// be read of it.
func parse(doc federation.Document) (root *read.Node, faults []string, err error) {
	if len(doc.Body) > maxBytes {
		return nil, nil, fmt.Errorf("the document has %d MB; at most %d are read: ask the publisher", len(doc.Body)>>20, maxBytes>>20)
	}
	text, fault := read.Text(doc.Body, doc.ContentType)
	root, broken := read.XML(text)
	if fault != "" {
		faults = append(faults, fault)
	}
	if broken != "" {
		faults = append(faults, "The document is not well-formed, what can be read of it was: "+broken+".")
	}
	for range root.Elements() {
		return root, faults, nil
	}
	return nil, nil, errNotXML
}

// alerts returns the messages below root, outermost only, and whether an XML
// signature envelops them all.
func alerts(root *read.Node) (found []*read.Node, signed bool) {
	var walk func(n *read.Node, inSignature bool)
	walk = func(n *read.Node, inSignature bool) {
		for _, k := range n.Kids {
			if isAlert(k) {
				found = append(found, k)
				signed = signed || inSignature
				continue
			}
			walk(k, inSignature || k.Name == "Signature")
		}
	}
	walk(root, false)
	return found, signed
}

func isAlert(n *read.Node) bool {
	if !strings.EqualFold(n.Name, "alert") {
		return false
	}
	for _, name := range []string{"identifier", "sender", "msgType", "info"} {
		if n.Child(name) != nil {
			return true
		}
	}
	return false
}
