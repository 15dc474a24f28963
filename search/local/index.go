package local

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
)

// Index is an index in memory. All methods are safe for concurrent use;
// Search and Suggest never wait for Apply.
type Index struct {
	log  *slog.Logger
	file string // of the snapshot; "" = none
	now  func() time.Time
	many int32 // see tally.many

	view    atomic.Pointer[view]
	scratch sync.Pool // of *scratch

	writing sync.Mutex // held to replace the view
	unsaved int        // changes since the snapshot was written
}

var _ search.Index = (*Index)(nil)

// New returns an index. With a directory, which is made if need be, it begins
// with the snapshot there and keeps it up to date; a snapshot that is damaged
// or of another version is logged and left aside, and the index is empty, as
// its Cursor tells. With dir "" it begins empty and is gone with the process.
// The error is about the directory.
func New(log *slog.Logger, dir string) (*Index, error) {
	x := &Index{log: log, now: time.Now, many: manyDocuments}
	x.scratch.New = func() any { return new(scratch) }
	x.view.Store(emptyView(x.many))
	if dir != "" {
		if err := x.open(dir); err != nil {
			return nil, fmt.Errorf("open the search index in %q: %w", dir, err)
		}
	}
	return x, nil
}

// maxItems bounds the documents of an index, dead ones counted.
const maxItems = 1 << 24

// Apply makes the batch visible, and then tidies up, which takes some
// milliseconds at times and, once for each eighth of the index that is new,
// some microseconds for each document there is. An item in Put that is
// withdrawn is dropped.
func (x *Index) Apply(ctx context.Context, b search.Batch) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	x.writing.Lock()
	defer x.writing.Unlock()
	old := x.view.Load()
	if old.docs()+len(b.Put) >= maxItems {
		return fmt.Errorf("index %d items: more than %d are for a search server: %w", len(b.Put), maxItems, federation.ErrUnavailable)
	}
	ids := make(map[string]bool, len(b.Put)+len(b.Delete))
	live := make([]federation.Item, 0, len(b.Put))
	for _, it := range b.Put {
		ids[it.ID] = true
		if it.Withdrawn.IsZero() {
			live = append(live, it)
		}
	}
	for _, id := range b.Delete {
		ids[id] = true
	}
	fresh, tables := build(live, b, old.tables, maxMerged)
	next := old.apply(ids, fresh, tables, b.Cursor)
	next.renew(x.now())
	if n := len(next.parts); n == 0 || n == 1 && len(fresh) == 1 {
		next.renumber()
		next.sort()
		next.tally = newTally(next, x.many)
	} else {
		next.sort()
		next.tally = old.tally.after(old, next, ids)
	}
	x.view.Store(next)
	x.unsaved += len(ids) + 1 // the cursor
	x.tidy(ctx, next)
	return nil
}

// tidy merges what has become small and saves what has become much. It needs
// the lock.
func (x *Index) tidy(ctx context.Context, v *view) {
	from, to := tail(v.parts), len(v.parts)
	if from == to { // or else one by itself, which lies before those that are full
		if from = worn(v.parts); from == to {
			return
		}
		to = from + 1
	}
	merged := whole(merge(v.parts[from:to]))
	next := &view{tables: v.tables, cursor: v.cursor, tally: v.tally}
	next.parts = append(next.parts, v.parts[:from]...)
	if merged.live > 0 {
		next.parts = append(next.parts, merged)
	}
	next.parts = append(next.parts, v.parts[to:]...)
	if from == 0 && to == len(v.parts) {
		next.renumber()
		next.sort()
		next.tally = newTally(next, x.many)
	}
	next.sort()
	x.view.Store(next)
	if x.unsaved > max(minUnsaved, next.docs()/2) {
		x.save(ctx)
	}
}

// minUnsaved is how many changes there may be without a new snapshot, or half
// as many as there are items. Those not in it are read from the change log
// again after a crash; writing it for less would wear the disk more than it saves.
const minUnsaved = 5000

// Abilities are all there are.
func (x *Index) Abilities() search.Abilities { return search.AllAbilities() }

// Cursor is that of the last batch, or of the snapshot read.
func (x *Index) Cursor(context.Context) (federation.Cursor, error) { return x.view.Load().cursor, nil }

// Reset empties the index; the snapshot is replaced at the next occasion.
func (x *Index) Reset(context.Context) error {
	x.writing.Lock()
	defer x.writing.Unlock()
	x.unsaved += x.view.Load().docs() + 1
	x.view.Store(emptyView(x.many))
	return nil
}

// Close saves the snapshot if anything changed. The index stays usable.
func (x *Index) Close() error {
	x.writing.Lock()
	defer x.writing.Unlock()
	if x.unsaved == 0 {
		return nil
	}
	return x.write()
}
