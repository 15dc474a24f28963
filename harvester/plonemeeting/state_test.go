package plonemeeting

import (
	"fmt"
	"testing"

	"github.com/plonegov/carillon/federation"
)

// TestWithoutAState: what does not tell its state is not public, whatever else it
// tells.
func TestWithoutAState(t *testing.T) {
	for name, body := range map[string]string{
		"a point with a public text": `{"@id":"https://d.example/p","@type":"MeetingItemCouncil","UID":"u","title":"T","privacy":"public","itemNumber":100%s,"extra_include_deliberation":{"public_deliberation":"<p>x</p>"}}`,
		"a point":                    `{"@id":"https://d.example/p","@type":"MeetingItemCollege","UID":"u","title":"T","privacy":"public","decision":{"data":"<p>x</p>"}%s}`,
		"a meeting":                  `{"@id":"https://d.example/m","@type":"MeetingCouncil","UID":"u","title":"T","date":"2027-07-12T18:00:00"%s}`,
		"a publication":              `{"@id":"https://d.example/p","@type":"Publication","UID":"u","title":"T","document_type":"avis","text":{"data":"<p>x</p>"}%s}`,
	} {
		open := map[string]string{"a meeting": "closed", "a publication": "published"}[name]
		if open == "" {
			open = "accepted"
		}
		for state, want := range map[string]int{"": 0, `,"review_state":null`: 0, `,"review_state":""`: 0, `,"review_state":{"title":"Clos"}`: 0, fmt.Sprintf(`,"review_state":%q`, open): 1} {
			d, err := Format().Decode(federation.Document{URL: "https://d.example/p", ContentType: "application/json", Body: fmt.Appendf(nil, body, state), Source: federation.Source{Language: "fr"}})
			if len(d.Items) != want {
				t.Errorf("%s with %q: %d items (%v), want %d", name, state, len(d.Items), err, want)
			}
		}
	}
}
