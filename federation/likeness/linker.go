package likeness

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"github.com/plonegov/carillon/federation"
)

// Store is what a linker reads and writes.
type Store interface {
	federation.ChangeLog
	federation.Cursors
	federation.Likenesses
	ItemsByID(ctx context.Context, ids []string) ([]federation.Item, error)
	Versions(ctx context.Context, id string) ([]federation.Version, error)
	InTx(ctx context.Context, fn func(federation.Tx) error) error
}

// Linker keeps the groups of items that are alike level with the change log.
// Of all processes on one store one should run it ([federation.Singleton]): two
// would do the same work twice.
type Linker struct {
	log   *slog.Logger
	store Store
	now   func() time.Time
}

// NewLinker returns a linker; its cursor is called "likeness".
func NewLinker(log *slog.Logger, store Store) *Linker {
	return &Linker{log: log, store: store, now: time.Now}
}

// linkBatch bounds how many items are compared before what was found is saved.
// Keys are spread over the whole of their table: the more are saved at once, the
// fewer of its pages are written twice.
const linkBatch = 250

// Run brings the groups level and keeps them so until ctx is done.
func (l *Linker) Run(ctx context.Context) error {
	return l.follower().Run(ctx)
}

// CatchUp brings the groups level with the log as it is now.
func (l *Linker) CatchUp(ctx context.Context) error {
	_, err := l.follower().Drain(ctx)
	return err
}

func (l *Linker) follower() *federation.Follower {
	return federation.NewFollower(l.log, "likeness", l.store, l.store, l.Link)
}

// Link finds anew what the changed items are like. It bears a repetition.
func (l *Linker) Link(ctx context.Context, changes []federation.Change) error {
	var ids []string
	for _, ch := range changes {
		if ch.Kind == federation.ItemSaved || ch.Kind == federation.ItemWithdrawn {
			ids = append(ids, ch.Key)
		}
	}
	slices.Sort(ids)
	for some := range slices.Chunk(slices.Compact(ids), linkBatch) {
		if err := l.link(ctx, some); err != nil {
			return fmt.Errorf("link %d items: %w", len(some), err)
		}
	}
	return nil
}

func (l *Linker) link(ctx context.Context, ids []string) error {
	b := newBatch(l.store)
	if err := b.load(ctx, ids); err != nil {
		return err
	}
	for _, id := range ids {
		if err := b.renew(ctx, id); err != nil {
			return err
		}
	}
	if err := b.find(ctx); err != nil {
		return err
	}
	// By age, so that the first of a group is the first that was seen. No entry
	// becomes unmatched from here on: only renew takes one out of its group.
	slices.SortFunc(b.unmatched, older)
	for _, e := range b.unmatched {
		if err := b.match(ctx, e); err != nil {
			return err
		}
	}
	if err := b.endSingles(ctx); err != nil {
		return err
	}
	return b.save(ctx, l.now())
}

// older orders by when the hub first saw what an item says now.
func older(a, b *entry) int {
	return cmp.Or(a.seen.Compare(b.seen), cmp.Compare(a.id, b.id))
}
