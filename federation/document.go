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
}

// Decoded is the outcome of reading one document.
type Decoded struct {
	Title    string // of the source
	Language string // of the source, "" when it does not say
	SiteURL  string // the page the source belongs to
	Self     string // the address the document gives itself: a claim, never an identity
	Hubs     []string
	TTL      time.Duration // how long the document asks to be left alone, 0 = silent
	Items    []Item        // in document order, OriginIDs distinct
	Gone     []string      // origin ids the document declares deleted (RFC 6721)
	Warnings []Warning
	Listed   int  // items the document lists, read or not; ≥ len(Items)
	Complete bool // the document lists everything the source has
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
