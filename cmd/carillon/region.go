package main

import (
	"errors"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/region"
	"github.com/plonegov/carillon/search/text"
	"github.com/plonegov/carillon/widgets"
)

// regionOptions are what this build reads a region file with; held may be
// referred to besides, unless it must do alone.
func regionOptions(held *federation.Catalogue, alone bool) region.Options {
	return region.Options{Formats: formatNames(), Held: held, Alone: alone, Widget: widgets.Check, Synonyms: checkSynonyms}
}

func checkSynonyms(name string, list []byte) error {
	_, err := text.ParseSynonyms(name, list)
	var fault *text.SynonymError
	if errors.As(err, &fault) {
		return &region.Error{File: fault.File, Line: fault.Line, Reason: fault.Reason}
	}
	return err
}
