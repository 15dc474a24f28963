package ics

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/read"
)

// maxID bounds a UID in bytes; a longer one is hashed.
const maxID = 900

// entry reads one VEVENT or VJOURNAL.
func (r *reading) entry(c *component, z *zones) *entry {
	e := &entry{uid: strings.Join(strings.Fields(c.text("UID")), " ")}
	it := &e.item
	it.Type = federation.EventItem
	if c.name == "VJOURNAL" {
		it.Type = federation.News
	}
	if e.uid == "" {
		e.uid = read.Hash(c.text("SUMMARY"), c.text("DTSTART"), c.text("URL"), c.text("DESCRIPTION"))
	} else if len(e.uid) > maxID {
		e.uid = read.Hash(e.uid)
	}
	it.OriginID = e.uid
	if p, ok := c.get("RECURRENCE-ID"); ok {
		if s, ok := z.stamp(p.value, p); ok {
			e.instance, e.onwards = &s, strings.EqualFold(p.param("RANGE"), "THISANDFUTURE")
			it.OriginID += "#" + s.id()
		} else {
			it.OriginID += "#" + read.Hash(p.value)
			r.Warn(it.OriginID, "stands for a date of a series that cannot be read: "+quote(p.value))
		}
	}
	e.sequence, _ = strconv.Atoi(c.text("SEQUENCE"))
	switch strings.ToUpper(c.text("CLASS")) {
	case "PRIVATE", "CONFIDENTIAL":
		e.private = true
	}
	e.stamped, it.Published, it.Updated = z.moment(c, "DTSTAMP"), z.moment(c, "CREATED"), z.moment(c, "LAST-MODIFIED")
	r.words(it, c, z)
	r.media(it, c)
	r.place(it, c)
	r.when(e, c, z)
	if it.Type == federation.News {
		it.Event = nil
		if e.dated {
			it.Published = e.start.time
		}
	}
	return e
}

// id is a date of a series however its zone is written: a day, or a moment in
// UTC.
func (s stamp) id() string {
	if s.date {
		return s.wall.Format("20060102")
	}
	return s.time.UTC().Format("20060102T150405Z")
}

func (z *zones) moment(c *component, name string) time.Time {
	if p, ok := c.get(name); ok {
		if s, ok := z.stamp(p.value, p); ok {
			return s.time
		}
	}
	return time.Time{}
}

// when reads start, end and series.
func (r *reading) when(e *entry, c *component, z *zones) {
	if status := status(c); status != "" { // stands by itself, whatever the dates are
		e.item.Event = &federation.Event{Status: status}
	}
	p, ok := c.get("DTSTART")
	if !ok { // of some calendars the dates are all further ones
		if p, ok = c.get("RDATE"); !ok {
			return
		}
		p.value, _, _ = strings.Cut(p.value, ",")
		p.value, _, _ = strings.Cut(p.value, "/")
	}
	if e.start, e.dated = z.stamp(p.value, p); !e.dated {
		r.Warn(e.item.OriginID, "starts at "+quote(p.value)+", which is not a date")
		return
	}
	ev := &federation.Event{Start: e.start.time, AllDay: e.start.date, Status: status(c)}
	e.item.Event = ev
	r.end(e, c, z)
	if outlookAllDay(c, e.start, ev.End) {
		e.start.date, ev.AllDay = true, true
	}
	if ev.AllDay && ev.End.IsZero() {
		ev.End = e.start.at(e.start.wall.AddDate(0, 0, 1))
	}
	if c.name == "VEVENT" && e.instance == nil {
		r.series(e, c, z)
	}
}

// status reads STATUS, by the words of RFC 5545 and those that others write; ""
// for an event that says nothing.
func status(c *component) string { return federation.EventStatus(c.text("STATUS")) }

// end reads DTEND or DURATION; an end not after the start is no end, as many
// systems write when none was given.
func (r *reading) end(e *entry, c *component, z *zones) {
	ev := e.item.Event
	if p, ok := c.get("DTEND"); ok && strings.TrimSpace(p.value) != "" {
		s, ok := z.stamp(p.value, p)
		switch {
		case !ok:
			r.Warn(e.item.OriginID, "ends at "+quote(p.value)+", which is not a date; it is shown without an end")
		case ev.AllDay && !s.date:
			wall := s.in(e.start)
			day := wall.Truncate(24 * time.Hour)
			if wall.After(day) {
				day = day.AddDate(0, 0, 1)
			}
			ev.End = e.start.at(day)
		default:
			ev.End = s.time
		}
		if ok && ev.End.Before(ev.Start) {
			r.Warn(e.item.OriginID, "ends before it starts; it is shown without an end")
		}
	} else if p, ok := c.get("DURATION"); ok {
		if d, ok := readDuration(p.value); ok {
			ev.End = e.start.at(e.start.wall.AddDate(0, 0, d.days)).Add(d.clock)
		} else if strings.Trim(p.value, "PT0HMSDW+- \t") != "" {
			r.Warn(e.item.OriginID, "lasts "+quote(p.value)+", which is not a time; it is shown without an end")
		}
	}
	if !ev.End.After(ev.Start) {
		ev.End = time.Time{}
	}
}

// outlookAllDay reports whether an event that Outlook says lasts whole days
// does by the clock too.
func outlookAllDay(c *component, start stamp, end time.Time) bool {
	midnight := func(t time.Time) bool { return t.Hour()+t.Minute()+t.Second() == 0 }
	return strings.EqualFold(cmp.Or(c.text("X-MICROSOFT-CDO-ALLDAYEVENT"), c.text("X-MICROSOFT-MSNCALENDAR-ALLDAYEVENT")), "TRUE") &&
		midnight(start.wall) && (end.IsZero() || midnight(stamp{time: end, wall: end}.in(start)))
}
