package federation

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"github.com/plonegov/carillon/federation/markup"
)

var idEncoding = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// NewItemID returns the identity of a document: a function of the full name of
// its source and its id there, and of nothing else (DESIGN.md 8.1). It is 26
// characters of [a-z2-7], 128 bits, fit for a path, a file name and a
// Meilisearch document id.
func NewItemID(source, originID string) string {
	sum := sha256.Sum256([]byte(source + "\x00" + originID))
	return idEncoding.EncodeToString(sum[:16])
}

// ValidItemID reports whether s has the form that [NewItemID] gives.
func ValidItemID(s string) bool {
	return len(s) == 26 && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz234567") == ""
}

// ContentHash returns the hash of what a reader of the item would notice.
// Publication and update dates and the provenance are left out (DESIGN.md
// 8.2): a publisher that only touches a date has changed nothing.
func ContentHash(i Item) string {
	body := struct {
		Type                 ItemType
		URL, Title, Summary  string
		Content              markup.HTML
		Language             string
		Expires              string
		Categories, Authors  []string
		Image                *Image
		Attachments          []Attachment
		Place, Event         []string
		Alert                *Alert
		License, Attribution string
		Same                 string `json:",omitempty"`
		Given                bool   `json:",omitempty"`
	}{
		i.Type, i.URL, fold(i.Title), fold(i.Summary), i.Content, i.Language, stamp(i.end().UTC()), i.Categories, i.Authors,
		i.Image, i.Attachments, placeText(i.Place), eventText(i.Event), i.Alert, i.Provenance.License, i.Provenance.Attribution, i.Same, i.Provenance.Given,
	}
	b, err := json.Marshal(body)
	if err != nil { // strings, integers and lists of them cannot fail to marshal
		panic(err)
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// end is when the item is over by what it says itself, whenever it was read. An
// alert that is renewed by its date alone has changed: it is over later.
func (i Item) end() time.Time {
	i.Provenance.Fetched = time.Time{}
	return i.Until()
}

// placeText and eventText spell out what encoding/json may refuse: a number
// that is not one, a year of five digits.
func placeText(p *Place) []string {
	if p == nil {
		return nil
	}
	at := ""
	if p.Point != nil {
		at = decimal(p.Point.Lat) + "," + decimal(p.Point.Lon)
	}
	if p.PostalCode != "" {
		return []string{p.Name, p.Address, at, p.PostalCode}
	}
	return []string{p.Name, p.Address, at}
}

func eventText(e *Event) []string {
	if e == nil {
		return nil
	}
	out := []string{stamp(e.Start), stamp(e.End), strconv.FormatBool(e.AllDay), e.Recurrence, e.Status}
	if e.Zone != "" {
		out = append(out, "zone", e.Zone)
	}
	for _, t := range e.Extra {
		out = append(out, "extra", stamp(t))
	}
	for _, t := range e.Except {
		out = append(out, "except", stamp(t))
	}
	return out
}

// stamp keeps the offset, which a reader of an event notices.
func stamp(t time.Time) string { return t.Format(time.RFC3339Nano) }

// fold makes runs of white space one space: a feed that is re-indented has
// not changed.
func fold(s string) string { return strings.Join(strings.Fields(s), " ") }

// dateMark stands in an origin id before the date that tells it from others
// which are the same but for that.
const dateMark = " @"

// DatedID is the origin id of what has none of its own and may be said again: by
// what it says, and when.
func DatedID(id string, at time.Time) string {
	return id + dateMark + at.UTC().Format(time.RFC3339)
}

// CutDatedID takes apart what [DatedID] made; ok is false for any other id.
func CutDatedID(origin string) (id string, at time.Time, ok bool) {
	i := strings.LastIndex(origin, dateMark)
	if i < 0 {
		return origin, at, false
	}
	at, err := time.Parse(time.RFC3339, origin[i+len(dateMark):])
	return origin[:i], at, err == nil
}
