package jsonld_test

import (
	"testing"

	"github.com/plonegov/carillon/harvester/formattest"
	"github.com/plonegov/carillon/harvester/jsonld"
)

var corpus = formattest.Corpus{URL: "https://www.ville.example/fr/page#top", Sniff: 50, Small: func(title string) string {
	return `<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","@id":"https://www.ville.example/a","headline":"` + title + `"}</script>`
}}

func TestFormat(t *testing.T) { formattest.Run(t, jsonld.Format(), corpus) }
