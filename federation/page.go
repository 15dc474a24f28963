package federation

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// PageState is what the harvester knows of one document that a list names.
type PageState struct {
	URL          string    `json:"-"`
	Stamp        string    `json:"stamp,omitempty"` // of the list, when the page was last read
	ETag         []byte    `json:"etag,omitempty"`  // verbatim; bytes, since a server may send any
	LastModified []byte    `json:"last_modified,omitempty"`
	Mark         string    `json:"mark,omitempty"`    // of the last body and of how it was read
	Origins      []string  `json:"origins,omitempty"` // origin ids of the items it gave
	Read         time.Time `json:"read,omitzero"`     // last success; zero when it was never read
	Failures     int       `json:"failures,omitempty"`
	Missing      int       `json:"missing,omitempty"` // complete lists in a row that did not name it
}

// page is a PageState with the source that it is of.
type page struct {
	source string
	PageState
}

// Record implements [Noun].
func (p page) Record() Record {
	return Record{Kind: pageRecord, Key: pageKey(p.source, p.URL), Owner: p.source}
}

func (p page) stored() any { return p.PageState }

func pageKey(source, url string) string { return source + " " + url }

// Pages returns what is known of the documents that a source lists, by address.
func Pages(ctx context.Context, from Records, source string) (map[string]PageState, error) {
	records, err := from.Records(ctx, pageRecord, source)
	if err != nil {
		return nil, err
	}
	pages := make(map[string]PageState, len(records))
	for _, r := range records {
		p := PageState{URL: strings.TrimPrefix(r.Key, pageKey(source, ""))}
		if err := json.Unmarshal([]byte(r.Value), &p); err != nil {
			return nil, fmt.Errorf("read stored page %q: %w", r.Key, err)
		}
		pages[p.URL] = p
	}
	return pages, nil
}

// SavePage saves what is known of a document. A source that is gone is
// ErrNotFound.
func SavePage(ctx context.Context, tx Tx, source string, p PageState) error {
	if _, err := tx.Record(ctx, sourceRecord, source); err != nil {
		return fmt.Errorf("save page %q: %w", p.URL, err)
	}
	return put(ctx, tx, page{source, p})
}

// RemovePage forgets a document; one that is not held is no error.
func RemovePage(ctx context.Context, tx Tx, source, url string) error {
	return tx.RemoveRecord(ctx, pageRecord, pageKey(source, url))
}
