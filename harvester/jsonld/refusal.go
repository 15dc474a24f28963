package jsonld

import (
	"maps"
	"slices"
	"strings"

	"github.com/plonegov/carillon/harvester/read"
)

const (
	errNone    read.Refusal = "The page holds no JSON-LD. Ask the webmaster for schema.org markup, a feed or a calendar."
	errBroken  read.Refusal = "The JSON-LD of the page cannot be read. Ask the webmaster to check it with validator.schema.org."
	errOther   read.Refusal = "The JSON-LD is in another vocabulary than schema.org. Ask the webmaster for schema.org markup, a feed or a calendar."
	errNothing read.Refusal = "The JSON-LD describes the site, but no news, event, service or place. Ask the webmaster for the address of a page that does, or for a feed."
)

// refusal is why no content was found.
func (r *reading) refusal() error {
	switch {
	case r.blocks == 0:
		return errNone
	case r.broken == r.blocks:
		return errBroken
	case !r.schema:
		return errOther
	case len(r.passed) > 0:
		var names []string
		for _, t := range slices.Sorted(maps.Keys(r.passed)) {
			names = append(names, read.Clip(t[strings.LastIndexAny(t, "/#:")+1:], 40))
		}
		return read.Refusal("The JSON-LD describes " + strings.Join(names, ", ") + ": nothing that is read here. Ask the webmaster for schema.org markup of news, events, services or places, or for a feed.")
	}
	return errNothing
}
