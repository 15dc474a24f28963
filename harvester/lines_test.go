package harvester

import (
	"bytes"
	"encoding/json"
	"errors"
	"time"

	"github.com/plonegov/carillon/federation"
)

// line is one line of the format of these tests: JSON lines that say more
// about the document, or about one item.
type line struct {
	Feed, Gone        string
	When              time.Time
	Next, Page, Stamp string
	Format            string
	Replaces          []string
	Categories        []string
	Complete          bool
	TTL               string
	ID, Title, Text   string
	URL               string
	Updated, Expires  time.Time
	Panic, Unreadable bool
}

// linesFormat is a format simple enough to write cases in.
func linesFormat() federation.Format {
	return federation.Format{
		Name: "lines", Accept: "application/x-lines",
		Sniff: func(doc federation.Document) int {
			if bytes.HasPrefix(doc.Body, []byte(`{"`)) {
				return 60
			}
			return 0
		},
		Decode: decodeLines,
	}
}

func decodeLines(doc federation.Document) (federation.Decoded, error) {
	var d federation.Decoded
	for text := range bytes.Lines(doc.Body) {
		var l line
		err := json.Unmarshal(text, &l)
		switch {
		case l.Panic:
			panic("a bug")
		case err != nil || l.Unreadable:
			d.Listed++
			d.Warn("", "a line cannot be read")
		case l.Gone != "":
			d.Gone = append(d.Gone, federation.Tombstone{OriginID: l.Gone, When: l.When})
		case l.Page != "":
			d.Listed++
			d.Pages = append(d.Pages, federation.Page{URL: l.Page, Stamp: l.Stamp, Format: l.Format, Item: federation.Item{Title: l.Title}})
		case l.ID != "":
			d.Listed++
			d.Items = append(d.Items, federation.Item{OriginID: l.ID, Title: l.Title, Summary: l.Text, Updated: l.Updated, Expires: l.Expires,
				URL: l.URL, Replaces: l.Replaces, Categories: l.Categories})
		default:
			d.Title, d.Complete, d.Next = l.Feed, l.Complete, l.Next
			d.TTL, _ = time.ParseDuration(l.TTL)
		}
	}
	if d.Title == "" && len(d.Items)+len(d.Pages)+len(d.Gone) == 0 {
		return d, errors.New("the document has no line that can be read")
	}
	return d, nil
}
