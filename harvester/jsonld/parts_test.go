package jsonld

import (
	"testing"

	"github.com/plonegov/carillon/federation"
)

// TestPartsOfEvents: what is said of whether an event takes place holds for its
// parts that say nothing themselves.
func TestPartsOfEvents(t *testing.T) {
	for name, graph := range map[string]string{
		"inside":     `{"@type":"Event","name":"Fête","startDate":"2027-07-01T20:00","eventStatus":"EventCancelled","subEvent":[{"@type":"Event","name":"Bal","startDate":"2027-07-01T21:00"}]}`,
		"by its id":  `{"@type":"Event","name":"Fête","startDate":"2027-07-01T20:00","eventStatus":{"@id":"schema:EventCancelled"},"subEvent":{"@id":"#bal"}},{"@type":"Event","@id":"#bal","name":"Bal","startDate":"2027-07-01T21:00"}`,
		"superEvent": `{"@type":"Event","@id":"#f","name":"Fête","startDate":"2027-07-01T20:00","eventStatus":["EventCancelled"]},{"@type":"Event","name":"Bal","startDate":"2027-07-01T21:00","superEvent":{"@id":"#f"}}`,
		"before it":  `{"@type":"Event","@id":"#bal","name":"Bal","startDate":"2027-07-01T21:00","superEvent":{"@id":"#f"}},{"@type":"Event","@id":"#f","name":"Fête","startDate":"2027-07-01T20:00","eventStatus":"http://schema.org/EventCancelled"}`,
	} {
		d, err := Format().Decode(federation.Document{Body: []byte(`{"@context":"https://schema.org","@graph":[` + graph + `]}`), URL: "https://a.example/x.json"})
		if err != nil || len(d.Items) != 2 {
			t.Errorf("%s: %d items, error %v", name, len(d.Items), err)
			continue
		}
		for _, it := range d.Items {
			if it.Event == nil || it.Event.Status != federation.EventCancelled {
				t.Errorf("%s: %s has the event %+v, want it cancelled", name, it.Title, it.Event)
			}
		}
	}
}
