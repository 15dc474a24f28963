package plonemeeting_test

import (
	"fmt"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/plonemeeting"
)

func ExampleFormat() {
	read, err := plonemeeting.Format().Decode(federation.Document{URL: "https://samb.example/export.json", ContentType: "application/json", Body: []byte(`[{"@id": "https://samb.example/conseil/1", "@type": "MeetingItemCollege", "UID": "b1", "title": "Budget 2026", "review_state": "accepted",
		"privacy": {"token": "public"}, "decision": {"content-type": "text/html", "data": "<p>Article 1er. Le budget est adopté.</p>"}}]`)})
	if err != nil {
		panic(err)
	}
	for _, it := range read.Items {
		fmt.Println(it.Type, it.OriginID, it.Title)
	}
	// Output:
	// decision b1 Budget 2026
}
