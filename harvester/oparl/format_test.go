package oparl_test

import (
	"testing"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/formattest"
	"github.com/plonegov/carillon/harvester/oparl"
)

const address = "https://ris.example.de/oparl/v1/body/1/list"

func decode(t *testing.T, doc federation.Document) federation.Decoded {
	t.Helper()
	d, err := oparl.Format().Decode(doc)
	if err != nil {
		t.Fatalf("Decode(%.80q) = %v", doc.Body, err)
	}
	return d
}

var corpus = formattest.Corpus{URL: address, Small: func(title string) string {
	return `{"data":[{"id":"https://ris.example.de/p/1","type":"https://schema.oparl.org/1.1/Paper","name":"` + title + `"}]}`
}}

func TestFormat(t *testing.T) { formattest.Run(t, oparl.Format(), corpus) }
