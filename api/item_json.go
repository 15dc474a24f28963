package api

import (
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/plonegov/carillon/api/feed"
	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
)

// Item is an item as the API gives it (DESIGN.md 7). What does not apply is
// absent. Times are UTC but those of an event, which keep its own offset.
type Item struct {
	ID          string                  `json:"id"`
	Type        federation.ItemType     `json:"type"`
	URL         string                  `json:"url,omitempty" doc:"the document at its origin"`
	Title       string                  `json:"title"`
	Summary     string                  `json:"summary,omitempty" doc:"plain text"`
	ContentHTML string                  `json:"content_html,omitempty" doc:"sanitised HTML"`
	Language    string                  `json:"language,omitempty" doc:"BCP 47"`
	Published   *time.Time              `json:"published,omitempty" doc:"as the origin says"`
	Updated     *time.Time              `json:"updated,omitempty" doc:"as the origin says"`
	Expires     *time.Time              `json:"expires,omitempty"`
	Member      ItemMember              `json:"member"`
	Source      ItemSource              `json:"source"`
	Categories  []string                `json:"categories,omitempty"`
	Authors     []string                `json:"authors,omitempty"`
	Image       *federation.Image       `json:"image,omitempty"`
	Attachments []federation.Attachment `json:"attachments,omitempty"`
	Number      string                  `json:"number,omitempty" doc:"of an official act, as its publisher writes it"`
	Place       *ItemPlace              `json:"place,omitempty"`
	Event       *ItemEvent              `json:"event,omitempty"`
	Alert       *federation.Alert       `json:"alert,omitempty"`
	Provenance  ItemProvenance          `json:"provenance"`
	Version     int                     `json:"version" doc:"1 for the first"`
	Also        []ItemAlso              `json:"also,omitempty" doc:"items of other sources that say the same; a list shows one of them"`
}

// ItemAlso is another item that says the same, whole under its own id.
type ItemAlso struct {
	ID     string     `json:"id"`
	Member ItemMember `json:"member"`
	URL    string     `json:"url,omitempty" doc:"the document at its origin"`
}

// ItemMember names the publisher in its own first language.
type ItemMember struct {
	Slug string `json:"slug"`
	Name string `json:"name"`
}

// ItemSource names where the item was published.
type ItemSource struct {
	Slug  string `json:"slug" doc:"unique in the member"`
	Title string `json:"title,omitempty"`
	URL   string `json:"url,omitempty"`
}

// ItemPlace is where something is or happens.
type ItemPlace struct {
	Name    string   `json:"name,omitempty"`
	Address string   `json:"address,omitempty"`
	Lat     *float64 `json:"lat,omitempty"`
	Lon     *float64 `json:"lon,omitempty"`
	Hours   string   `json:"hours,omitempty" doc:"the usual week and days of closure, by the clock of the place: Mo 09:00-12:00; Mo 13:30-17:00; 2026-12-25 off"`
}

// ItemEvent is the when of an event. Start and End are those of its first date.
type ItemEvent struct {
	Start      *time.Time `json:"start,omitempty" doc:"absent where the source gives none that can be read, and says that the event does not take place"`
	End        *time.Time `json:"end,omitempty" doc:"exclusive"`
	AllDay     bool       `json:"all_day"`
	Recurrence string     `json:"recurrence,omitempty" doc:"RFC 5545 RRULE"`
	Status     string     `json:"status,omitempty" enum:"confirmed,tentative,cancelled"`
	Next       *ItemDate  `json:"next,omitempty" doc:"of an event that recurs, the first date that is not over: from the from of the selection on, else from now on; absent when all are over"`
}

// ItemDate is one date of an event.
type ItemDate struct {
	Start time.Time  `json:"start"`
	End   *time.Time `json:"end,omitempty" doc:"exclusive"`
}

// ItemProvenance is where, when and under which terms the item was read.
type ItemProvenance struct {
	SourceURL   string     `json:"source_url,omitempty"`
	Fetched     *time.Time `json:"fetched,omitempty"`
	License     string     `json:"license,omitempty" doc:"SPDX id or an address"`
	Attribution string     `json:"attribution,omitempty" doc:"the sentence that must be shown: the operator's, else what the source says, told as its word"`
	Hash        string     `json:"hash,omitempty" doc:"SHA-256 of the document read"`
}

func namesOf(m *federation.Member) []string {
	if m == nil {
		return nil
	}
	return slices.Collect(maps.Values(m.Name))
}

// item writes an item out. The member and the source may be nil when they were
// removed a moment ago.
func (s *Server) item(it federation.Item, m *federation.Member, src *federation.Source) Item {
	out := Item{
		ID: it.ID, Type: it.Type, URL: httpURL(it.URL), Title: it.Title, Summary: it.Summary, ContentHTML: it.Content.String(),
		Language: it.Language, Published: utc(it.Published), Updated: utc(it.Updated), Expires: utc(it.Until()),
		Member: ItemMember{Slug: it.Member, Name: it.Member}, Source: ItemSource{Slug: slugOf(it.Source)},
		Number: it.Number, Categories: it.Categories, Authors: it.Authors, Image: it.Image, Attachments: it.Attachments,
		Place: place(it.Place), Event: event(it.Event), Alert: alert(it, s.now()), Version: it.Version,
		Provenance: ItemProvenance{SourceURL: feed.PublicURL(it.Provenance.SourceURL), Fetched: utc(it.Provenance.Fetched),
			License: it.Provenance.License, Attribution: it.Provenance.Credit(it.Language, namesOf(m)...), Hash: it.Provenance.Hash},
	}
	if m != nil {
		out.Member.Name = m.Name.In(m.Languages...)
	}
	if src != nil {
		out.Source.Title = s.titles.of(src, m)
		out.Source.URL = feed.PublicURL(src.URL)
	}
	return out
}

func place(p *federation.Place) *ItemPlace {
	if p == nil {
		return nil
	}
	out := ItemPlace{Name: p.Name, Address: p.Address, Hours: string(p.Hours)}
	if p.Point != nil {
		out.Lat, out.Lon = &p.Point.Lat, &p.Point.Lon
	}
	return &out
}

// alert is what an alert says, and whether it is over by now.
func alert(it federation.Item, now time.Time) *federation.Alert {
	if !it.Over(now) {
		return it.Alert
	}
	out := federation.Alert{}
	if it.Alert != nil {
		out = *it.Alert
	}
	out.Ended = true
	return &out
}

func event(e *federation.Event) *ItemEvent {
	if e == nil {
		return nil
	}
	return &ItemEvent{Start: given(e.Start), End: given(e.End), AllDay: e.AllDay, Recurrence: e.Recurrence, Status: e.Status}
}

// at writes which date of the event comes next; nil leaves it out.
func (i Item) at(next *federation.Occurrence) Item {
	if next != nil && i.Event != nil {
		e := *i.Event
		e.Next = &ItemDate{Start: next.Start, End: given(next.End)}
		i.Event = &e
	}
	return i
}

// beside writes who else published the item.
func (i Item) beside(also []search.Also) Item {
	for _, a := range also {
		i.Also = append(i.Also, ItemAlso{ID: a.ID, URL: httpURL(a.URL),
			Member: ItemMember{Slug: a.Member.Slug, Name: a.Member.Name.In(a.Member.Languages...)}})
	}
	return i
}

// given is nil for an unknown time.
func given(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

// utc is nil for an unknown time.
func utc(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	return &t
}

// slugOf is the source's slug in its full name.
func slugOf(source string) string {
	_, slug, _ := strings.Cut(source, "/")
	return slug
}

// httpURL keeps the path of an operator's local file to itself.
func httpURL(u string) string {
	if strings.HasPrefix(u, "file:") {
		return ""
	}
	return u
}
