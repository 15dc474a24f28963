package plonemeeting_test

import (
	"testing"

	"github.com/plonegov/carillon/harvester/formattest"
	"github.com/plonegov/carillon/harvester/plonemeeting"
)

var corpus = formattest.Corpus{URL: "https://www.ville.example/@search", Sniff: 60, Never: "NEVER", Small: func(title string) string {
	return `{"@id":"https://www.ville.example/@search","items":[{"@id":"https://www.ville.example/p","@type":"Publication","UID":"p1","review_state":"published",` +
		`"document_type":{"token":"a","title":"A"},"text":{"data":"<p>x</p>","content-type":"text/html"},"title":"` + title + `"}],"items_total":1}`
}}

func TestFormat(t *testing.T) { formattest.Run(t, plonemeeting.Format(), corpus) }
