package federation

import (
	"context"
	"time"
)

// Store is the store of record, summed from roles: a caller asks for the
// smallest it needs. All methods are safe for concurrent use. Times come back
// in UTC at microsecond precision; texts compare by bytes. Get-methods return
// ErrNotFound (wrapped, naming what was asked); lists are empty, never nil
// with an error. In texts NUL is dropped and invalid UTF-8 becomes U+FFFD, so
// that one bad byte cannot stop a source. A store that is busy, full, broken
// or closed says ErrUnavailable. federation/storetest proves an implementation.
type Store interface {
	Records
	Items
	ChangeLog
	Cursors
	Tasks
	Likenesses
	Files
	Queries
	Transactor
	// Trouble is why the store cannot be written now, or soon: a sentence for
	// the operator that says what to do; nil when all is well.
	Trouble(ctx context.Context) error
	Close() error
}

// Transactor writes.
type Transactor interface {
	// InTx runs fn in one transaction: all of its writes and their change
	// rows become visible together when it returns nil, and none otherwise.
	// No network inside; do not use the Store itself within fn. fn may run
	// again, from the start, when its transaction could not be committed (two
	// that touch the same rows; a disk that was full): what it leaves behind
	// outside of the store must be that of its last run.
	InTx(ctx context.Context, fn func(Tx) error) error
}

// Items reads items.
type Items interface {
	// Item returns a live item; ErrGone for a withdrawn one.
	Item(ctx context.Context, id string) (Item, error)
	// ItemsByID returns the live ones among ids, in the order of ids; ids
	// that are unknown or withdrawn are left out.
	ItemsByID(ctx context.Context, ids []string) ([]Item, error)
	// Versions returns all versions, newest first. A withdrawn item's are
	// ErrGone: they leave every output too.
	Versions(ctx context.Context, id string) ([]Version, error)
	// EachItem calls fn with every live item of a part, by id, until fn fails.
	// It sees one consistent state and returns the cursor of that state, so
	// that a follower which starts there misses nothing. It costs what the part
	// does, not what the store holds.
	EachItem(ctx context.Context, part Part, fn func(Item) error) (Cursor, error)
	// Stamps returns when up to n live items whose ids begin with prefix were
	// last saved, by id. It reads these rows alone.
	Stamps(ctx context.Context, prefix string, n int) ([]Stamp, error)
	// Expired returns the ids of up to n live items whose Expires is not
	// after now, earliest first.
	Expired(ctx context.Context, now time.Time, n int) ([]string, error)
}

// Part is a part of the items of a store. The zero value is all of them.
type Part struct {
	Member  string // those of its sources; "" = of all members
	Grouped bool   // those alone that stand in a group, see [Likeness]
}

// Tasks is work with a due time and a lease.
type Tasks interface {
	// ClaimTasks leases free tasks until Now+Lease, those due the longest
	// first. A task whose lease has passed is free. Of one host no two are
	// leased at the same time, whoever has them, so that several processes are
	// as polite as one.
	ClaimTasks(ctx context.Context, c Claim) ([]Task, error)
	// RenewTasks draws the leases of claimed tasks out until then, all of one
	// kind or of several, and returns those that were still their holder's.
	RenewTasks(ctx context.Context, tasks []Task, until time.Time) ([]Task, error)
	// NextDue returns the earliest due time of the kind, of claimed tasks too;
	// zero when there are none.
	NextDue(ctx context.Context, kind string) (time.Time, error)
	// Rest is until when a host is not to be asked; zero or past when it may be.
	// Who has claimed a task there looks before it asks.
	Rest(ctx context.Context, host string) (time.Time, error)
}

// TaskWriter writes tasks, with the work that they stand for.
type TaskWriter interface {
	// PutTask creates the task, or moves the due time of the one there is. A
	// Host of "" leaves the one there is.
	PutTask(ctx context.Context, t Task) error
	// HoldTask is ErrConflict unless the task is still claimed by the holder
	// of t: work done under a claim is saved with it, so that whoever lost the
	// claim (to a pause of its machine, say) saves nothing over its successor.
	HoldTask(ctx context.Context, t Task) error
	// FinishTask frees a claimed task and sets its next due time; a zero next
	// deletes it. Put again since it was claimed, it is due at the earlier of
	// the two. A Host of "" leaves the one there is. ErrConflict when the lease
	// was lost (Token differs) or the task is gone or finished already.
	FinishTask(ctx context.Context, t Task, next time.Time) error
	// RemoveTask removes a task, claimed or not; one that is not there is no
	// error.
	RemoveTask(ctx context.Context, kind, key string) error
	// RestHost gives a host rest until then. It never makes a rest shorter.
	RestHost(ctx context.Context, host string, until time.Time) error
}

// Tx is what can be done inside a transaction. What is configured is written
// by [Save] and [Remove], what is learnt of sources by [SaveState], [SavePage]
// and [SaveSubscription].
type Tx interface {
	RecordWriter
	// AppendChange appends a change to the log, under the next number.
	AppendChange(ctx context.Context, c Change) error

	// AdoptItems makes the items of the source from, tombstones included, those
	// of the source to: ids, versions and first-seen times stay, and to knows
	// them by the same origin ids (as aliases). Each live one gets an ItemSaved
	// change. It returns how many there were; to must be held.
	AdoptItems(ctx context.Context, from, to string, now time.Time) (int, error)

	// Heads returns the heads of every item of a source, tombstones included,
	// by item id.
	Heads(ctx context.Context, source string) (map[string]Head, error)
	// LiveItems returns the ids of the live items of a source, sorted.
	LiveItems(ctx context.Context, source string) ([]string, error)
	// SaveItem writes the item and its version (Version 1 creates it; n+1
	// needs n to be held, else ErrConflict), revives a tombstone, and appends
	// an ItemSaved change stamped now. Member, origin id and first-seen are
	// those of version 1 for ever; an id that another source holds is
	// ErrConflict; coordinates that are no number and event years above 9999
	// are ErrInvalid.
	SaveItem(ctx context.Context, it Item, now time.Time) error
	// WithdrawItem makes a live item a tombstone and appends ItemWithdrawn; a
	// tombstone is left as it is.
	WithdrawItem(ctx context.Context, id, reason string, now time.Time) error
	// BarItem withdraws an item for good: its source does not bring it back
	// until UnbarItem says so, after which the next reading does. Unknown ids
	// are ErrNotFound.
	BarItem(ctx context.Context, id, reason string, now time.Time) error
	UnbarItem(ctx context.Context, id string) error
	SaveAbsent(ctx context.Context, id string, absent int) error
	LikenessWriter
	FileWriter
	TaskWriter

	// Aliases returns the further origin ids of a source, by origin id.
	Aliases(ctx context.Context, source string) (map[string]Alias, error)
	SaveAlias(ctx context.Context, source, originID string, a Alias) error
}
