package ics

import (
	"bytes"
	"fmt"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/read"
)

// Format is the format "ics".
func Format() federation.Format {
	return federation.Format{
		Name:   "ics",
		Accept: "text/calendar, text/x-vcalendar;q=0.5",
		Sniff:  sniff,
		Decode: decode,
	}
}

// maxItems bounds the events of one document.
const maxItems = 20_000

// sniffed is how far into a document its beginning is looked for: warnings of
// PHP and the like stand before it.
const sniffed = 4 << 10

func sniff(doc federation.Document) int {
	head := bytes.ToUpper(read.Narrow(doc.Body[:min(len(doc.Body), sniffed)]))
	trimmed := bytes.TrimLeft(head, " \t\r\n\ufeff")
	switch {
	case bytes.HasPrefix(trimmed, []byte("BEGIN:VCALENDAR")):
		return 100
	case bytes.HasPrefix(trimmed, []byte("BEGIN:VEVENT")), bytes.HasPrefix(trimmed, []byte("BEGIN:VJOURNAL")), bytes.HasPrefix(trimmed, []byte("BEGIN:VTIMEZONE")):
		return 90
	case bytes.Contains(head, []byte("\nBEGIN:VCALENDAR")), bytes.Contains(head, []byte("\rBEGIN:VCALENDAR")):
		return 60
	case bytes.HasPrefix(trimmed, []byte("BEGIN:V")) && bytes.Contains([]byte(doc.ContentType), []byte("calendar")):
		return 50
	}
	return 0
}

const errNoICal read.Refusal = "The address answers with something that is not a calendar: it holds no BEGIN:VCALENDAR. Give the address that ends in .ics, or the one a calendar program subscribes to."

func decode(doc federation.Document) (federation.Decoded, error) {
	var d federation.Decoded
	if len(bytes.TrimSpace(doc.Body)) == 0 {
		return d, read.Empty
	}
	text, fault := unfolded(doc.Body, doc.ContentType)
	root, bad := parse(text)
	if len(root.kids) == 0 {
		return d, errNoICal
	}
	if fault != "" {
		d.Warn("", fault)
	}
	if bad > 0 {
		d.Warn("", fmt.Sprintf("The calendar has lines that are not of the form NAME:value (%d); they were passed over.", bad))
	}
	r := &reading{Decoded: &d, doc: doc, skipped: map[string]int{}, said: map[string]bool{}, budget: maxCounted}
	calendars := root.calendars()
	for _, c := range calendars { // some systems write the zones of all into the first
		r.defined = append(r.defined, c.zones...)
	}
	for _, c := range calendars {
		r.calendar(c)
	}
	r.finish()
	return d, nil
}
