package recur_test

import (
	"fmt"
	"time"

	"github.com/plonegov/carillon/federation/recur"
)

func Example() {
	council := recur.Set{
		Start:  time.Date(2026, 1, 5, 20, 0, 0, 0, time.UTC),
		Rules:  "FREQ=MONTHLY;BYDAY=1MO",
		Except: []time.Time{time.Date(2026, 2, 2, 20, 0, 0, 0, time.UTC)},
	}
	for _, date := range council.Between(time.Time{}, time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)) {
		fmt.Println(date.Start.Format(time.DateTime))
	}
	// Output:
	// 2026-01-05 20:00:00
	// 2026-03-02 20:00:00
	// 2026-04-06 20:00:00
}
