package jsonld_test

import (
	"fmt"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/jsonld"
)

func ExampleFormat() {
	read, err := jsonld.Format().Decode(federation.Document{URL: "https://samb.example/agenda", ContentType: "text/html", Body: []byte(`<script type="application/ld+json">{"@context": "https://schema.org", "@type": "Event",
		"name": "Fête du parc", "startDate": "2026-07-05T14:00+02:00", "url": "/fete"}</script>`)})
	if err != nil {
		panic(err)
	}
	for _, it := range read.Items {
		fmt.Println(it.Type, it.Title, it.URL, it.Event.Start.Format(time.RFC3339))
	}
	// Output:
	// event Fête du parc https://samb.example/fete 2026-07-05T14:00:00+02:00
}
