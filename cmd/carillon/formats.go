package main

import (
	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/dila"
	"github.com/plonegov/carillon/harvester/feed"
)

// formats are the document formats this build reads: a new one is one package
// and one line here.
func formats() []federation.Format {
	return []federation.Format{
		feed.Format(),
		dila.Format(),
	}
}

func formatNames() []string {
	var names []string
	for _, f := range formats() {
		names = append(names, f.Name)
	}
	return names
}
