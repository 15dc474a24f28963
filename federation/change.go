package federation

import (
	"context"
	"log/slog"
	"time"
)

// ChangeKind tells what a row of the log is about.
type ChangeKind string

// The kinds of change. Configuration changes carry the slug in Key.
const (
	ItemSaved        ChangeKind = "item-saved"
	ItemWithdrawn    ChangeKind = "item-withdrawn"
	MemberSaved      ChangeKind = "member-saved"
	MemberRemoved    ChangeKind = "member-removed"
	SourceSaved      ChangeKind = "source-saved"
	SourceRemoved    ChangeKind = "source-removed"
	ChannelSaved     ChangeKind = "channel-saved"
	ChannelRemoved   ChangeKind = "channel-removed"
	PlacementSaved   ChangeKind = "placement-saved"
	PlacementRemoved ChangeKind = "placement-removed"
	TopicSaved       ChangeKind = "topic-saved"
	TopicRemoved     ChangeKind = "topic-removed"
)

// Change is one row of the ordered log, written in the transaction of what it
// tells. Seq grows without ever showing a later number before an earlier one;
// numbers may be missing.
type Change struct {
	Seq     int64
	Time    time.Time
	Kind    ChangeKind
	Key     string // item id, or the name of what was configured
	Member  string
	Source  string // of an item
	Version int    // of an item
}

// Cursor is how far a follower has come: the Seq of the last change it has
// wholly dealt with; 0 = nothing yet.
type Cursor int64

// Cursors remembers cursors by the name of the follower. A follower whose
// state lives elsewhere (a search index with its own snapshot) keeps its own.
type Cursors interface {
	// Cursor returns 0 for a name never saved.
	Cursor(ctx context.Context, name string) (Cursor, error)
	SaveCursor(ctx context.Context, name string, c Cursor) error
}

// ChangeLog is the reading side of the log.
type ChangeLog interface {
	// Changes returns up to limit changes after the cursor, oldest first.
	Changes(ctx context.Context, after Cursor, limit int) ([]Change, error)
	// WaitChange returns nil when there may be a change after the cursor, or
	// the error of ctx. It may return early; it never misses one for more
	// than a second, whichever process wrote it.
	WaitChange(ctx context.Context, after Cursor) error
}

const (
	followBatch = 1000
	followRetry = 30 * time.Second // longest pause after a failure
)

// Follow hands every change after the named cursor to fn, in order, in
// batches, and saves the cursor after each batch that fn dealt with. It never
// skips: when fn or the store fails it logs, pauses and offers the same batch
// again, so fn must bear a repetition. It returns when ctx is done, with nil.
func Follow(ctx context.Context, log *slog.Logger, changes ChangeLog, cursors Cursors, name string,
	fn func(context.Context, []Change) error) error {
	pause := time.Duration(0)
	for ctx.Err() == nil {
		n, err := CatchUp(ctx, changes, cursors, name, fn)
		if err == nil {
			pause = 0
			continue
		}
		if ctx.Err() != nil {
			break
		}
		pause = min(max(2*pause, 100*time.Millisecond), followRetry)
		log.ErrorContext(ctx, "follower failed; it will try the same changes again",
			"follower", name, "done", n, "pause", pause, "err", err)
		select {
		case <-time.After(pause):
		case <-ctx.Done():
		}
	}
	return nil
}

// CatchUp deals with what there is and then waits for one more change; it
// returns the number dealt with. Follow is CatchUp for ever; Drain does not
// wait.
func CatchUp(ctx context.Context, changes ChangeLog, cursors Cursors, name string,
	fn func(context.Context, []Change) error) (int, error) {
	n, at, err := drain(ctx, changes, cursors, name, fn)
	if err != nil {
		return n, err
	}
	return n, changes.WaitChange(ctx, at)
}

// Drain deals with every change there is now and returns how many.
func Drain(ctx context.Context, changes ChangeLog, cursors Cursors, name string,
	fn func(context.Context, []Change) error) (int, error) {
	n, _, err := drain(ctx, changes, cursors, name, fn)
	return n, err
}

func drain(ctx context.Context, changes ChangeLog, cursors Cursors, name string,
	fn func(context.Context, []Change) error) (n int, at Cursor, err error) {
	if at, err = cursors.Cursor(ctx, name); err != nil {
		return 0, 0, err
	}
	for {
		batch, err := changes.Changes(ctx, at, followBatch)
		if err != nil || len(batch) == 0 {
			return n, at, err
		}
		if err := fn(ctx, batch); err != nil {
			return n, at, err
		}
		at = Cursor(batch[len(batch)-1].Seq)
		n += len(batch)
		if err := cursors.SaveCursor(ctx, name, at); err != nil {
			return n, at, err
		}
	}
}
