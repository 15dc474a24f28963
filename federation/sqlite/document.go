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
	Event       *event                  `json:"event,omitempty" normal:"offset"`
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
	if p := it.Place; p != nil {
		d.Place = &place{p.Name, p.Address, p.PostalCode, p.Point, p.Hours}
	}
	if e := it.Event; e != nil {
		d.Event = &event{e.Start, e.End, e.AllDay, e.Recurrence, e.Status, e.Zone, e.Extra, e.Except}
	}
	return d
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
