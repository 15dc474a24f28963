// Package region reads, checks, applies and writes the region file (docs/region-file.md): the members of a hub, their
// sources, and what is shown of them, as an operator writes it in YAML.
//
// [Read] and [Parse] give a [File] or the first fault, an [Error] with file, line and reason. [Apply] makes a store hold
// what a File says and [Diff] tells what that would change; [Write] writes what a store holds as a region file that
// reads back to the same values. Each thing that a region file can hold is a noun, with a file of its own and a row in
// the table of nouns.
//
// It knows no format, no kind of widget and no list of synonyms: what such names mean the caller says in [Options].
package region

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/parser"

	"github.com/plonegov/carillon/federation"
)

// maxFile bounds a region file, and a list of synonyms before it is checked, in
// bytes: 5,000 members with ten sources each stay well below.
const maxFile = 16 << 20

// File is a region file read and checked. Each list is in the order of the
// file, sources in that of their members.
type File struct {
	Hub        *federation.Hub      // without best bets; nil = the file says nothing of it
	BestBets   []federation.BestBet // nil = the file says nothing of them
	Members    []federation.Member
	Sources    []federation.Source
	Channels   []federation.Channel
	Placements []federation.Placement
	Topics     []federation.Topic
}

// Options are what a region file is checked against besides itself.
type Options struct {
	Formats []string // names of formats that a source may give

	// Held is what the store has already, to which the file may refer; nil is
	// nothing. With Alone, the file must do without it, but for members that
	// were merged: they leave the file and stay.
	Held  *federation.Catalogue
	Alone bool

	// Beside has the files that the region file names; nil is the folder of the
	// region file.
	Beside fs.FS

	// Widget checks the kind and the options of a placement, and returns the
	// options as they are meant; lang is the language of a text given as one
	// string. nil takes any.
	Widget func(kind string, o federation.Options, lang string) (federation.Options, error)

	// Synonyms checks a list of synonyms; nil takes any. A fault is an [Error]
	// whose File is name, or any other error.
	Synonyms func(name string, list []byte) error
}

// Error is a fault in a region file, or in one that it names.
type Error struct {
	File   string
	Line   int // from 1
	Reason string
}

func (e *Error) Error() string { return fmt.Sprintf("%s:%d: %s", e.File, e.Line, e.Reason) }

// Read is [Parse] of the file at path.
func Read(path string, o Options) (*File, error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("there is no region file %s; check the path", path)
	}
	if err != nil {
		return nil, fmt.Errorf("cannot open the region file: %w", err)
	}
	if info.Size() > maxFile {
		return nil, fmt.Errorf("%s is larger than %d MiB: split it", path, maxFile>>20)
	}
	body, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("cannot read the region file: %w", err)
	}
	return Parse(path, body, o)
}

// Parse reads and checks a region file; path is its name in errors. The first
// fault comes back as an [Error].
func Parse(path string, body []byte, o Options) (*File, error) {
	if o.Beside == nil {
		o.Beside = os.DirFS(filepath.Dir(path))
	}
	tree, err := parser.ParseBytes(body, 0)
	if err != nil {
		return nil, yamlFault(path, err)
	}
	if len(tree.Docs) > 1 {
		return nil, &Error{path, tree.Docs[1].GetToken().Position.Line, "a region file is one YAML document; remove the second '---'"}
	}
	var y fileYAML
	if err := yaml.UnmarshalWithOptions(body, &y, yaml.Strict()); err != nil {
		return nil, yamlFault(path, err)
	}
	c := checker{path: path, tree: tree, options: o, seen: map[string]string{}}
	return c.file(y)
}

// yamlFault turns the parser's error into one line with its place.
func yamlFault(path string, err error) error {
	var known *Error
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
	return &Error{path, line, reason}
}
