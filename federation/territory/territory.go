// Package territory holds the outlines of municipalities that ship with the
// hub, for maps where an operator names no file of them: those of Belgium, made
// by belgium.py, which says of what.
//
// It does not say whether a code is meant: the same five digits are another
// municipality in another country.
package territory

import (
	"bytes"
	"compress/gzip"
	goembed "embed"
	"encoding/json"
	"sync"
)

// Credit is what the licence of the outlines asks maps to say.
const Credit = "© Statbel, BNOSAC (CC BY)"

//go:embed belgium.json.gz
var file goembed.FS

// outlines are unpacked when the first is asked for; each stays as it is
// written until then.
var outlines = sync.OnceValue(func() map[string]json.RawMessage {
	b, err := file.ReadFile("belgium.json.gz")
	if err != nil {
		panic(err)
	}
	z, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		panic(err)
	}
	var all map[string]json.RawMessage
	if err := json.NewDecoder(z).Decode(&all); err != nil {
		panic(err)
	}
	return all
})

// Outline is the outline of the municipality with an official code (NIS), as
// federation.Outline is stored; nil = none ships. It must not be changed. Safe
// for concurrent use.
func Outline(code string) json.RawMessage { return outlines()[code] }
