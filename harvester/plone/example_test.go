package plone_test

import (
	"fmt"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/plone"
)

func ExampleFormat() {
	read, err := plone.Format().Decode(federation.Document{URL: "https://samb.example/@search?fullobjects=1", ContentType: "application/json", Body: []byte(`{"@id": "https://samb.example/@search", "items_total": 1, "items": [{"@id": "https://samb.example/piscine",
		"@type": "News Item", "UID": "a1", "title": "La piscine rouvre", "review_state": "published", "effective": "2026-03-03T08:00:00+00:00",
		"text": {"content-type": "text/html", "data": "<p>Elle est ouverte de nouveau.</p>"}}]}`)})
	if err != nil {
		panic(err)
	}
	for _, it := range read.Items {
		fmt.Println(it.Type, it.OriginID, it.Title, it.Published.Format(time.DateOnly))
	}
	// Output:
	// news a1 La piscine rouvre 2026-03-03
}
