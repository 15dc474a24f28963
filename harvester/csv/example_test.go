package csv_test

import (
	"fmt"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/csv"
)

func ExampleFormat() {
	read, err := csv.Format().Decode(federation.Document{URL: "https://samb.example/fetes.csv", ContentType: "text/csv", Body: []byte(`titre;date;lieu
Fête du parc;05/07/2026;Parc communal
`), Source: federation.Source{Type: federation.EventItem, Language: "fr"}})
	if err != nil {
		panic(err)
	}
	for _, it := range read.Items {
		fmt.Println(it.Title, it.Event.Start.Format(time.DateOnly), it.Place.Name)
	}
	// Output:
	// Fête du parc 2026-07-05 Parc communal
}
