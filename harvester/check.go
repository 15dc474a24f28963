package harvester

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/safehttp"
	"github.com/plonegov/carillon/harvester/enrich"
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

	// The rest is of a [Harvester.Survey].
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

// Check reads a source and stores nothing. The failure is nil when it could
// be read.
func (h *Harvester) Check(ctx context.Context, src federation.Source) (Finding, *federation.Failure) {
	got, err := h.get(ctx, src, src.URL, copyHeld{})
	if err != nil {
		return Finding{URL: src.URL}, triedOnce(err, h.now())
	}
	return h.examine(src, got)
}

// examine tells what is in what was fetched.
func (h *Harvester) examine(src federation.Source, got *fetched) (Finding, *federation.Failure) {
	all, format, err := h.decode(src, got)
	if err != nil {
		return Finding{URL: got.url}, triedOnce(err, h.now())
	}
	d := &all.Decoded
	src.Alerts = true // what is there to be granted
	h.tables().Complete(d, enrich.Origin{Source: src, URL: got.url, Hash: got.hash, Time: h.now()})
	return Finding{URL: got.url, Format: format.Name, Title: d.Title, Language: d.Language,
		Items: d.Items, Listed: d.Listed, Pages: len(d.Pages), Warnings: texts(d.Warnings)}, nil
}

// received is an answer as [Harvester.examine] takes it.
func received(res *safehttp.Response, cut error) (*fetched, error) {
	sum := sha256.Sum256(res.Body)
	got := &fetched{asked: res.URL, url: res.URL, status: res.Status, moved: res.Permanent, cut: cut, hash: hex.EncodeToString(sum[:])}
	var err error
	got.files, err = unpack(file{contentType: res.Header.Get("Content-Type"), body: res.Body})
	if err != nil && cut != nil {
		err = cut
	}
	return got, err
}
