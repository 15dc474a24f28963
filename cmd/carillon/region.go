package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"github.com/plonegov/carillon/federation"
)

// maxRegionFile bounds a region file: 5,000 members with ten sources each
// stay well below.
const maxRegionFile = 16 << 20

// region is a region file (DESIGN.md 5) read and checked.
type region struct {
	Members    []federation.Member
	Sources    []federation.Source
	Channels   []federation.Channel
	Placements []federation.Placement
	Topics     []federation.Topic
	Hub        *federation.Hub      // without best bets; nil = the file says nothing of it
	BestBets   []federation.BestBet // nil = the file says nothing of them
}

// known is what the store has already. With alone, the file must do without
// it, but for members that were merged: they leave the file and stay.
type known struct {
	store *federation.Catalogue // nil = nothing
	alone bool
}

// regionError is a fault in a region file, with where it stands.
type regionError struct {
	File   string
	Line   int
	Reason string
}

func (e *regionError) Error() string { return fmt.Sprintf("%s:%d: %s", e.File, e.Line, e.Reason) }

// readRegion reads and checks the file. The first fault comes back as a
// regionError. formats are the names a source may give; held is what may be
// referred to besides.
func readRegion(path string, formats []string, held known) (*region, error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("there is no region file %s; check the path", path)
	}
	if err != nil {
		return nil, fmt.Errorf("cannot open the region file: %w", err)
	}
	if info.Size() > maxRegionFile {
		return nil, fmt.Errorf("%s is larger than %d MiB: split it", path, maxRegionFile>>20)
	}
	body, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("cannot read the region file: %w", err)
	}
	return parseRegion(path, body, formats, held)
}

// parseRegion is readRegion of a body that was read already; files that it
// names are looked for beside path.
func parseRegion(path string, body []byte, formats []string, held known) (*region, error) {
	return parseRegionIn(os.DirFS(filepath.Dir(path)), path, body, formats, held)
}

// parseRegionIn is parseRegion with the files that the region file names in
// beside.
func parseRegionIn(beside fs.FS, path string, body []byte, formats []string, held known) (*region, error) {
	file, err := parser.ParseBytes(body, 0)
	if err != nil {
		return nil, yamlFault(path, err)
	}
	if len(file.Docs) > 1 {
		return nil, &regionError{path, file.Docs[1].GetToken().Position.Line, "a region file is one YAML document; remove the second '---'"}
	}
	var y regionYAML
	if err := yaml.UnmarshalWithOptions(body, &y, yaml.Strict()); err != nil {
		return nil, yamlFault(path, err)
	}
	c := checker{path: path, beside: beside, file: file, formats: formats, held: held}
	return c.region(y)
}

// yamlFault turns the parser's error into one line with its place.
func yamlFault(path string, err error) error {
	var known *regionError
	if errors.As(err, &known) {
		known.File = path
		return known
	}
	var y yaml.Error
	if !errors.As(err, &y) {
		return fmt.Errorf("%s: %w", path, err)
	}
	line := 1
	if t := y.GetToken(); t != nil {
		line = t.Position.Line
	}
	reason := y.GetMessage()
	if rest, ok := strings.CutPrefix(reason, "unknown field "); ok {
		reason = fmt.Sprintf("%s is not a key that is known here; check its spelling", rest)
	}
	return &regionError{path, line, reason}
}

// lineOf returns the line of the node at the path, or of its nearest parent
// that is there.
func lineOf(file *ast.File, path string) int {
	for {
		if p, err := yaml.PathString(path); err == nil {
			if n, err := p.FilterFile(file); err == nil && n != nil {
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
