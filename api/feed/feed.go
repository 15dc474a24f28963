package feed

import (
	"io"
	"time"

	"github.com/plonegov/carillon/federation"
)

// Format is one way to write a feed.
type Format struct {
	Extension   string // of its address: "rss"
	ContentType string
	Write       func(w io.Writer, f Feed) error
}

// Formats lists the formats in the order pages offer them.
var Formats = []Format{
	{"rss", "application/rss+xml; charset=utf-8", WriteRSS},
	{"atom", "application/atom+xml; charset=utf-8", WriteAtom},
	{"json", "application/feed+json; charset=utf-8", WriteJSON},
}

// Feed is a page of items with what a reader shows around them. All addresses
// are absolute. The zero value of an optional field leaves its element out.
type Feed struct {
	ID          string // stable address of the feed without a cursor: its identity in Atom
	Self        string // address of this document
	Home        string // page for people that shows the same
	Next        string // the following page of this format; optional
	Title       string
	Description string    // "" = Title
	Language    string    // of Title and Description, BCP 47
	Author      string    // publisher, for entries whose member has no name
	Logo        string    // picture; optional
	Generator   string    // name of the program
	Version     string    // of the program; optional
	From        time.Time // of a calendar: dates of a series before it are left out
	Entries     []Entry
}

// Entry is an item with the names that stand beside it.
type Entry struct {
	Item        federation.Item
	Page        string // the hub's page of the item
	Member      string // name
	MemberURL   string // home page; optional
	SourceTitle string // "" = Member
}

// ID is the entry's identity in every format: a URN made of the item's id, so
// that it survives a change of the hub's address.
func (e Entry) ID() string { return "urn:carillon:" + e.Item.ID }

// Link is the document at its origin, or the hub's page when it has no
// address of its own.
func (e Entry) Link() string {
	if u := cleanURI(e.Item.URL); isHTTP(u) {
		return u
	}
	return cleanURI(e.Page)
}

// Earliest is the first date that feeds carry. The W3C validator calls any
// earlier one implausible, and in practice it is a zero of somebody's clock.
var Earliest = time.Date(1990, 1, 1, 0, 0, 0, 0, time.UTC)

// Published is when the item was published, never later than the hub first
// saw it; when the hub first saw it if the origin gives no plausible date. It
// is zero only for an item that was never stored.
func (e Entry) Published() time.Time {
	if d := e.Item.Date().UTC(); !d.Before(Earliest) {
		return d
	}
	return e.Item.FirstSeen.UTC()
}

// Updated is when the item last changed: what the origin says unless that is
// later than the hub fetched it; for a version after the first whose origin
// says nothing new, when the hub saw it. Never zero, never before Published.
func (e Entry) Updated() time.Time {
	at := later(e.Published(), Earliest)
	fetched := e.Item.Provenance.Fetched.UTC()
	switch said := e.Item.Updated.UTC(); {
	case said.After(at) && !said.After(later(fetched, e.Item.FirstSeen)):
		return said
	case e.Item.Version > 1:
		return later(at, fetched)
	}
	return at
}

// noEntries dates a feed that has none: Atom demands a date, and one that
// moved would make an empty feed look new at every look.
var noEntries = time.Date(2007, 1, 1, 0, 0, 0, 0, time.UTC)

// updated is the newest change of any entry.
func (f Feed) updated() time.Time {
	at := noEntries
	for i, e := range f.Entries {
		if u := e.Updated(); i == 0 || u.After(at) {
			at = u
		}
	}
	return at
}

// author is the name to credit: those of the item, else the member's.
func (f Feed) author(e Entry) []string {
	var names []string
	for _, a := range e.Item.Authors {
		if n := withoutEmail(oneLine(a)); n != "" {
			names = append(names, n)
		}
	}
	if len(names) > 0 {
		return names
	}
	return []string{firstText(oneLine(e.Member), oneLine(f.Author), "Carillon")}
}

func (f Feed) description() string { return firstText(oneLine(f.Description), oneLine(f.Title)) }

func (e Entry) title() string {
	return firstText(oneLine(e.Item.Title), oneLine(cut(e.Item.Summary)), e.Link())
}

func (e Entry) sourceTitle() string { return firstText(oneLine(e.SourceTitle), oneLine(e.Member)) }

// sourceURL is the public address of the source; "" for a local file, whose
// path is nobody's business, and for a member without a page.
func (e Entry) sourceURL() string {
	for _, u := range []string{e.Item.Provenance.SourceURL, e.MemberURL} {
		if u = cleanURI(u); isHTTP(u) {
			return u
		}
	}
	return ""
}

// rights is the attribution and the licence as one sentence.
func (e Entry) rights() string {
	p := e.Item.Provenance
	switch attribution, license := oneLine(p.Credit(e.Item.Language, e.Member)), oneLine(p.License); {
	case attribution == "" || license == "":
		return attribution + license
	default:
		return attribution + " (" + license + ")"
	}
}

func later(times ...time.Time) time.Time {
	var at time.Time
	for _, t := range times {
		if t.After(at) {
			at = t
		}
	}
	return at
}
