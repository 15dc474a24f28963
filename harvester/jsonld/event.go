package jsonld

import (
	"cmp"
	"html"
	"strings"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/dates"
	"github.com/plonegov/carillon/harvester/read"
)

// event reads when, where, with whom and for how much.
func (w *writing) event(n node) {
	w.Type = federation.EventItem
	w.when(n)
	w.status(n)
	if w.Event.Start.IsZero() && w.Event.Status != federation.EventCancelled && w.Event.Status != federation.EventTentative {
		w.Event = nil
	}
	w.where(n)
	w.fact(n, "organizer", "organizer", "organiser")
	w.fact(n, "performer", "performer", "performers", "actor", "director", "composer")
	w.prices(n)
	w.fact(n, "doors", "doorTime")
	w.fact(n, "audience", "audience")
	w.fact(n, "part", "superEvent")
	w.fact(n, "links", "sameAs")
	for _, p := range []string{"subEvent", "subEvents", "eventAttendanceMode"} {
		w.told[p] = true
	}
}

// when reads startDate, endDate, duration and eventSchedule. The end of a day
// that is written without a time is the beginning of the next, as ends are
// exclusive.
func (w *writing) when(n node) {
	e := &federation.Event{}
	start, startDay, ok := w.moment(n, "startDate", "startTime")
	end, endDay, hasEnd := w.moment(n, "endDate", "endTime")
	e.Start, e.AllDay = start, startDay
	switch {
	case hasEnd && endDay:
		e.End = end.AddDate(0, 0, 1)
	case hasEnd && !startDay && isMidnight(start) && isLastMinute(end): // how calendars without all-day events write them
		y, m, d := end.Date()
		e.AllDay, e.End = true, time.Date(y, m, d+1, 0, 0, 0, 0, end.Location())
	case hasEnd && startDay && !isMidnight(end): // a day that ends at an hour
		e.End, e.AllDay = end, false
	case hasEnd:
		e.End = end
	}
	if span, okSpan := duration(w.raw(n["duration"], "")); okSpan && e.End.IsZero() && ok && !startDay {
		e.End = e.Start.Add(span)
	}
	w.told["duration"] = true
	if !e.End.IsZero() && !e.End.After(e.Start) {
		if e.End.Before(e.Start) {
			w.Warn(w.OriginID, "The event ends before it begins; its end is left out.")
		}
		e.End = time.Time{}
	}
	w.schedule(n, e)
	if e.Start.IsZero() { // what is said of whether it takes place stands by itself
		w.Warn(w.OriginID, "The event has no date that can be read.")
		e = &federation.Event{}
	}
	w.Event = e
}

// moment reads a date with the time beside it, if there is one, and whether it
// is a day without a time.
func (w *writing) moment(n node, date, clock string) (t time.Time, day, ok bool) {
	w.told[date], w.told[clock] = true, true
	s := w.reading.text(n[date], w.lang)
	if s == "" {
		return t, false, false
	}
	if c := w.reading.text(n[clock], w.lang); c != "" && !strings.ContainsAny(s, ":T") {
		if t, ok = w.parse(s + "T" + strings.TrimPrefix(c, "T")); ok {
			return t, false, true
		}
	}
	t, ok = w.parse(s)
	if !ok {
		w.Warn(w.OriginID, "The date "+date+" cannot be read: "+read.Clip(s, 60))
		w.tell("dates", html.EscapeString(s))
		return t, false, false
	}
	return t, isMidnight(t) && !strings.ContainsAny(s, ":hT"), true
}

func (w *writing) parse(s string) (time.Time, bool) {
	return dates.Parse(s, w.lang, dates.In(w.zone))
}

func isMidnight(t time.Time) bool { return t.Hour() == 0 && t.Minute() == 0 }

func isLastMinute(t time.Time) bool { return t.Hour() == 23 && t.Minute() == 59 }

// status reads eventStatus, of EventStatusType. Where nothing is said an event
// takes place, which is what schema.org means; what is not understood says
// nothing, and is told as it is. A part that says nothing goes as the whole.
func (w *writing) status(n node) {
	w.told["eventStatus"], w.told["previousStartDate"] = true, true
	said := members(n["eventStatus"])
	if whole, ok := n["superEvent"].(map[string]any); ok && len(said) == 0 {
		said = members(w.follow(whole)["eventStatus"])
	}
	if w.Event.Status = federation.EventStatus(said...); w.Event.Status == "" {
		if len(said) == 0 {
			w.Event.Status = federation.EventConfirmed
		}
		for _, s := range said {
			w.tell("status", w.line(s))
		}
	}
	if w.Event.Status == federation.EventTentative {
		w.tell("postponed", label("yes", w.lang))
	}
	if p := w.reading.text(n["previousStartDate"], w.lang); p != "" {
		w.tell("before", html.EscapeString(p))
	}
}

// where reads the places of an event. The first real one is the item's, the
// others and the virtual ones are told.
func (w *writing) where(n node) {
	w.told["location"] = true
	var online, also []string
	for _, v := range list(n["location"]) {
		m, ok := v.(map[string]any)
		if !ok {
			if s := w.reading.text(v, w.lang); w.Place == nil && s != "" {
				w.Place = &federation.Place{Name: s}
			} else if s != "" {
				also = append(also, w.line(s))
			}
			continue
		}
		at := w.follow(m)
		if at.is("VirtualLocation") {
			online = append(online, cmp.Or(w.object(at, 0), label("yes", w.lang)))
			continue
		}
		p := w.venue(at)
		switch {
		case p != nil && w.Place == nil:
			w.Place = p
		case p != nil:
			also = append(also, html.EscapeString(strings.Trim(p.Name+", "+p.Address, ", ")))
		}
	}
	if len(online) == 0 && (isMember(n["eventAttendanceMode"], "OnlineEventAttendanceMode") || isMember(n["eventStatus"], "EventMovedOnline")) {
		online = append(online, label("yes", w.lang))
	}
	w.tell("venue", also...)
	w.tell("online", online...)
}

// duration reads the days and times of an ISO 8601 duration: "PT1H30M", "P1D".
func duration(s string) (time.Duration, bool) {
	s = strings.ToUpper(strings.TrimSpace(s))
	rest, ok := strings.CutPrefix(s, "P")
	if !ok || len(rest) > 20 {
		return 0, false
	}
	var total time.Duration
	unit := map[byte]time.Duration{'W': 7 * 24 * time.Hour, 'D': 24 * time.Hour, 'H': time.Hour, 'M': time.Minute, 'S': time.Second}
	n, digits, clock := 0, 0, false
	for i := range len(rest) {
		switch c := rest[i]; {
		case c == 'T':
			clock = true
		case c >= '0' && c <= '9' && digits < 5:
			n, digits = n*10+int(c-'0'), digits+1
		case unit[c] != 0 && digits > 0 && (clock || c == 'D' || c == 'W'):
			total, n, digits = total+time.Duration(n)*unit[c], 0, 0
		default:
			return 0, false
		}
	}
	return total, total > 0 && digits == 0
}
