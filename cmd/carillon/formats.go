package main

import (
	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/cap"
	"github.com/plonegov/carillon/harvester/csv"
	"github.com/plonegov/carillon/harvester/dila"
	"github.com/plonegov/carillon/harvester/feed"
	"github.com/plonegov/carillon/harvester/ics"
	"github.com/plonegov/carillon/harvester/jsonld"
	"github.com/plonegov/carillon/harvester/oparl"
	"github.com/plonegov/carillon/harvester/page"
	"github.com/plonegov/carillon/harvester/plone"
	"github.com/plonegov/carillon/harvester/plonemeeting"
	"github.com/plonegov/carillon/harvester/sitemap"
)

// formats are the document formats this build reads: a new one is one package
// and one line here.
func formats() []federation.Format {
	return []federation.Format{
		feed.Format(),
		ics.Format(),
		dila.Format(),
		cap.Format(),
		plone.Format(),
		plonemeeting.Format(),
		oparl.Format(),
		jsonld.Format(),
		sitemap.Format(),
		page.Format(),
		csv.Format(),
	}
}

func formatNames() []string {
	var names []string
	for _, f := range formats() {
		names = append(names, f.Name)
	}
	return names
}
