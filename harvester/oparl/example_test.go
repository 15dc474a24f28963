package oparl_test

import (
	"fmt"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/oparl"
)

func ExampleFormat() {
	read, err := oparl.Format().Decode(federation.Document{URL: "https://ris.stadt.example/meeting/1", ContentType: "application/json", Body: []byte(`{"id": "https://ris.stadt.example/meeting/1", "type": "https://schema.oparl.org/1.1/Meeting",
		"name": "Rat", "start": "2026-03-03T17:00:00+01:00"}`)})
	if err != nil {
		panic(err)
	}
	for _, it := range read.Items {
		fmt.Println(it.Type, it.Title, it.Event.Start.Format(time.RFC3339))
	}
	// Output:
	// meeting Rat 2026-03-03T17:00:00+01:00
}
