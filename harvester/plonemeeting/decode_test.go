package plonemeeting_test

import (
	"strings"
	"testing"

	"github.com/plonegov/carillon/harvester/formattest"
	"github.com/plonegov/carillon/harvester/plonemeeting"
)

var corpus = formattest.Corpus{URL: "https://www.ville.example/@search", Sniff: 60, Never: "NEVER",
	Small: func(title string) string {
		return `{"@id":"https://www.ville.example/@search","items":[{"@id":"https://www.ville.example/p","@type":"Publication","UID":"p1","review_state":"published",` +
			`"document_type":{"token":"a","title":"A"},"text":{"data":"<p>x</p>","content-type":"text/html"},"title":"` + title + `"}],"items_total":1}`
	},
	List: formattest.List(`{"@id":"https://www.example.org/@search","items":[`,
		`{"@id":"https://www.example.org/%d","UID":"u%[1]d","@type":"MeetingItemCouncil","review_state":"accepted","privacy":{"token":"public"},"title":%s}`, ",", `],"items_total":2}`, formattest.JSON),
	Seeds: []string{formattest.JSON(openPoint), formattest.JSON(openAnnex), formattest.JSON(object{"items": []any{openPoint, openAnnex}, "items_total": 2}),
		formattest.JSON(object{"@type": "MeetingCouncil", "UID": "m", "review_state": "closed", "date": "2026-01-01", "items": []any{openPoint, "x"}}),
		formattest.JSON(object{"@type": "Publication", "UID": "u", "text": rich("<span class=pm-anonymize>x"), "review_state": "published"})},
	Claims: func(path string, sure int) bool {
		return !strings.HasSuffix(path, "json") || strings.Contains(path, "/plonemeeting/") == (sure > 0)
	},
}

func TestFormat(t *testing.T) { formattest.Run(t, plonemeeting.Format(), corpus) }

func FuzzDecode(f *testing.F) { formattest.Fuzz(f, plonemeeting.Format(), corpus) }

// TestHostile reads JSON made to break parsers as a title.
func TestHostile(t *testing.T) {
	for name, body := range formattest.Cases(t, "json/jsontestsuite") {
		_, _ = formattest.Check(t, plonemeeting.Format(), corpus, name, []byte(`[{"@type":"Publication","UID":"u","text":"","title":`+string(body)+`}]`))
	}
}
