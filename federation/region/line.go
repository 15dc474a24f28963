package region

import (
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
)

// lineOf returns the line of the node at the path, or of its nearest parent
// that is there.
func lineOf(tree *ast.File, path string) int {
	for {
		if p, err := yaml.PathString(path); err == nil {
			if n, err := p.FilterFile(tree); err == nil && n != nil {
				return startLine(n)
			}
		}
		cut := strings.LastIndexAny(path, ".[")
		if cut <= 0 {
			return 1
		}
		path = path[:cut]
	}
}

// startLine is the line of the first key of a mapping, whose own token is the
// colon behind it.
func startLine(n ast.Node) int {
	switch n := n.(type) {
	case *ast.MappingNode:
		if len(n.Values) > 0 {
			return startLine(n.Values[0].Key)
		}
	case *ast.MappingValueNode:
		return startLine(n.Key)
	}
	return n.GetToken().Position.Line
}

// faultAt is a fault at a node; [Parse] adds the name of the file.
func faultAt(n ast.Node, reason string) error {
	return &Error{Line: startLine(n), Reason: reason}
}
