package csv_test

import (
	"testing"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/csv"
	"github.com/plonegov/carillon/harvester/formattest"
)

const address = "https://www.ville.example/data/table.csv"

func decode(t *testing.T, doc federation.Document) federation.Decoded {
	t.Helper()
	d, err := csv.Format().Decode(doc)
	if err != nil {
		t.Fatalf("Decode(%.80q) = %v", doc.Body, err)
	}
	return d
}

var corpus = formattest.Corpus{URL: address, Small: func(title string) string { return "titre;date;texte\n" + title + ";2026-05-01;x\n" }}

func TestFormat(t *testing.T) { formattest.Run(t, csv.Format(), corpus) }
