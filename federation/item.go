package federation

import (
	"slices"
	"strings"
	"time"

	"github.com/plonegov/carillon/federation/markup"
)

// ItemType is what a document is, whatever its format was.
type ItemType string

// The item types of the contract.
const (
	News         ItemType = "news"
	EventItem    ItemType = "event"
	AlertItem    ItemType = "alert"
	Service      ItemType = "service" // a procedure or public service
	Decision     ItemType = "decision"
	Meeting      ItemType = "meeting"
	Notice       ItemType = "notice" // a legal publication
	PlaceItem    ItemType = "place"  // a directory entry
	Consultation ItemType = "consultation"
	DocumentItem ItemType = "document"
)

// Folds reports whether a list may show one item of the type for several that
// say the same. Alerts, notices and decisions are official acts: each is shown.
func (t ItemType) Folds() bool { return t != AlertItem && t != Notice && t != Decision }

// ItemTypes lists the types in the order they are shown.
var ItemTypes = []ItemType{News, EventItem, AlertItem, Service, Decision, Meeting, Notice, PlaceItem, Consultation, DocumentItem}

// ValidType reports whether t is one of [ItemTypes].
func ValidType(t ItemType) bool { return slices.Contains(ItemTypes, t) }

// Stamp is when an item was last saved.
type Stamp struct {
	ID    string
	Saved time.Time
}

// Item is one document. A decoder fills OriginID and what the document says;
// the harvester completes the rest from the source. Strings are valid UTF-8
// plain text except Content. The zero time means unknown.
type Item struct {
	ID       string // see [NewItemID]; [a-z2-7]{26}
	Member   string // slug of the publishing member
	Source   string // full name of the source, "member/slug"
	OriginID string // id in the source: guid, atom:id, F-number; never empty once decoded
	// Replaces are origin ids of earlier documents of the same source that
	// this one is a new state of (CAP 1.2, references of an Update): they and
	// this are one item.
	Replaces []string
	// Same tells which items are the language versions of one document: they
	// have the same, and lists show one of them. A decoder sets it to an origin
	// id, which the harvester makes an item id of the same source, so that no
	// other source can join. "" = there is but this one.
	Same string

	Type        ItemType
	URL         string // the document at its origin; "" when it has no address
	Title       string
	Number      string // of an official act, as its publisher writes it; the content says it too
	Summary     string // plain text; derived from Content when the source has none
	Content     markup.HTML
	Language    string    // BCP 47; "" when unknown
	Published   time.Time // as the origin says
	Updated     time.Time // as the origin says; never used alone to decide a change
	FirstSeen   time.Time // when the hub first read it
	Expires     time.Time
	Categories  []string
	Authors     []string
	Image       *Image
	Attachments []Attachment
	Place       *Place
	Event       *Event `normal:"offset"`
	Alert       *Alert
	Provenance  Provenance

	Version   int       // 1 for the first; 0 before it is saved
	Hash      string    // of the content, see [ContentHash]
	Withdrawn time.Time // zero while live; else when, and the item is a tombstone
	// Of items that are alike, see [Likeness]. A store fills these, and saves
	// them by SaveLikenesses alone.
	Group   string    // "" = none is
	Wording int64     // within a group equal when the texts are the same word for word; 0 = not known of this version
	Since   time.Time // when the hub first saw this wording; zero with Wording 0
}

// Date is the moment the item is ordered by: its publication, else its last
// update, never later than the hub first saw it, so that a wrong future date
// cannot stick on top; first seen when the origin gives neither.
func (i Item) Date() time.Time {
	d := i.Published
	if d.IsZero() {
		d = i.Updated
	}
	if d.IsZero() || (!i.FirstSeen.IsZero() && d.After(i.FirstSeen)) {
		return i.FirstSeen
	}
	return d
}

// Point is where the item is, nil when it has no coordinates of its own.
func (i Item) Point() *Point {
	if i.Place == nil {
		return nil
	}
	return i.Place.Point
}

// Image is an item's lead picture. Width and Height are pixels, 0 = unknown.
type Image struct {
	URL    string `json:"url"`
	Alt    string `json:"alt,omitempty"`
	Width  int    `json:"width,omitempty"`
	Height int    `json:"height,omitempty"`
}

// Attachment is a file that belongs to an item. Size is bytes, 0 = unknown.
type Attachment struct {
	URL   string `json:"url"`
	Type  string `json:"type,omitempty"` // media type
	Title string `json:"title,omitempty"`
	Size  int64  `json:"size,omitempty"`

	Role   string `json:"role,omitempty"` // see the Role constants; "" = something to download
	Alt    string `json:"alt,omitempty"`
	Credit string `json:"credit,omitempty"`
	Width  int    `json:"width,omitempty"` // pixels, of pictures and films; 0 = unknown
	Height int    `json:"height,omitempty"`
}

// The roles of an attachment that is more than something to download.
const (
	RoleImage      = "image"      // a further picture
	RoleThumbnail  = "thumbnail"  // a small form of a picture
	RoleAudio      = "audio"      // to listen to: a podcast
	RoleVideo      = "video"      // to watch
	RoleTranscript = "transcript" // text of an audio or a video
)

// Place is where something is or happens.
type Place struct {
	Name       string
	Address    string // street, postal code and locality, on one line
	PostalCode string // "" when unknown
	Point      *Point
	Hours      Hours // when it is open; the content says it too
}

// Event is the when of an event. Start keeps the event's own offset. See
// [Event.Occurrences] for the dates of one that recurs.
type Event struct {
	Start      time.Time
	End        time.Time // exclusive; zero = open end
	AllDay     bool
	Recurrence string // RFC 5545 RRULE value, "" = once; several are joined by line breaks
	Status     string // confirmed, tentative or cancelled

	Zone   string      `json:",omitempty"` // IANA name by which it recurs, "" = the offset of Start
	Extra  []time.Time `json:",omitempty"` // further starts (RDATE)
	Except []time.Time `json:",omitempty"` // starts left out (EXDATE, and those that are items of their own)
}

// Alert holds the CAP 1.2 values (3.2.2) that decide how loud an alert is,
// lower-cased: severity extreme severe moderate minor unknown, and so on.
type Alert struct {
	Ended     bool     `json:"ended,omitempty"` // the source says that there is no danger any more; see [Item.Over]
	Severity  string   `json:"severity,omitempty"`
	Urgency   string   `json:"urgency,omitempty"`
	Certainty string   `json:"certainty,omitempty"`
	Areas     []string `json:"areas,omitempty"` // their descriptions

	Event       string      `json:"event,omitempty"`       // what happens: "Flood", in the item's language
	Response    []string    `json:"response,omitempty"`    // shelter evacuate prepare execute avoid monitor assess allclear none
	Instruction string      `json:"instruction,omitempty"` // plain text
	Onset       time.Time   `json:"onset,omitzero"`
	Sender      string      `json:"sender,omitempty"` // name for people, else the CAP sender
	Signed      bool        `json:"signed,omitempty"` // carries an XML signature; it is noted, not verified
	Zones       []AlertZone `json:"zones,omitempty"`  // the areas with their outlines
}

// AlertZone is one area of an alert (CAP 1.2, 3.2.4).
type AlertZone struct {
	Name     string    `json:"name,omitempty"`
	Polygons [][]Point `json:"polygons,omitempty"` // closed: first = last
	Circles  []Circle  `json:"circles,omitempty"`
	Codes    []Code    `json:"codes,omitempty"` // geocodes: NIS, INSEE, FIPS, NUTS …
}

// Circle is a point and a radius in km.
type Circle struct {
	Center Point   `json:"center"`
	Radius float64 `json:"radius"`
}

// Code is a value in a named system.
type Code struct {
	System string `json:"system"`
	Value  string `json:"value"`
}

// Provenance is where, when and under which terms an item was read. It goes
// with every output.
type Provenance struct {
	SourceURL   string    `json:"source_url"`            // the address the bytes came from
	Fetched     time.Time `json:"fetched"`               // of the version shown
	License     string    `json:"license,omitempty"`     // SPDX id or an address
	Attribution string    `json:"attribution,omitempty"` // who is to be named; see [Provenance.Credit]
	Given       bool      `json:"given,omitempty"`       // Attribution is the region file's, not what the document says of itself
	Hash        string    `json:"hash"`                  // sha256 of the document read, hex
}

// Credit is the attribution as it is to be shown, in a language: the operator's
// own sentence, or what the document says of itself, told as its word: whoever
// publishes can write any name there. names are the publishing member's, which
// need no telling. "" = nobody is named.
func (p Provenance) Credit(lang string, names ...string) string {
	own := func(name string) bool { return strings.EqualFold(name, p.Attribution) }
	if p.Given || p.Attribution == "" || slices.ContainsFunc(names, own) {
		return p.Attribution
	}
	colon := ": "
	if MatchLanguage("fr", lang) {
		colon = "\u00a0: "
	}
	return Label("according", lang) + colon + p.Attribution
}

// Version is an item as it was after one change.
type Version struct {
	Number int
	Saved  time.Time
	Item   Item
}
