package oparl_test

import (
	"strings"
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

var corpus = formattest.Corpus{URL: address, Large: large,
	Small: func(title string) string {
		return `{"data":[{"id":"https://ris.example.de/p/1","type":"https://schema.oparl.org/1.1/Paper","name":"` + title + `"}]}`
	},
	List:   formattest.List(`{"data":[`, `{"id":"https://www.example.org/%d","type":"https://schema.oparl.org/1.1/Paper","name":%s}`, ",", `],"links":{},"pagination":{}}`, formattest.JSON),
	Seeds:  []string{`[{"id":"x","type":"oparl:Meeting","start":"2025-01-01","end":"2025-01-02"}]`},
	Claims: func(path string, sure int) bool { return sure == 0 || strings.Contains(path, "oparl") },
}

func TestFormat(t *testing.T) { formattest.Run(t, oparl.Format(), corpus) }

func FuzzDecode(f *testing.F) { formattest.Fuzz(f, oparl.Format(), corpus) }
