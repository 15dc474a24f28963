package federation

import "time"

// Alias is another origin id under which a source knows an item: an earlier
// message of the same alert, the id before a publisher changed its rules, or
// one that was declared deleted before the hub saw what it names.
type Alias struct {
	Item string // item id
	// Gone is the date of the tombstone of this origin id: what is dated no
	// later stays deleted. Zero when it was not declared deleted.
	Gone time.Time
}

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

// Topic is a subject of the hub, to which the categories of sources are
// mapped: a citizen filters by a few topics, whatever words each site uses.
type Topic struct {
	Slug string   `json:"slug"`
	Name Text     `json:"name"`
	From []string `json:"from,omitempty"` // categories that mean it, compared by NormalCategory
}

// Validate reports the first thing wrong with t as an [InvalidError].
func (t Topic) Validate() error {
	if !ValidSlug(t.Slug) {
		return Invalid("slug", "%q must be 1 to 64 of a-z, 0-9 and single hyphens", t.Slug)
	}
	if len(t.Name) == 0 {
		return Invalid("name", "is missing")
	}
	return nil
}
