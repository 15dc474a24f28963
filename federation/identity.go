package federation

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"encoding/json"
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
		Expires              time.Time
		Categories, Authors  []string
		Image                *Image
		Attachments          []Attachment
		Place                *Place
		Event                *Event
		Alert                *Alert
		License, Attribution string
	}{
		i.Type, i.URL, fold(i.Title), fold(i.Summary), i.Content, i.Language, i.Expires.UTC(), i.Categories, i.Authors,
		i.Image, i.Attachments, i.Place, i.Event, i.Alert, i.Provenance.License, i.Provenance.Attribution,
	}
	b, err := json.Marshal(body)
	if err != nil { // no field can fail to marshal
		panic(err)
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// fold makes runs of white space one space: a feed that is re-indented has
// not changed.
func fold(s string) string { return strings.Join(strings.Fields(s), " ") }
