package harvester

import (
	"context"

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
	Warnings []string
}

// Check reads a source and stores nothing. The failure is nil when it could
// be read.
func (h *Harvester) Check(ctx context.Context, src federation.Source) (Finding, *federation.Failure) {
	got, err := h.get(ctx, src, federation.SourceState{})
	if err != nil {
		f, _ := failure(err, h.now())
		return Finding{URL: src.URL}, &f
	}
	d, format, err := h.decode(src, got)
	if err != nil {
		f, _ := failure(err, h.now())
		return Finding{URL: got.url}, &f
	}
	complete(&d, src, got, h.now())
	return Finding{URL: got.url, Format: format, Title: d.Title, Language: d.Language,
		Items: d.Items, Listed: d.Listed, Warnings: texts(d.Warnings)}, nil
}
