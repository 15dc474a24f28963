package search

import (
	"context"
	"fmt"
	"log/slog"

	"github.com/plonegov/carillon/federation"
)

// Indexer keeps an index level with the store by following the change log.
type Indexer struct {
	log       *slog.Logger
	index     Index
	store     federation.Store
	catalogue *federation.Catalogues
}

// NewIndexer returns an indexer; it also refreshes the catalogue, because an
// item takes its place from its member when it has none.
func NewIndexer(log *slog.Logger, index Index, store federation.Store, catalogue *federation.Catalogues) *Indexer {
	return &Indexer{log: log, index: index, store: store, catalogue: catalogue}
}

// buildBatch bounds how many items a rebuild holds at once.
const buildBatch = 2000

// Run brings the index level and keeps it so until ctx is done.
func (x *Indexer) Run(ctx context.Context) error {
	return federation.Follow(ctx, x.log, x.store, x, "search", x.Index)
}

// CatchUp brings the index level with the log as it is now.
func (x *Indexer) CatchUp(ctx context.Context) error {
	_, err := federation.Drain(ctx, x.store, x, "search", x.Index)
	return err
}

// Cursor is the index's own: its state lives in the index, not in the store.
func (x *Indexer) Cursor(ctx context.Context, _ string) (federation.Cursor, error) {
	return x.index.Cursor(ctx)
}

// SaveCursor does nothing: Apply carries the cursor with the batch.
func (x *Indexer) SaveCursor(context.Context, string, federation.Cursor) error { return nil }

// Rebuild empties the index and fills it from the store. Searches meanwhile
// find only what is there again.
func (x *Indexer) Rebuild(ctx context.Context) error {
	if err := x.index.Reset(ctx); err != nil {
		return fmt.Errorf("rebuild the index: %w", err)
	}
	var b Batch
	flush := func() error {
		err := x.index.Apply(ctx, b)
		b.Put = b.Put[:0]
		return err
	}
	at, err := x.store.EachItem(ctx, func(it federation.Item) error {
		b.Put = append(b.Put, x.place(it))
		if len(b.Put) < buildBatch {
			return nil
		}
		return flush()
	})
	if err == nil {
		b.Cursor = at
		err = flush()
	}
	if err != nil {
		return fmt.Errorf("rebuild the index: %w", err)
	}
	return nil
}

// Index applies a batch of changes; an item changed several times is read
// once, as it is now.
func (x *Indexer) Index(ctx context.Context, changes []federation.Change) error {
	if err := x.catalogue.Follow(ctx, changes); err != nil {
		return err
	}
	last := make(map[string]bool) // item id to: to be deleted
	var order []string
	for _, ch := range changes {
		if ch.Kind != federation.ItemSaved && ch.Kind != federation.ItemWithdrawn {
			continue
		}
		if _, seen := last[ch.Key]; !seen {
			order = append(order, ch.Key)
		}
		last[ch.Key] = true
	}
	items, err := x.store.ItemsByID(ctx, order)
	if err != nil {
		return err
	}
	b := Batch{Cursor: federation.Cursor(changes[len(changes)-1].Seq)}
	for _, it := range items {
		last[it.ID] = false
		b.Put = append(b.Put, x.place(it))
	}
	for _, id := range order {
		if last[id] { // unknown to the store, or a tombstone
			b.Delete = append(b.Delete, id)
		}
	}
	return x.index.Apply(ctx, b)
}

// place gives an item without coordinates those of its member, in the index
// only: "near me" finds a commune's news at the commune.
func (x *Indexer) place(it federation.Item) federation.Item {
	if it.Point() != nil {
		return it
	}
	m, err := x.catalogue.Current().Member(it.Member)
	if err != nil || m.Location == nil {
		return it
	}
	p := federation.Place{Point: m.Location}
	if it.Place != nil {
		p.Name, p.Address = it.Place.Name, it.Place.Address
	}
	it.Place = &p
	return it
}
