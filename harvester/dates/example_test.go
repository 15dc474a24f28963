package dates_test

import (
	"fmt"
	"time"

	"github.com/plonegov/carillon/harvester/dates"
)

func ExampleParse() {
	for _, s := range []string{"mardi 3 mars 2026 à 20h30", "3. März 2026, 20:30 Uhr", "2026-03-03T20:30:00+01:00"} {
		t, ok := dates.Parse(s, "fr", dates.In("Europe/Brussels"))
		fmt.Println(t.Format(time.RFC3339), ok)
	}
	// Output:
	// 2026-03-03T20:30:00+01:00 true
	// 2026-03-03T20:30:00+01:00 true
	// 2026-03-03T20:30:00+01:00 true
}
