package health_test

import (
	"fmt"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/health"
	"github.com/plonegov/carillon/widgets"
)

func Example() {
	now := time.Date(2026, 11, 23, 9, 30, 0, 0, time.UTC)
	src := federation.Source{Member: "samb", Slug: "agenda", URL: "https://samb.example/agenda.ics"}
	state := federation.SourceState{Health: federation.Health{LastFetch: now.Add(-12 * time.Minute), LastSuccess: now.Add(-12 * time.Minute), Listed: 42, Read: 42, Items: 42},
		Schedule: federation.Schedule{NextFetch: now.Add(40 * time.Minute)}}
	told := health.In("en", widgets.Dates{Lang: "en"}).Of(src, state, nil, now)
	fmt.Println(told.Headline)
	fmt.Println(told.Next)
	// Output:
	// All is well. Checked 12 minutes ago; publications collected: 42 of 42.
	// Next check in 40 minutes.
}
