package main

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/geojson"
)

// outlines reads the GeoJSON file that the hub names, and keeps what it has of
// the members' codes.
func (c *checker) outlines(y *hubYAML) error {
	if y == nil || y.Outlines.File == "" {
		return nil
	}
	codes := c.codes()
	if len(codes) == 0 {
		return c.outlineFault("no member has a code, by which a territory is found in a file of outlines")
	}
	hub := c.out.Hub
	hub.OutlineFile, hub.OutlineCredit = y.Outlines.File, y.Outlines.Credit
	f, err := c.openBeside(y.Outlines.File)
	if errors.Is(err, errNoFile) && c.held.store != nil && c.held.store.Hub.OutlineFile == y.Outlines.File {
		hub.Outlines = c.held.store.Hub.Outlines // an exported region file, without the files it was made from
		return nil
	}
	if err != nil {
		return c.outlineFault(err.Error())
	}
	defer f.Close()
	found, err := geojson.Outlines(f, func(code string) bool { return codes[code] })
	if err != nil {
		return c.outlineFault(fmt.Sprintf("%s: %v", y.Outlines.File, err))
	}
	if len(found) == 0 {
		return c.outlineFault(fmt.Sprintf("%s has no territory with the code of a member, neither as its id nor among its properties", y.Outlines.File))
	}
	hub.Outlines = found
	return nil
}

func (c *checker) outlineFault(reason string) error {
	return c.fault("$.hub", federation.Invalid("outlines", "%s", reason))
}

// codes are those of all members, of the file and of the store.
func (c *checker) codes() map[string]bool {
	codes := map[string]bool{}
	members := c.out.Members
	if c.held.store != nil {
		members = append(members[:len(members):len(members)], c.held.store.Members...)
	}
	for _, m := range members {
		if m.Code != "" {
			codes[m.Code] = true
		}
	}
	return codes
}

var errNoFile = errors.New("there is no file")

// openBeside opens a file that the region file names: beside it or below, by a
// path with forward slashes.
func (c *checker) openBeside(name string) (fs.File, error) {
	clean := path.Clean(filepath.ToSlash(name))
	if !fs.ValidPath(clean) {
		return nil, fmt.Errorf("%q must be beside the region file or in a folder there", name)
	}
	f, err := c.beside.Open(clean)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("%w %s beside the region file", errNoFile, name)
	case err != nil:
		return nil, fmt.Errorf("%s cannot be read: %w", name, err)
	}
	return f, nil
}
