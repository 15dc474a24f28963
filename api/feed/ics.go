package feed

import (
	"io"
	"strconv"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"

	"github.com/plonegov/carillon/federation"
)

// Calendar is the format for what has a date: iCalendar (RFC 5545). It is
// beside [Formats], because of other items it says nothing.
var Calendar = Format{"ics", "text/calendar; charset=utf-8", WriteICS}

// mostDates bounds the dates that a calendar has of one series.
const mostDates = 60

// WriteICS writes the entries that have a date as a calendar to subscribe to.
// A series is written date by date from f.From on, at most 60 of each, in
// Universal Time: so it needs no time zone of a name that some program does not
// know, and nine o'clock stays nine o'clock in summer.
func WriteICS(w io.Writer, f Feed) error {
	cal := ics.NewCalendar()
	cal.SetProductId("-//" + firstText(calendarText(f.Generator), "Carillon") + "//" + firstText(calendarText(f.Version), "dev") + "//EN")
	cal.SetMethod(ics.MethodPublish)
	cal.SetName(calendarText(f.Title))
	cal.SetXWRCalName(calendarText(f.Title))
	cal.SetXWRCalDesc(calendarText(f.description()))
	cal.SetRefreshInterval("PT1H", ics.WithValue("DURATION"))
	cal.SetXPublishedTTL("PT1H")
	if u := cleanURI(f.Home); isHTTP(u) {
		cal.SetUrl(u)
	}
	for _, e := range f.Entries {
		for _, at := range dates(e.Item.Event, f.From) {
			calendarEvent(cal, e, at)
		}
	}
	return cal.SerializeTo(w, ics.WithNewLineWindows)
}

// dates are the event itself, or those of a series.
func dates(e *federation.Event, from time.Time) []federation.Event {
	switch {
	case e == nil || e.Start.IsZero():
		return nil
	case !e.Recurs():
		return []federation.Event{*e}
	}
	var out []federation.Event
	for o := range e.From(from) {
		if len(out) == mostDates {
			break
		}
		out = append(out, e.On(o))
	}
	return out
}

func calendarEvent(cal *ics.Calendar, e Entry, at federation.Event) {
	id := e.ID()
	if at.Recurs() {
		id += ":" + at.Start.UTC().Format("20060102T150405Z")
	}
	ev := cal.AddEvent(id)
	ev.SetDtStampTime(e.Updated())
	ev.SetModifiedAt(e.Updated())
	ev.SetSequence(max(e.Item.Version-1, 0))
	ev.SetSummary(calendarText(e.title()))
	if s := calendarText(e.Item.Summary); s != "" {
		ev.SetDescription(s)
	}
	ev.SetURL(e.Link())
	if at.AllDay {
		ev.SetAllDayStartAt(at.Start)
		if at.End.After(at.Start) {
			ev.SetAllDayEndAt(at.End)
		}
	} else {
		ev.SetStartAt(at.Start)
		if at.End.After(at.Start) {
			ev.SetEndAt(at.End)
		}
	}
	switch at.Status {
	case federation.EventCancelled:
		ev.SetStatus(ics.ObjectStatusCancelled)
	case "tentative":
		ev.SetStatus(ics.ObjectStatusTentative)
	case "confirmed":
		ev.SetStatus(ics.ObjectStatusConfirmed)
	}
	if p := e.Item.Place; p != nil {
		if where := calendarText(placeLine(*p)); where != "" {
			ev.SetLocation(where)
		}
		if p.Point != nil && p.Point.Valid() {
			ev.SetGeo(strconv.FormatFloat(p.Point.Lat, 'f', -1, 64), strconv.FormatFloat(p.Point.Lon, 'f', -1, 64))
		}
	}
	for _, c := range categories(e.Item) {
		ev.AddCategory(calendarText(c))
	}
}

// placeLine is the name and the address of a place, each once.
func placeLine(p federation.Place) string {
	if p.Name == "" || strings.HasPrefix(p.Address, p.Name) {
		return p.Address
	}
	if p.Address == "" {
		return p.Name
	}
	return p.Name + ", " + p.Address
}

// calendarText is a text without control characters, on one line (RFC 5545,
// 3.3.11).
func calendarText(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return -1
		}
		return r
	}, oneLine(s))
}
