package sqlite

import (
	"time"

	"github.com/plonegov/carillon/federation"
)

// document is the data column of a version: what of an item no query looks at.
// Its times are RFC 3339; an event's keep their offset, the others are UTC.
type document struct {
	Number      string                  `json:"number,omitempty"`
	Summary     string                  `json:"summary,omitempty"`
	Categories  []string                `json:"categories,omitempty"`
	Authors     []string                `json:"authors,omitempty"`
	Image       *federation.Image       `json:"image,omitempty"`
	Attachments []federation.Attachment `json:"attachments,omitempty"`
	Place       *place                  `json:"place,omitempty"`
	Event       *event                  `json:"event,omitempty"`
	Alert       *federation.Alert       `json:"alert,omitempty"`
	Provenance  federation.Provenance   `json:"provenance"`
	Same        string                  `json:"same,omitempty"`
}

// place and event are the federation's with names that are ours to keep.
type place struct {
	Name       string            `json:"name,omitempty"`
	Address    string            `json:"address,omitempty"`
	PostalCode string            `json:"postal_code,omitempty"`
	Point      *federation.Point `json:"point,omitempty"`
	Hours      federation.Hours  `json:"hours,omitempty"`
}

type event struct {
	Start      time.Time `json:"start,omitzero"`
	End        time.Time `json:"end,omitzero"`
	AllDay     bool      `json:"all_day,omitempty"`
	Recurrence string    `json:"recurrence,omitempty"`
	Status     string    `json:"status,omitempty"`

	Zone   string      `json:"zone,omitempty"`
	Extra  []time.Time `json:"extra,omitempty"`
	Except []time.Time `json:"except,omitempty"`
}

func newDocument(it federation.Item) document {
	d := document{Number: it.Number, Summary: it.Summary, Categories: it.Categories, Authors: it.Authors, Image: it.Image,
		Attachments: it.Attachments, Alert: it.Alert, Provenance: it.Provenance, Same: it.Same}
	d.Provenance.Fetched = utc(d.Provenance.Fetched)
	if d.Alert != nil {
		a := *d.Alert
		a.Onset = utc(a.Onset)
		d.Alert = &a
	}
	if p := it.Place; p != nil {
		d.Place = &place{p.Name, p.Address, p.PostalCode, p.Point, p.Hours}
	}
	if e := it.Event; e != nil {
		d.Event = &event{e.Start.Truncate(time.Microsecond), e.End.Truncate(time.Microsecond), e.AllDay, e.Recurrence, e.Status,
			e.Zone, truncated(e.Extra), truncated(e.Except)}
	}
	return d
}

// truncated brings times to the precision of the store; they keep their
// offset.
func truncated(list []time.Time) []time.Time {
	var out []time.Time
	for _, t := range list {
		out = append(out, t.Truncate(time.Microsecond))
	}
	return out
}

// fill puts d into it.
func (d document) fill(it *federation.Item) {
	it.Number, it.Summary, it.Categories, it.Authors, it.Image = d.Number, d.Summary, d.Categories, d.Authors, d.Image
	it.Attachments, it.Alert, it.Provenance, it.Same = d.Attachments, d.Alert, d.Provenance, d.Same
	if p := d.Place; p != nil {
		it.Place = &federation.Place{Name: p.Name, Address: p.Address, PostalCode: p.PostalCode, Point: p.Point, Hours: p.Hours}
	}
	if e := d.Event; e != nil {
		it.Event = &federation.Event{Start: e.Start, End: e.End, AllDay: e.AllDay, Recurrence: e.Recurrence, Status: e.Status,
			Zone: e.Zone, Extra: e.Extra, Except: e.Except}
	}
}
