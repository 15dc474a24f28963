package main

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plonegov/carillon/federation"
)

// occursOn are the days of an event, in Brussels.
func occursOn(t *testing.T, e *federation.Event) []string {
	t.Helper()
	if e == nil {
		t.Fatal("no event")
	}
	loc, err := time.LoadLocation("Europe/Brussels")
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, o := range e.Occurrences(time.Time{}, time.Time{}) {
		out = append(out, o.Start.In(loc).Format("0102 15:04"))
	}
	return out
}

// TestTrialDays reads harvest/02 of the shared trials, in a source without a
// language and in one of a language that has no zone.
func TestTrialDays(t *testing.T) {
	h := newTimes(t, commune+"      - {slug: none, url: \"@/a.ics\"}\n      - {slug: en, language: en, url: \"@/a.ics\"}\n",
		map[string]string{"/a.ics": trial(t, "harvest", "02-all-day-exdate-until", "exdate.ics")})
	for _, source := range []string{"m/none", "m/en"} {
		for title, want := range map[string]string{"C1 exdate tz": "0701 0715 0722", "C2 exdate utc": "0701 0708 0722", "C3 exdate utc midnight": "0701 0708 0722",
			"C4 exdate iana": "0701 0708 0722", "C5 exdate floating": "0701 0708 0722", "C6 recurrence-id tz": "0701 0715 0722", "C6 moved": "0709"} {
			var days []string
			for _, d := range occursOn(t, h.titled(t, source, title).Event) {
				days = append(days, strings.TrimSuffix(d, " 00:00"))
			}
			if got := strings.Join(days, " "); got != want {
				t.Errorf("%s: %s is on %s, want %s", source, title, got, want)
			}
		}
	}
}

// TestDays: a day is a day of the place, whatever a calendar sends it through:
// cancelled days go, last days stay.
func TestDays(t *testing.T) {
	series := func(lines ...string) string {
		return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nX-WR-TIMEZONE:UTC\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Bal\r\n" + strings.Join(lines, "\r\n") + "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
	}
	day := "DTSTART;VALUE=DATE:20270701"
	for name, test := range map[string]struct {
		lines []string
		want  string
	}{
		"EXDATE in UTC":       {[]string{day, "RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE:20270707T220000Z"}, "0701 0715"},
		"EXDATE in winter":    {[]string{"DTSTART;VALUE=DATE:20270101", "RRULE:FREQ=DAILY;COUNT=3", "EXDATE:20270101T230000Z"}, "0101 0103"},
		"EXDATE far away":     {[]string{day, "RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE;TZID=America/New_York:20270708T000000"}, "0701 0715"},
		"EXDATE with hour":    {[]string{day, "RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE;TZID=Europe/Brussels:20270708T090000"}, "0701 0715"},
		"UNTIL in UTC":        {[]string{day, "RRULE:FREQ=DAILY;UNTIL=20270702T220000Z"}, "0701 0702 0703"},
		"UNTIL at midnight Z": {[]string{day, "RRULE:FREQ=DAILY;UNTIL=20270703T000000Z"}, "0701 0702 0703"},
		"UNTIL floating":      {[]string{day, "RRULE:FREQ=DAILY;UNTIL=20270703T000000"}, "0701 0702 0703"},
		"UNTIL a day":         {[]string{day, "RRULE:FREQ=DAILY;UNTIL=20270703"}, "0701 0702 0703"},
		"UNTIL in winter":     {[]string{"DTSTART;VALUE=DATE:20270301", "RRULE:FREQ=DAILY;UNTIL=20270302T230000Z"}, "0301 0302 0303"},
		"UNTIL of years":      {[]string{day, "RRULE:FREQ=YEARLY;UNTIL=20290630T220000Z"}, "0701 0701 0701"},
	} {
		h := newTimes(t, commune+"      - {slug: ics, url: \"@/a.ics\"}\n", map[string]string{"/a.ics": series(test.lines...)})
		var days []string
		for _, d := range occursOn(t, h.titled(t, "m/ics", "Bal").Event) {
			days = append(days, strings.TrimSuffix(d, " 00:00"))
		}
		if got := strings.Join(days, " "); got != test.want {
			t.Errorf("%s: %s, want %s", name, got, test.want)
		}
	}
}

// TestPloneDays: a whole day of Plone is the day its editor chose.
func TestPloneDays(t *testing.T) {
	whole := func(more string) string {
		return `{"@id":"@BASE@/bal","@type":"Event","UID":"e1","title":"Bal","whole_day":true,"parent":{},` + more + `}`
	}
	for name, test := range map[string]struct{ body, from, to string }{
		"sent through UTC":    {`"start":"2027-12-11T23:00:00+00:00","end":"2027-12-13T22:59:59+00:00"`, "2027-12-12", "2027-12-14"},
		"in summer":           {`"start":"2027-07-11T22:00:00+00:00","end":"2027-07-13T21:59:59+00:00"`, "2027-07-12", "2027-07-14"},
		"a site kept in UTC":  {`"start":"2027-12-12T00:00:00+00:00","end":"2027-12-13T23:59:59+00:00"`, "2027-12-12", "2027-12-14"},
		"timezone says UTC":   {`"timezone":"UTC","start":"2027-12-11T23:00:00+00:00","end":"2027-12-13T22:59:59+00:00"`, "2027-12-12", "2027-12-14"},
		"local without zone":  {`"start":"2027-12-12T00:00:00","end":"2027-12-13T23:59:59"`, "2027-12-12", "2027-12-14"},
		"local with its zone": {`"timezone":"Europe/Brussels","start":"2027-12-12T00:00:00+01:00","end":"2027-12-13T23:59:59+01:00"`, "2027-12-12", "2027-12-14"},
	} {
		h := newTimes(t, commune+"      - {slug: p, format: plone, url: \"@/p.json\"}\n", map[string]string{"/p.json": whole(test.body)})
		e := h.titled(t, "m/p", "Bal").Event
		want := []time.Time{inZone(t, "Europe/Brussels", test.from+" 00:00"), inZone(t, "Europe/Brussels", test.to+" 00:00")}
		if !e.AllDay || !slices.EqualFunc([]time.Time{e.Start, e.End}, want, time.Time.Equal) {
			t.Errorf("%s: %s", name, cmp.Diff(want, []time.Time{e.Start, e.End}))
		}
	}
}
