package ics_test

import (
	"fmt"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/ics"
)

func ExampleFormat() {
	read, err := ics.Format().Decode(federation.Document{URL: "https://samb.example/agenda.ics", ContentType: "text/calendar", Body: []byte(`BEGIN:VCALENDAR
BEGIN:VEVENT
UID:fete@samb.example
SUMMARY:Fête du parc
DTSTART;TZID=Europe/Brussels:20260705T140000
DTEND;TZID=Europe/Brussels:20260705T180000
LOCATION:Parc communal
END:VEVENT
END:VCALENDAR`)})
	if err != nil {
		panic(err)
	}
	for _, it := range read.Items {
		fmt.Println(it.Type, it.Title, it.Event.Start.Format(time.RFC3339), it.Place.Name)
	}
	// Output:
	// event Fête du parc 2026-07-05T14:00:00+02:00 Parc communal
}
