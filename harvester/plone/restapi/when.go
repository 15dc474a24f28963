package restapi

import (
	"strings"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/recur"
	"github.com/plonegov/carillon/harvester/dates"
)

// Plone writes a missing date as 1969-12-31 or 2499-12-31 (the floor and the
// ceiling of Products.CMFDublinCore); 1950 is what PloneMeeting writes. A date
// outside these years is one of those.
const (
	firstYear = 1971
	lastYear  = 2398
)

// Home is what dates without a zone and words without a language are read in.
type Home struct {
	Lang string
	Zone *time.Location
}

// HomeOf is the home of an object in the language, of a source.
func HomeOf(lang string, src federation.Source) Home { return Home{lang, dates.In(src.Zone)} }

// When is the member as a time; a date without a zone is civil time at home.
// The zero time when it holds no date or a placeholder for none.
func (o Object) When(key string, home Home) time.Time {
	t, _ := dates.Parse(o.Raw(key), home.Lang, home.Zone)
	if t.Year() < firstYear || t.Year() > lastYear {
		return time.Time{}
	}
	return t
}

// moment is like When for what happens, which may well be long ago.
func (o Object) moment(key, lang string, zone *time.Location) time.Time {
	t, _ := dates.Parse(o.Raw(key), lang, zone)
	if t.IsZero() {
		return t
	}
	if _, offset := t.Zone(); offset == 0 {
		return t.In(zone) // plone.restapi writes every date in UTC
	}
	return t
}

// event reads start, end, whole_day, open_end and recurrence; nil when the
// object has no start.
func (o Object) event(home Home) *federation.Event {
	lang, zone := home.Lang, home.Zone
	if loc := dates.Location(o.Raw("timezone")); loc != nil {
		zone = loc
	}
	start, end := "start", "end"
	if o.Raw("recurrence") != "" && o.Raw("first_start") != "" {
		start, end = "first_start", "first_end" // iMio's lists give the start of the next date
	}
	e := &federation.Event{Start: o.moment(start, lang, zone), End: o.moment(end, lang, zone), AllDay: o.True("whole_day")}
	e.Status = o.eventStatus()
	if e.Start.IsZero() {
		if e.Status != federation.EventCancelled && e.Status != federation.EventTentative {
			return nil
		}
		return &federation.Event{Status: e.Status}
	}
	if e.AllDay {
		if zone == time.UTC { // a day is one of the place; it never passes through UTC
			zone = home.Zone
		}
		e.Start, e.End = dayOf(o.Raw(start), e.Start, zone), dayAfter(o.Raw(end), e.End, zone)
	}
	if o.True("open_end") || !e.End.After(e.Start) {
		e.End = time.Time{}
	}
	o.recur(e, zone)
	return e
}

// eventStatus is whether an event takes place. Plone itself has no field for it;
// these are what sites and add-ons call theirs.
func (o Object) eventStatus() string {
	var said []string
	for _, key := range []string{"event_status", "eventStatus", "status"} {
		said = append(said, o.Texts(key)...)
	}
	if o.True("cancelled") || o.True("canceled") {
		return federation.EventCancelled
	}
	return federation.EventStatus(said...)
}

// dayOf is the first moment in zone of the day that t, written as raw, is in. A
// midnight is one where it was written.
func dayOf(raw string, t time.Time, zone *time.Location) time.Time {
	y, m, d := dayAt(raw, t, zone, "00:00")
	return time.Date(y, m, d, 0, 0, 0, 0, zone)
}

// dayAfter is the end, exclusive, of a whole day that ends at t: Plone ends it
// at its last second.
func dayAfter(raw string, t time.Time, zone *time.Location) time.Time {
	if t.IsZero() {
		return t
	}
	y, m, d := dayAt(raw, t, zone, "23:59")
	return time.Date(y, m, d+1, 0, 0, 0, 0, zone)
}

// dayAt is the day of t where it was written, if it is at the clock there, else
// in zone.
func dayAt(raw string, t time.Time, zone *time.Location, clock string) (int, time.Month, int) {
	if w, ok := dates.Parse(raw, "", zone); ok && w.Format("15:04") == clock {
		return w.Date()
	}
	return t.In(zone).Date()
}

// maxDates bounds the single dates of a recurrence.
const maxDates = 1000

// recur reads the member recurrence: the lines RRULE, EXDATE and RDATE of RFC
// 5545, 3.8.5, as plone.formwidget.recurrence writes them.
func (o Object) recur(e *federation.Event, zone *time.Location) {
	var rules []string
	for line := range strings.Lines(strings.ReplaceAll(o.Raw("recurrence"), "\r\n", "\n")) {
		name, value, ok := strings.Cut(strings.TrimSpace(line), ":")
		if !ok {
			name, value = "RRULE", strings.TrimSpace(line)
		}
		name, _, _ = strings.Cut(name, ";")
		switch strings.ToUpper(name) {
		case "RRULE":
			if rule, err := recur.Rule(value); err == nil {
				rules = append(rules, rule)
			}
		case "EXDATE":
			e.Except = append(e.Except, occurrences(value, e.Start, zone)...)
		case "RDATE":
			e.Extra = append(e.Extra, occurrences(value, e.Start, zone)...)
		}
	}
	e.Except, e.Extra = e.Except[:min(len(e.Except), maxDates)], e.Extra[:min(len(e.Extra), maxDates)]
	if e.Recurrence = strings.Join(rules, "\n"); e.Recurrence != "" || len(e.Extra) > 0 {
		e.Zone = zone.String()
	}
}

// occurrences reads a list of dates. plone.event takes of a midnight the day
// alone: the widget knows no times, and the event's own is meant.
func occurrences(value string, start time.Time, zone *time.Location) []time.Time {
	var out []time.Time
	for s := range strings.SplitSeq(value, ",") {
		t, ok := dates.Parse(s, "", zone)
		if !ok {
			continue
		}
		if t.Format("150405") == "000000" {
			h, m, sec := start.Clock()
			t = time.Date(t.Year(), t.Month(), t.Day(), h, m, sec, 0, start.Location())
		} else if t.Location() == time.UTC {
			t = t.In(zone)
		}
		if out = append(out, t); len(out) == maxDates {
			break
		}
	}
	return out
}
