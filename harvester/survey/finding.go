package survey

import (
	"time"

	"github.com/plonegov/carillon/federation"
)

// Finding is what would be harvested from an address.
type Finding struct {
	URL      string // final address
	Format   string
	Title    string
	Language string
	Items    []federation.Item
	Listed   int
	Pages    int // documents that the list names and that are read one by one
	Warnings []string

	// The rest is of a survey.
	Kind   string   // "feed", "calendar", "data", "page" or "sitemap"
	Reason string   // why the address was asked: "link", "anchor", "cms", "robots", "guess"; "" = somebody gave it
	Also   []string // addresses that give the same list
	Worth  bool     // to be added; the others repeat what better ones have, or are empty
	Slug   string   // of these three a suggestion
	Type   federation.ItemType
	Every  time.Duration
}

// Newest is when the newest item was published or changed, zero when no item
// says. Events that do not say count by their start.
func (f Finding) Newest() time.Time {
	var newest time.Time
	for _, it := range f.Items {
		t := it.Published
		if t.IsZero() {
			t = it.Updated
		}
		if t.IsZero() && it.Event != nil {
			t = it.Event.Start
		}
		if t.After(newest) {
			newest = t
		}
	}
	return newest
}
