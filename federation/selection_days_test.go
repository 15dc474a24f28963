package federation

import (
	"testing"
	"time"
)

// TestSelectionDays: the days of a selection are days of the zone it is in, in
// winter, in summer and on the days between; its text stays the same.
func TestSelectionDays(t *testing.T) {
	brussels, ok := Location("Europe/Brussels")
	if !ok {
		t.Skip("no zone data")
	}
	for _, test := range []struct {
		start string
		day   string // the only one that the item is on
	}{
		{"2027-01-01T00:30:00+01:00", "2027-01-01"}, {"2027-01-01T23:30:00+01:00", "2027-01-01"}, {"2027-07-12T00:30:00+02:00", "2027-07-12"},
		{"2027-07-11T22:00:00Z", "2027-07-12"}, {"2027-07-12T21:59:00Z", "2027-07-12"}, {"2027-03-28T00:00:00+01:00", "2027-03-28"},
		{"2027-03-28T23:59:00+02:00", "2027-03-28"}, {"2027-10-31T23:59:00+01:00", "2027-10-31"},
	} {
		start, err := time.Parse(time.RFC3339, test.start)
		if err != nil {
			t.Fatal(err)
		}
		day, err := time.Parse(time.DateOnly, test.day)
		if err != nil {
			t.Fatal(err)
		}
		for _, it := range []Item{{Published: start}, {Event: &Event{Start: start}}, {Event: &Event{Start: start, Recurrence: "FREQ=DAILY;COUNT=1"}}} {
			for n := -1; n <= 1; n++ {
				text := "from=" + day.AddDate(0, 0, n).Format(time.DateOnly) + "&to=" + day.AddDate(0, 0, n).Format(time.DateOnly)
				s, err := ParseSelection(text)
				if err != nil {
					t.Fatal(err)
				}
				local := s.In(brussels)
				if got := local.Match(it); got != (n == 0) {
					t.Errorf("%s matches %s: %v", text, test.start, got)
				}
				if local.String() != s.String() {
					t.Errorf("In changes the text %q to %q", s, local)
				}
			}
		}
	}
	moment, err := ParseSelection("from=2027-07-12T00:00:00Z")
	if err != nil {
		t.Fatal(err)
	}
	if got := moment.In(brussels).From.Time; !got.Equal(moment.From.Time) {
		t.Errorf("a moment became %s", got)
	}
}

// TestDaysAtHome: a day that people ask for is one of the hub's home zone, and
// of Europe/Brussels where the hub names none.
func TestDaysAtHome(t *testing.T) {
	s, err := ParseSelection("from=2027-07-12")
	if err != nil {
		t.Fatal(err)
	}
	for zone, want := range map[string]string{"": "2027-07-11T22:00:00Z", "Europe/Lisbon": "2027-07-11T23:00:00Z", "Europe/Helsinki": "2027-07-11T21:00:00Z"} {
		c := &Catalogue{Hub: Hub{Zone: zone}}
		if got := c.Resolve(s).From.Time.UTC().Format(time.RFC3339); got != want {
			t.Errorf("in %q the day begins at %s, want %s", zone, got, want)
		}
	}
}
