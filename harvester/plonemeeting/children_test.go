package plonemeeting

import (
	"strings"
	"testing"

	"github.com/plonegov/carillon/federation"
)

// TestChildrenOfAPublication: what a published publication holds is shown only
// when it is published itself.
func TestChildrenOfAPublication(t *testing.T) {
	const body = `{"@id":"https://d.example/p","@type":"Publication","UID":"u","title":"T","text":{"data":"<p>x</p>","content-type":"text/html"},
		"document_type":"avis","review_state":"published","items":[
		{"@id":"https://d.example/p/f","@type":"File","title":"SECRETFILE","review_state":"private"},
		{"@id":"https://d.example/p/h","@type":"File","title":"PENDINGFILE","review_state":"pending"},
		{"@id":"https://d.example/p/g","@type":"File","title":"Plan","review_state":"published"}],
		"relatedItems":[{"@id":"https://d.example/q","@type":"Document","title":"SECRETPAGE","review_state":"private"}]}`
	d, err := Format().Decode(federation.Document{URL: "https://d.example/p", ContentType: "application/json", Body: []byte(body), Source: federation.Source{Language: "fr"}})
	if err != nil || len(d.Items) != 1 {
		t.Fatalf("Decode = %d items, %v, want one", len(d.Items), err)
	}
	it := d.Items[0]
	text := it.Content.String()
	for _, a := range it.Attachments {
		text += a.URL + a.Title
	}
	for _, secret := range []string{"SECRETFILE", "PENDINGFILE", "SECRETPAGE", "p/f", "p/h"} {
		if strings.Contains(text, secret) {
			t.Errorf("%s is shown: %s", secret, text)
		}
	}
	if !strings.Contains(text, "p/g") {
		t.Errorf("the published file is not shown: %s", text)
	}
}
