package oparl

import (
	"cmp"
	"strings"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"
)

func (r *reading) meeting(o object, id string) federation.Item {
	c := content{base: r.base, reserve: maxContent / 2} // for the agenda
	committees := names(o, "organization")
	it := federation.Item{
		Type:       federation.Meeting,
		Title:      cmp.Or(o.text("name"), strings.Join(committees, ", "), r.words.of("meeting")),
		Categories: committees,
		Event:      r.event(o, id),
		Place:      r.place(o.object("location"), id),
	}
	state := o.text("meetingState")
	if status(o) == federation.EventCancelled {
		state = cmp.Or(state, r.words.of("cancelled"))
	}
	c.row(r.words.of("state"), state)
	c.row(r.words.of("organization"), committees...)
	if l := o.object("location"); l != nil {
		c.row(r.words.of("place"), placeFacts(l)...)
	}
	c.row(r.words.of("participant"), names(o, "participant")...)
	c.extra(o, "meetingState cancelled start end location organization participant invitation resultsProtocol verbatimProtocol auxiliaryFile")
	r.files(&it, &c, o, "invitation", r.words.of("invitation"))
	r.files(&it, &c, o, "resultsProtocol", r.words.of("results"))
	r.files(&it, &c, o, "verbatimProtocol", r.words.of("verbatim"))
	r.files(&it, &c, o, "auxiliaryFile", "")
	r.agenda(&it, &c, o)
	it.Content = r.done(&c, id)
	return it
}

// names are those of embedded organizations or persons. Of a person the name
// is all that is read.
func names(o object, key string) []string {
	var out []string
	for _, e := range o.objects(key) {
		name := cmp.Or(e.text("name"), join(" ", e.text("givenName"), e.text("familyName")))
		if name != "" {
			out = append(out, name)
		}
	}
	return out
}

// event is the when of a meeting, nil when it is not known. Servers write an
// unknown end as the midnight before the meeting.
func (r *reading) event(o object, id string) *federation.Event {
	start, end := r.time(o, "start"), r.time(o, "end")
	if start.IsZero() {
		if o.raw("start") != "" {
			r.note(id, "the date of the meeting cannot be read")
		}
		if s := status(o); s != "" {
			return &federation.Event{Status: s}
		}
		return nil
	}
	if !end.IsZero() && end.Before(start) {
		if !midnight(end) {
			r.note(id, "the meeting ends before it begins; the end was left out")
		}
		end = time.Time{}
	}
	e := &federation.Event{Start: start, End: end, AllDay: len(o.raw("start")) == len(time.DateOnly)}
	if e.AllDay && len(o.raw("end")) == len(time.DateOnly) && !end.IsZero() {
		e.End = end.AddDate(0, 0, 1) // the last day is one of the meeting's
	}
	e.Status = status(o)
	return e
}

func midnight(t time.Time) bool { return t.Hour() == 0 && t.Minute() == 0 && t.Second() == 0 }

// status is whether a meeting takes place. meetingState is free text: systems
// older than the flag say it there. What it says of the agenda or the minutes
// says nothing about that.
func status(o object) string {
	if o.yes("cancelled") {
		return federation.EventCancelled
	}
	return federation.EventStatus(append(o.texts("meetingState"), o.texts("cancelled")...)...)
}

// done finishes a text and says when it is not whole.
func (r *reading) done(c *content, id string) markup.HTML {
	if c.cut {
		r.note(id, "has more text than the 500 KiB that are kept; the rest is missing")
	}
	return c.html()
}
