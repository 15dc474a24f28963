package federation

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// Record is one thing as a store holds it, whatever it is.
type Record struct {
	Kind  string // "member", "source" and so on
	Key   string // tells it from others of its kind
	Owner string // what it belongs to: the slug of a member or the full name of a source; "" = nothing
	Value string // JSON, as [Encode] writes it
}

// The kinds of record.
const (
	memberRecord       = "member"
	sourceRecord       = "source"
	channelRecord      = "channel"
	placementRecord    = "placement"
	topicRecord        = "topic"
	hubRecord          = "hub"
	stateRecord        = "state"
	journalRecord      = "journal"
	pageRecord         = "page"
	entriesRecord      = "entries"
	subscriptionRecord = "subscription"
)

// Records reads records.
type Records interface {
	// Record returns the one of that kind and key; ErrNotFound.
	Record(ctx context.Context, kind, key string) (Record, error)
	// Records returns those of a kind that belong to the owner, or all of the
	// kind when it is "", sorted by key.
	Records(ctx context.Context, kind, owner string) ([]Record, error)
}

// RecordWriter writes records, and no change row with them: what is to be told
// is for [Save] and [Remove] to say.
type RecordWriter interface {
	Records
	// SaveRecord creates the record or replaces the one of its kind and key.
	SaveRecord(ctx context.Context, r Record) error
	// RemoveRecord removes it; one that is not held is no error.
	RemoveRecord(ctx context.Context, kind, key string) error
}

// Noun is what is stored as a record.
type Noun interface {
	// Record says of what kind it is, its key and its owner; the kind does not
	// depend on the value.
	Record() Record
}

// Configured is a noun that an operator writes: a [Member], [Source],
// [Channel], [Placement], [Topic] or the [Hub].
type Configured interface {
	Noun
	// Validate reports the first thing wrong with the value. Whoever takes it
	// from outside asks; a store keeps what an earlier version let in.
	Validate() error
}

// Record implements [Noun].
func (m Member) Record() Record { return Record{Kind: memberRecord, Key: m.Slug} }

// Record implements [Noun].
func (s Source) Record() Record { return Record{Kind: sourceRecord, Key: s.Name(), Owner: s.Member} }

// Record implements [Noun].
func (c Channel) Record() Record { return Record{Kind: channelRecord, Key: c.Slug} }

// Record implements [Noun].
func (p Placement) Record() Record {
	return Record{Kind: placementRecord, Key: p.Slug, Owner: p.Member}
}

// Record implements [Noun].
func (t Topic) Record() Record { return Record{Kind: topicRecord, Key: t.Slug} }

// Record implements [Noun]. There is one hub; its key is "".
func (Hub) Record() Record { return Record{Kind: hubRecord} }

// storedAs is a noun whose JSON in a store is another than that for the world.
type storedAs interface{ stored() any }

// NewRecord returns a noun as a store holds it. A value that JSON has no way to
// write is ErrInvalid.
func NewRecord(n Noun) (Record, error) {
	r, value := n.Record(), any(n)
	if s, ok := n.(storedAs); ok {
		value = s.stored()
	}
	var err error
	if r.Value, err = Encode(value); err != nil {
		return Record{}, fmt.Errorf("%s %q: %w", r.Kind, r.Key, err)
	}
	return r, nil
}

// read is the noun of a record.
func read[T Noun](r Record) (v T, err error) {
	if err := json.Unmarshal([]byte(r.Value), &v); err != nil {
		return v, fmt.Errorf("read stored %s %q: %w", r.Kind, r.Key, err)
	}
	return v, nil
}

// Get returns what has the key; ErrNotFound names what was asked.
func Get[T Noun](ctx context.Context, from Records, key string) (v T, err error) {
	r, err := from.Record(ctx, v.Record().Kind, key)
	if err != nil {
		return v, err
	}
	return read[T](r)
}

// All returns everything of a kind, sorted by key: members, channels,
// placements and topics by slug, sources by full name.
func All[T Noun](ctx context.Context, from Records) ([]T, error) { return owned[T](ctx, from, "") }

func owned[T Noun](ctx context.Context, from Records, owner string) ([]T, error) {
	var none T
	records, err := from.Records(ctx, none.Record().Kind, owner)
	if err != nil {
		return nil, err
	}
	list := make([]T, 0, len(records))
	for _, r := range records {
		v, err := read[T](r)
		if err != nil {
			return nil, err
		}
		list = append(list, v)
	}
	return list, nil
}

// HubOf returns the hub, zero when it was never saved.
func HubOf(ctx context.Context, from Records) (Hub, error) {
	h, err := Get[Hub](ctx, from, "")
	if errors.Is(err, ErrNotFound) {
		return Hub{}, nil
	}
	return h, err
}

// put saves a noun that no change row tells of.
func put(ctx context.Context, tx Tx, n Noun) error {
	r, err := NewRecord(n)
	if err != nil {
		return fmt.Errorf("save %w", err)
	}
	return tx.SaveRecord(ctx, r)
}

// Save saves what is configured, with its change row, and reports whether it
// wrote: when the value held is equal, it does not. What belongs to an unknown
// member is ErrNotFound. A source that is new or changed has its harvest task,
// due at once.
func Save[T Configured](ctx context.Context, tx Tx, v T) (changed bool, err error) {
	r, err := NewRecord(v)
	if err != nil {
		return false, fmt.Errorf("save %w", err)
	}
	changed, err = save(ctx, tx, r, rewritten[T])
	if src, ok := any(v).(Source); ok && err == nil && changed {
		err = tx.PutTask(ctx, Task{Kind: TaskHarvest, Key: r.Key, Host: HostOf(src.URL), Due: AtOnce})
	}
	return changed, err
}

// rewritten is a record as this version of the program writes it: one before it
// may have spelt the same value in another way.
func rewritten[T Noun](r Record) (Record, error) {
	v, err := read[T](r)
	if err != nil {
		return r, nil // it is to be replaced
	}
	return NewRecord(v)
}

func save(ctx context.Context, tx Tx, r Record, rewritten func(Record) (Record, error)) (changed bool, err error) {
	if r.Owner != "" {
		if _, err := tx.Record(ctx, memberRecord, r.Owner); err != nil {
			return false, fmt.Errorf("save %s %q: %w", r.Kind, r.Key, err)
		}
	}
	held, err := tx.Record(ctx, r.Kind, r.Key)
	if errors.Is(err, ErrNotFound) && r.Kind == hubRecord { // the one that was never saved is the zero one
		held, err = NewRecord(Hub{})
	}
	if err == nil && held.Value != r.Value {
		held, err = rewritten(held)
	}
	if err != nil && !errors.Is(err, ErrNotFound) || err == nil && held.Value == r.Value {
		return false, err
	}
	if err := tx.SaveRecord(ctx, r); err != nil {
		return false, err
	}
	return true, tell(ctx, tx, r, "-saved")
}

// tell appends the change row of something configured.
func tell(ctx context.Context, tx Tx, r Record, what string) error {
	member := r.Owner
	if r.Kind == memberRecord {
		member = r.Key
	}
	return tx.AppendChange(ctx, Change{Time: time.Now(), Kind: ChangeKind(r.Kind + what), Key: r.Key, Member: member})
}

// Remove removes what is configured under the key, with its change row;
// ErrNotFound. A member goes with its sources and placements, a source with
// what was learnt of it and its tasks; its items are withdrawn.
func Remove[T Configured](ctx context.Context, tx Tx, key string) error {
	var none T
	r, err := tx.Record(ctx, none.Record().Kind, key)
	if err != nil {
		return fmt.Errorf("remove %w", err)
	}
	if err := remove(ctx, tx, r); err != nil {
		return fmt.Errorf("remove %s %q: %w", r.Kind, r.Key, err)
	}
	return nil
}

func remove(ctx context.Context, tx Tx, r Record) (err error) {
	switch r.Kind {
	case memberRecord:
		for _, kind := range []string{sourceRecord, placementRecord} {
			if err = removeOwned(ctx, tx, kind, r.Key, remove); err != nil {
				return err
			}
		}
	case sourceRecord:
		err = forget(ctx, tx, r.Key)
	}
	if err == nil {
		err = tx.RemoveRecord(ctx, r.Kind, r.Key)
	}
	if err != nil {
		return err
	}
	return tell(ctx, tx, r, "-removed")
}

func removeOwned(ctx context.Context, tx Tx, kind, owner string, how func(context.Context, Tx, Record) error) error {
	list, err := tx.Records(ctx, kind, owner)
	if err != nil {
		return err
	}
	for _, r := range list {
		if err := how(ctx, tx, r); err != nil {
			return err
		}
	}
	return nil
}

// removed is why the items of a removed source are withdrawn.
const removed = "its source was removed"

// forget withdraws the items of a source that is removed and drops what was
// learnt of it, so that a harvest under way brings nothing back. Subscriptions
// stay until their hubs were told.
func forget(ctx context.Context, tx Tx, source string) error {
	ids, err := tx.LiveItems(ctx, source)
	if err != nil {
		return err
	}
	now := time.Now()
	for _, id := range ids {
		if err := tx.WithdrawItem(ctx, id, removed, now); err != nil {
			return err
		}
	}
	for _, kind := range []string{stateRecord, journalRecord, pageRecord, entriesRecord} {
		err := removeOwned(ctx, tx, kind, source, func(ctx context.Context, tx Tx, r Record) error { return tx.RemoveRecord(ctx, r.Kind, r.Key) })
		if err != nil {
			return err
		}
	}
	for _, kind := range []string{TaskHarvest, TaskFiles} {
		if err := tx.RemoveTask(ctx, kind, source); err != nil {
			return err
		}
	}
	return nil
}
