package federation

import (
	"context"
	"log/slog"
	"sync"
	"time"
)

const (
	followBatch = 1000
	followRetry = 30 * time.Second // longest pause after a failure
)

// Follower hands every change of a log to one consumer, in order, in batches,
// and saves the consumer's cursor after each batch that it dealt with. It
// skips nothing: a batch that failed is offered again, so the consumer must
// bear a repetition. [Follower.At], [Follower.Done], [Follower.Wait] and
// [Follower.Dealt] are safe for concurrent use; of [Follower.Run] and
// [Follower.Drain] one is to be called at a time.
type Follower struct {
	log     *slog.Logger
	name    string
	changes ChangeLog
	cursors Cursors
	deal    func(context.Context, []Change) error

	mu    sync.Mutex
	at    Cursor
	moved chan struct{} // closed when at is another
}

// NewFollower returns a follower whose consumer is deal and whose cursor is
// that of the name among cursors.
func NewFollower(log *slog.Logger, name string, changes ChangeLog, cursors Cursors,
	deal func(context.Context, []Change) error) *Follower {
	return &Follower{log: log, name: name, changes: changes, cursors: cursors, deal: deal, moved: make(chan struct{})}
}

// Run deals with changes until ctx is done, then returns nil. When the
// consumer or the store fails it logs and pauses, longer each time, up to half
// a minute.
func (f *Follower) Run(ctx context.Context) error {
	pause := time.Duration(0)
	for ctx.Err() == nil {
		n, err := f.Drain(ctx)
		if err == nil {
			err = f.changes.WaitChange(ctx, f.At())
		}
		if err == nil {
			pause = 0
			continue
		}
		if ctx.Err() != nil {
			break
		}
		pause = min(max(2*pause, 100*time.Millisecond), followRetry)
		f.log.ErrorContext(ctx, "follower failed; it will try the same changes again",
			"follower", f.name, "done", n, "pause", pause, "err", err)
		select {
		case <-time.After(pause):
		case <-ctx.Done():
		}
	}
	return nil
}

// Drain deals with every change there is now and returns how many.
func (f *Follower) Drain(ctx context.Context) (n int, err error) {
	at, err := f.cursors.Cursor(ctx, f.name)
	if err != nil {
		return 0, err
	}
	for {
		f.move(at)
		batch, err := f.changes.Changes(ctx, at, followBatch)
		if err != nil || len(batch) == 0 {
			return n, err
		}
		if err := f.deal(ctx, batch); err != nil {
			return n, err
		}
		at = Cursor(batch[len(batch)-1].Seq)
		n += len(batch)
		if err := f.cursors.SaveCursor(ctx, f.name, at); err != nil {
			return n, err
		}
	}
}

func (f *Follower) move(at Cursor) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if at != f.at {
		f.at = at
		close(f.moved)
		f.moved = make(chan struct{})
	}
}

// At is how far the follower has come; 0 before it has begun. It goes back
// when the cursor is set back, as it is to index all anew.
func (f *Follower) At() Cursor {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.at
}

// Done reports whether the change of that number, and all before it, are dealt
// with.
func (f *Follower) Done(seq int64) bool { return int64(f.At()) >= seq }

// Wait returns nil when the change of that number is [Follower.Done], or the
// error of ctx.
func (f *Follower) Wait(ctx context.Context, seq int64) error {
	for {
		f.mu.Lock()
		at, moved := f.at, f.moved
		f.mu.Unlock()
		if int64(at) >= seq {
			return nil
		}
		select {
		case <-moved:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// Dealt is the log as far as the follower has come: one that follows it deals
// with a change after this one has. So what is kept of the answers of an index
// is dropped when the index gives the new ones, not before.
func (f *Follower) Dealt() ChangeLog { return dealt{f} }

type dealt struct{ by *Follower }

func (d dealt) Changes(ctx context.Context, after Cursor, limit int) ([]Change, error) {
	at := d.by.At()
	if at <= after {
		return nil, ctx.Err()
	}
	list, err := d.by.changes.Changes(ctx, after, limit)
	for len(list) > 0 && list[len(list)-1].Seq > int64(at) {
		list = list[:len(list)-1]
	}
	return list, err
}

func (d dealt) WaitChange(ctx context.Context, after Cursor) error {
	return d.by.Wait(ctx, int64(after)+1)
}

// CursorAt is the cursor of a follower whose state ends with the process: it
// begins at a place in the log. It is for one follower.
func CursorAt(at Cursor) Cursors { return &heldCursor{at} }

type heldCursor struct{ at Cursor }

func (c *heldCursor) Cursor(context.Context, string) (Cursor, error) { return c.at, nil }

func (c *heldCursor) SaveCursor(_ context.Context, _ string, at Cursor) error {
	c.at = at
	return nil
}
