package csv_test

import (
	"strings"
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

var corpus = formattest.Corpus{
	URL: address, Large: large,
	Small: func(title string) string { return "titre;date;texte\n" + title + ";2026-05-01;x\n" },
	List:  formattest.List("id,title,url\n", "%d,%s,https://www.example.org/\n", "", "", func(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }),
	Seeds: []string{
		"id;titre;date\n1;\"a\nb\";2025-01-01\n2;c\n", "sep=|\na|b\n1|2|3\n", "\xff\xfet\x00i\x00t\x00", "titre,lat,lon\n\"x,1,2\n",
		"Titel\tOrt\tPLZ\nx\ty\t1234\n", "title,content,image\na,<p>b,https://x/|y\n",
	},
	Claims: func(path string, sure int) bool {
		return sure == 0 || strings.HasSuffix(path, ".csv") || strings.HasSuffix(path, ".tsv")
	},
}

func TestFormat(t *testing.T) { formattest.Run(t, csv.Format(), corpus) }

func FuzzDecode(f *testing.F) { formattest.Fuzz(f, csv.Format(), corpus) }
