package federation

import (
	"context"
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
