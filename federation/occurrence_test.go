package federation

import (
	"testing"
	"time"
)

// TestDatesZone: an event recurs in its zone where there is one, else by the
// offset of its start.
func TestDatesZone(t *testing.T) {
	start := time.Date(2026, 10, 20, 9, 0, 0, 0, time.FixedZone("", 7200))
	for zone, want := range map[string]string{"Europe/Brussels": "09:00+01:00", "Mars/Olympus": "09:00+02:00", "Local": "09:00+02:00", "": "09:00+02:00"} {
		e := Event{Start: start, Zone: zone, Recurrence: "FREQ=WEEKLY"}
		if o, ok := e.Next(start.AddDate(0, 0, 6)); !ok || o.Start.Format("15:04Z07:00") != want {
			t.Errorf("in %q the second date is %v, want at %s", zone, o.Start, want)
		}
	}
}
