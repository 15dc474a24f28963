package federation

import (
	"strings"
	"time"
)

// Document is what a source answered, as a decoder reads it.
type Document struct {
	URL         string // final address; base of relative links
	ContentType string // as sent, "" for a file
	Body        []byte // decompressed; the decoder must not keep or change it
	Source      Source // defaults for what the document does not say
	Name        string // of the file within a folder or an archive, else ""
	Page        *Page  // what the list that named this document says of it; nil when none did
	// Known returns the content hash of the item that an entry gave which had
	// this hash (see [Decoded.Entries]), "" when there was none. Nil = nobody
	// wants to know the hashes.
	Known func(entry string) string
}

// Format is one way to read documents. Harvester packages export a value of
// this type; cmd/carillon lists them. Both functions are pure: no clock, no
// network, safe for concurrent use, and they never panic on any bytes.
type Format struct {
	Name   string // as the region file spells it: "feed", "dila"
	Accept string // media types for the Accept header
	// Sniff tells from the bytes (never the name alone) how sure the format
	// is that it can read doc: 0 no, 100 certain. The highest wins.
	Sniff func(doc Document) int
	// Decode reads doc. It returns what could be read with warnings for what
	// could not; an error only when nothing could, in words for a webmaster.
	Decode func(doc Document) (Decoded, error)
	// Since is nil, or makes of a list's address one that lists only what
	// changed after t (OParl 1.1, modified_since). Such a list is never
	// Complete; the whole is asked for once a week.
	Since func(address string, t time.Time) string
}

// Decoded is the outcome of reading one document.
type Decoded struct {
	Title    string // of the source
	Language string // of the source, "" when it does not say
	SiteURL  string // the page the source belongs to
	Self     string // the address the document gives itself: a claim, never an identity
	Hubs     []string
	TTL      time.Duration // how long the document asks to be left alone, 0 = silent
	Skip     Skip          // when it asks not to be fetched
	Items    []Item        // in document order, OriginIDs distinct
	Gone     []Tombstone   // what the document declares deleted
	Warnings []Warning
	Listed   int // items the document lists, read or not; ≥ len(Items)
	// Entries are hashes by origin id, each of all that decides what an item is:
	// the bytes of its entry, and what the document says for all. A decoder need
	// not tell them. One that does may leave out the texts of an item whose entry
	// is [Document.Known], and set its Hash.
	Entries  map[string]string
	Complete bool // the document, with what Next and Pages lead to, lists everything the source has

	// Next is the address of the next page of the same list (RFC 5005, 3 and
	// 4; plone.restapi batching; OParl links), "" on the last one. The
	// harvester fetches it when it is on the host of the source.
	Next string
	// Pages are documents that the list names and that are read one by one,
	// each only when its stamp differs from the one held. An item read of a
	// page counts as listed as long as its page is.
	Pages []Page

	// The harvester's own, never a decoder's.

	// Kept are ids of items that the list names and whose documents were not
	// read again: they are not missing.
	Kept []string
	// New are ids of items that are new although they say what another of the
	// source said before.
	New []string
	// Confirmed: an operator says that what a complete list lacks is gone.
	Confirmed bool
}

// Page is a document that a list names: an entry of a sitemap, a result of a
// search, an alert of an index.
type Page struct {
	URL    string // absolute
	Format string // name of the format that reads it, "" = the one of the list
	// Stamp changes when the document does (lastmod, modified, an ETag). ""
	// tells nothing: the page is asked for again, by its own validators.
	Stamp string
	// Item is what the list itself says: it fills what the page leaves empty.
	Item Item
}

// Tombstone is an item that a document declares deleted (RFC 6721, 3; CAP
// 1.2, msgType Cancel; OParl, deleted).
type Tombstone struct {
	OriginID string
	When     time.Time // a version dated later than this is live again; zero = always deleted
}

// Skip is when a source asks not to be fetched (RSS 2.0, skipHours and
// skipDays), in GMT. The zero value skips nothing.
type Skip struct {
	Hours []int          `json:"hours,omitempty"` // 0 to 23
	Days  []time.Weekday `json:"days,omitempty"`
}

// Warning is something in a document that could not be read as meant.
type Warning struct {
	Item    string // origin id, "" for the document as a whole
	Message string // a plain sentence
}

// Warn adds a warning.
func (d *Decoded) Warn(item, message string) {
	d.Warnings = append(d.Warnings, Warning{Item: item, Message: message})
}

// String is the warning as health shows it.
func (w Warning) String() string {
	if w.Item == "" {
		return w.Message
	}
	return strings.ToValidUTF8(w.Item, "�") + ": " + w.Message
}
