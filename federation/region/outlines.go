package region

import (
	"errors"
	"fmt"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/geojson"
)

// outlinesYAML is a file of outlines: its name alone, or with who made it.
type outlinesYAML struct {
	File   string
	Credit string
}

// UnmarshalYAML reads either form.
func (o *outlinesYAML) UnmarshalYAML(n ast.Node) error {
	if yaml.NodeToValue(n, &o.File) == nil {
		return nil
	}
	var long struct {
		File   string `yaml:"file"`
		Credit string `yaml:"credit"`
	}
	if yaml.NodeToValue(n, &long, yaml.Strict()) != nil || long.File == "" {
		return faultAt(n, "outlines is the name of a GeoJSON file, or {file: communes.geojson, credit: © who made it}")
	}
	*o = outlinesYAML(long)
	return nil
}

// outlines reads the GeoJSON file that the hub names, and keeps what it has of
// the members' codes.
func (c *checker) outlines(hub *federation.Hub) error {
	if hub.OutlineFile == "" {
		return nil
	}
	codes := c.codes()
	if len(codes) == 0 {
		return c.outlineFault("no member has a code, by which a territory is found in a file of outlines")
	}
	f, err := c.openBeside(hub.OutlineFile)
	if held := c.options.Held; errors.Is(err, errNoFile) && held != nil && held.Hub.OutlineFile == hub.OutlineFile {
		hub.Outlines = held.Hub.Outlines // an exported region file, without the files it was made from
		return nil
	}
	if err != nil {
		return c.outlineFault(err.Error())
	}
	defer f.Close()
	found, err := geojson.Outlines(f, func(code string) bool { return codes[code] })
	if err != nil {
		return c.outlineFault(fmt.Sprintf("%s: %v", hub.OutlineFile, err))
	}
	if len(found) == 0 {
		return c.outlineFault(fmt.Sprintf("%s has no territory with the code of a member, neither as its id nor among its properties", hub.OutlineFile))
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
	all := c.out.Members
	if c.options.Held != nil {
		all = append(all[:len(all):len(all)], c.options.Held.Members...)
	}
	for _, m := range all {
		if m.Code != "" {
			codes[m.Code] = true
		}
	}
	return codes
}

// outlinesValue names the file of outlines, as short as it can be said.
func outlinesValue(h federation.Hub) any {
	if h.OutlineCredit == "" {
		return h.OutlineFile
	}
	var p pairs
	p.put("file", h.OutlineFile)
	p.put("credit", h.OutlineCredit)
	return p
}
