package widgets

import (
	"regexp"
	"testing"
	"time"

	"github.com/plonegov/carillon/federation"
)

func at(t *testing.T, s string) time.Time {
	t.Helper()
	v, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestWhen(t *testing.T) {
	event := func(start, end string, allDay bool) federation.Event {
		e := federation.Event{Start: at(t, start), AllDay: allDay}
		if end != "" {
			e.End = at(t, end)
		}
		return e
	}
	evening := event("2026-11-01T19:30:00+01:00", "2026-11-01T21:00:00+01:00", false)
	morning := event("2026-11-02T08:30:00+01:00", "2026-11-02T12:30:00+01:00", false)
	open := event("2026-06-05T18:00:00Z", "", false) // no zone of its own: shown as the communes'
	day := event("2026-05-01T00:00:00Z", "2026-05-02T00:00:00Z", true)
	weekend := event("2026-05-01T00:00:00Z", "2026-05-04T00:00:00Z", true)
	months := event("2026-07-15T10:00:00+02:00", "2026-09-01T18:00:00+02:00", false)
	years := event("2026-12-20T00:00:00Z", "2027-01-05T00:00:00Z", true)
	toMidnight := event("2026-12-31T20:00:00+01:00", "2027-01-01T00:00:00+01:00", false)
	ball := event("2027-01-02T20:30:00+01:00", "2027-01-03T02:00:00+01:00", false)
	wholeDay := event("2027-01-02T20:30:00+01:00", "2027-01-03T20:30:00+01:00", false)
	for _, c := range []struct {
		lang  string
		event federation.Event
		want  string
	}{
		{"fr", evening, "1er novembre 2026, de 19 h 30 à 21 h"},
		{"nl", evening, "1 november 2026, van 19.30 tot 21 uur"},
		{"de", evening, "1. November 2026, von 19.30 bis 21 Uhr"},
		{"en", evening, "1 November 2026, 19:30 to 21:00"},
		{"fr", morning, "2 novembre 2026, de 8 h 30 à 12 h 30"},
		{"nl", morning, "2 november 2026, van 8.30 tot 12.30 uur"},
		{"de", morning, "2. November 2026, von 8.30 bis 12.30 Uhr"},
		{"en", morning, "2 November 2026, 08:30 to 12:30"},
		{"fr", open, "5 juin 2026 à 20 h"},
		{"nl", open, "5 juni 2026 om 20 uur"},
		{"de", open, "5. Juni 2026 um 20 Uhr"},
		{"en", open, "5 June 2026 at 20:00"},
		{"fr", day, "1er mai 2026"},
		{"fr", weekend, "du 1er au 3 mai 2026"},
		{"nl", weekend, "van 1 tot 3 mei 2026"},
		{"de", weekend, "1. bis 3. Mai 2026"},
		{"en", weekend, "1 to 3 May 2026"},
		{"fr", months, "du 15 juillet au 1er septembre 2026"},
		{"de", months, "15. Juli bis 1. September 2026"},
		{"en", years, "20 December 2026 to 4 January 2027"},
		{"fr", toMidnight, "31 décembre 2026, de 20 h à 0 h"},
		{"fr", ball, "2 janvier 2027, de 20 h 30 à 2 h"},
		{"nl", ball, "2 januari 2027, van 20.30 tot 2 uur"},
		{"de", ball, "2. Januar 2027, von 20.30 bis 2 Uhr"},
		{"en", ball, "2 January 2027, 20:30 to 02:00"},
		{"fr", wholeDay, "du 2 au 3 janvier 2027"},
		{"pt", evening, "1er novembre 2026, de 19 h 30 à 21 h"},
		{"fr", federation.Event{}, ""},
	} {
		// Hours stay with their units at the end of a line, so the sheet has no plain space there.
		want := c.want
		for _, unit := range []string{" h", " uur", " Uhr"} {
			want = noBreak(want, unit)
		}
		if got := (Dates{Lang: c.lang}).When(c.event); got != want {
			t.Errorf("%s: When(%v – %v) = %q, want %q", c.lang, c.event.Start, c.event.End, got, want)
		}
	}
}

// noBreak puts no-break spaces around a unit that follows a number.
func noBreak(s, unit string) string {
	s = regexp.MustCompile(`(\d)`+unit+`\b`).ReplaceAllString(s, "$1\u00a0"+unit[1:])
	return regexp.MustCompile(`\x{a0}h (\d)`).ReplaceAllString(s, "\u00a0h\u00a0$1")
}

// TestHomeZone: times that bring no zone of their own are told in the hub's.
func TestHomeZone(t *testing.T) {
	athens, _ := federation.Location("Europe/Athens")
	at := time.Date(2026, 7, 1, 22, 30, 0, 0, time.UTC)
	for zone, want := range map[*time.Location]string{nil: "2026-07-02T00:30:00+02:00", athens: "2026-07-02T01:30:00+03:00"} {
		r, err := NewRenderer()
		if err != nil {
			t.Fatal(err)
		}
		l := r.list(View{Kind: "list", Language: "en", Zone: zone, Entries: []Entry{{Item: federation.Item{Title: "Bal",
			Event: &federation.Event{Start: at}}}}})
		if got := l.Cards[0].Datetime; got != want {
			t.Errorf("in %v the event begins at %s, want %s", zone, got, want)
		}
	}
}
