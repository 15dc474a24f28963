package ics

import (
	"strings"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/recur"
)

// Bounds of series. A rule that leaves dates out is counted out at once.
const (
	maxDates   = 2000 // further dates of one, and those left out
	maxExrules = 50   // in one document
)

// series reads RRULE, RDATE, EXDATE and EXRULE (RFC 5545, 3.8.5; RFC 2445,
// 4.8.5.2).
func (r *reading) series(e *entry, c *component, z *zones) {
	ev := e.item.Event
	var rules []string
	for _, p := range c.all("RRULE") {
		if strings.Trim(p.value, "; \t") == "" {
			continue
		}
		rule, err := recur.Rule(p.value)
		if err != nil {
			r.Warn(e.item.OriginID, "recurs by "+quote(p.value)+", which cannot be followed; it is shown at its first date")
			continue
		}
		rules = append(rules, rule)
	}
	ev.Recurrence = strings.Join(rules, "\n")
	for _, p := range c.all("RDATE") {
		ev.Extra = append(ev.Extra, r.dates(e, p, z)...)
	}
	if !ev.Recurs() {
		return
	}
	if e.start.zone != nil {
		if ev.Zone = e.start.zone.name; ev.Zone == "" && e.start.zone.own != nil {
			r.Warn(e.item.OriginID, "recurs in a time zone that only this calendar knows; it is counted by the time of its first date")
		}
	}
	for _, p := range c.all("EXDATE") {
		ev.Except = append(ev.Except, r.dates(e, p, z)...)
	}
	for _, p := range c.all("EXRULE") {
		if r.exrules++; r.exrules > maxExrules {
			r.once("More rules than usual leave dates out; not all were followed.")
			break
		}
		ev.Except = append(ev.Except, ev.Dates().By(p.value)...)
	}
	ev.Extra, ev.Except = ev.Extra[:min(len(ev.Extra), maxDates)], ev.Except[:min(len(ev.Except), maxDates)]
}

// dates reads the starts that an RDATE or EXDATE lists.
func (r *reading) dates(e *entry, p property, z *zones) []time.Time {
	var out []time.Time
	bad, lengths := "", false
	for value := range strings.SplitSeq(p.value, ",") {
		if value = strings.TrimSpace(value); value == "" {
			continue
		}
		start, length, period := strings.Cut(value, "/")
		s, ok := z.stamp(start, p)
		switch {
		case !ok:
			bad = value
		case len(out) < maxDates:
			at := e.dateOf(s)
			if period { // it says how long it lasts, so its hour is meant
				at = e.start.dateOf(s)
			}
			if p.name != "RDATE" || !at.Equal(e.item.Event.Start) {
				out = append(out, at)
			}
			lengths = lengths || period && !e.lasts(s, length, z, p)
		}
	}
	if bad != "" {
		r.Warn(e.item.OriginID, "has a date "+quote(bad)+" among its "+p.name+" that cannot be read")
	}
	if lengths {
		r.Warn(e.item.OriginID, "has further dates of another length; they are shown with the length of the first")
	}
	return out
}

// lasts reports whether a period is as long as the event.
func (e *entry) lasts(s stamp, length string, z *zones, p property) bool {
	ev := e.item.Event
	if ev.End.IsZero() {
		return true
	}
	end := s.time
	if d, ok := readDuration(length); ok {
		end = s.at(s.wall.AddDate(0, 0, d.days)).Add(d.clock)
	} else if t, ok := z.stamp(length, p); ok {
		end = t.time
	}
	return end.Sub(s.time) == ev.End.Sub(ev.Start)
}

// dateOf is the date of a series that s means. Plone writes the days that its
// editors add and take away as midnights: such a one is the day at the hour of
// the series, unless that has several hours.
func (e *entry) dateOf(s stamp) time.Time {
	start, rule := e.start, e.item.Event.Recurrence
	at, own := start.dateOf(s), s.in(start)
	if start.date || s.date || !at.Equal(s.time) || clock(own) == clock(start.wall) || strings.Contains(rule, "BYHOUR=") || strings.Contains(rule, "=HOURLY") {
		return at
	}
	for _, wall := range []time.Time{s.wall, own} {
		if clock(wall) == 0 {
			return start.at(wall.Add(clock(start.wall)))
		}
	}
	return at
}

// clock is the time of day.
func clock(wall time.Time) time.Duration { return wall.Sub(wall.Truncate(24 * time.Hour)) }

// dateOf is the date of the series from start that s means. RFC 5545 wants both
// to be of one type and zone; calendars that do not are read as they are meant:
// a day is the date on that day, and a moment that no clock of the series
// shows, but whose digits one does, is in the zone of the series.
func (start stamp) dateOf(s stamp) time.Time {
	day := s.wall.Truncate(24 * time.Hour)
	switch {
	case start.date && s.fixed && !s.wall.Equal(day):
		return start.at(s.dayIn(start))
	case start.date: // its own day, whatever zone it is in
		return start.at(day)
	case s.date:
		return start.at(day.Add(clock(start.wall)))
	case clock(s.in(start)) != clock(start.wall) && clock(s.wall) == clock(start.wall):
		return start.at(s.wall)
	}
	return s.time
}

// dayIn is the day that a moment written in UTC stands for in a series of days:
// the one that begins then where the series or the source is, else the one that
// it is in.
func (s stamp) dayIn(start stamp) time.Time {
	wall := s.in(start)
	day := wall.Truncate(24 * time.Hour)
	if at := s.time.In(s.civil); !wall.Equal(day) && at.Hour()+at.Minute()+at.Second() == 0 {
		return time.Date(at.Year(), at.Month(), at.Day(), 0, 0, 0, 0, time.UTC)
	}
	return day
}

// settle makes ids distinct and gives series the dates that are entries of
// their own.
func (r *reading) settle() {
	r.newest()
	masters := map[string]*entry{}
	for _, e := range r.entries {
		if e.instance == nil && !e.dropped {
			masters[e.uid] = e
		}
	}
	for _, e := range r.entries {
		m := masters[e.uid]
		if e.instance == nil || e.dropped || m == nil {
			continue
		}
		inherit(&e.item, &m.item)
		if m.item.Event == nil || !m.item.Event.Recurs() {
			continue
		}
		ev, at := m.item.Event, m.dateOf(*e.instance)
		if e.onwards {
			r.from(e, m, at)
		}
		if len(ev.Except) < maxDates {
			ev.Except = append(ev.Except, at)
		}
	}
}

// inherit fills in what an entry for one date leaves to its series.
func inherit(it, series *federation.Item) {
	if it.Title == "" {
		it.Title = series.Title
	}
	if it.Content.IsZero() && it.Summary == "" {
		it.Content, it.Summary = series.Content, series.Summary
	}
	if it.URL == "" {
		it.URL = series.URL
	}
	if it.Place == nil {
		it.Place = series.Place
	}
	if it.Language == "" {
		it.Language = series.Language
	}
}

// from makes an entry for a date and all later ones a series, and ends the one
// it takes over from (RFC 5545, 3.2.13).
func (r *reading) from(e, m *entry, at time.Time) {
	ev, own := m.item.Event, e.item.Event
	if own == nil {
		return
	}
	if own.Zone == "" && e.start.zone != nil {
		own.Zone = e.start.zone.name
	}
	ev.Recurrence, own.Recurrence = ev.Dates().Divide(at)
}
