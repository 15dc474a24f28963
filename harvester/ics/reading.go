package ics

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/read"
)

// reading is one document as it becomes items.
type reading struct {
	*federation.Decoded
	doc     federation.Document
	defined []*component // VTIMEZONEs of the whole document
	entries []*entry
	skipped map[string]int // components that are not read, by name
	said    map[string]bool
	budget  int // see maxCounted
	exrules int // EXRULEs counted out, see maxExrules
}

// entry is an event or a journal entry on the way to an item.
type entry struct {
	item     federation.Item
	uid      string
	start    stamp
	dated    bool   // has a start
	instance *stamp // RECURRENCE-ID: which date of the series it stands for
	onwards  bool   // and for all later ones (RANGE=THISANDFUTURE)
	private  bool
	sequence int
	stamped  time.Time // DTSTAMP
	dropped  bool
}

func (r *reading) calendar(c *calendar) {
	r.head(c)
	lang := cmp.Or(r.doc.Source.Language, r.Language, r.doc.Source.Home)
	z := newZones(c, r.defined, r.doc.Source.Zone, lang, &r.budget, func(message string) { r.once(message) })
	cancelled := strings.EqualFold(c.text("METHOD"), "CANCEL")
	for _, k := range c.entries {
		r.Listed++
		if len(r.entries) == maxItems {
			r.once(fmt.Sprintf("The calendar lists more than %d events; the first were read.", maxItems))
			continue
		}
		e := r.entry(k, z)
		if cancelled && e.item.Type == federation.EventItem {
			if e.item.Event == nil {
				e.item.Event = &federation.Event{}
			}
			e.item.Event.Status = federation.EventCancelled
		}
		r.entries = append(r.entries, e)
	}
	for _, k := range c.others {
		r.skipped[k.name]++
	}
}

// once warns of what concerns many events one time.
func (r *reading) once(message string) {
	if !r.said[message] {
		r.said[message] = true
		r.Warn("", message)
	}
}

// head reads what the calendar says of itself; of several calendars the first
// that says it.
func (r *reading) head(c *calendar) {
	r.Title = cmp.Or(r.Title, read.Line(c.text("X-WR-CALNAME", "NAME")))
	for _, name := range []string{"X-WR-CALNAME", "NAME", "X-WR-CALDESC", "DESCRIPTION"} {
		if p, ok := c.get(name); ok {
			r.Language = cmp.Or(r.Language, language(p))
		}
	}
	r.Language = cmp.Or(r.Language, validLanguage(c.text("X-LANGUAGE", "X-WR-LANGUAGE")))
	r.SiteURL = cmp.Or(r.SiteURL, r.link(c.text("URL")), r.link(c.text("X-ORIGINAL-URL")))
	r.Self = cmp.Or(r.Self, r.link(c.text("SOURCE")))
	for _, name := range []string{"REFRESH-INTERVAL", "X-PUBLISHED-TTL"} {
		if d, ok := readDuration(c.text(name)); ok && r.TTL == 0 {
			r.TTL = time.Duration(d.days)*24*time.Hour + d.clock
		}
	}
}

// title is the plain text of a short field.

func language(p property) string { return validLanguage(p.param("LANGUAGE")) }

func validLanguage(s string) string {
	if s = strings.ReplaceAll(strings.TrimSpace(s), "_", "-"); federation.ValidLanguage(s) {
		return s
	}
	return ""
}

// notShown says what components that are not read are.
var notShown = map[string]string{
	"VTODO":         "to-do entries",
	"VFREEBUSY":     "busy times",
	"VAVAILABILITY": "hours of availability",
	"AVAILABLE":     "hours of availability",
}

// finish makes items of the entries and tells what was passed over.
func (r *reading) finish() {
	r.settle()
	for _, e := range r.entries {
		switch {
		case e.dropped:
		case e.private:
			r.Warn(e.item.OriginID, "is marked as private or confidential; left out")
			r.Gone = append(r.Gone, federation.Tombstone{OriginID: e.item.OriginID})
		case e.item.Title == "" && e.item.Content.IsZero() && !e.dated:
			r.Warn(e.item.OriginID, "has neither title, text nor date; left out")
		default:
			if e.item.Type == federation.EventItem && !e.dated {
				r.Warn(e.item.OriginID, "has no start that can be read; it is kept without a date")
			}
			r.Items = append(r.Items, e.item)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(r.skipped)) {
		if what := notShown[name]; what != "" {
			r.Warn("", fmt.Sprintf("The calendar also holds %s (%d), which are not for the public; they were passed over.", what, r.skipped[name]))
		} else {
			r.Warn("", fmt.Sprintf("The calendar also holds %s (%d), which is new to us; it was passed over.", quote(name), r.skipped[name]))
		}
	}
}
