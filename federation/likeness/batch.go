package likeness

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/cespare/xxhash/v2"

	"github.com/plonegov/carillon/federation"
)

// batch is some changed items, those they are compared with, and what the store
// is to hold of them all.
type batch struct {
	store     Store
	entries   map[string]*entry  // by item id
	byKey     map[int64][]*entry // those whose keys are not in the store yet
	unmatched []*entry           // those that stand alone and are to be compared
	left      map[string]bool    // groups that an entry has left
}

// entry is an item of a batch.
type entry struct {
	id, source  string
	seen        time.Time // what it says now; of too little to tell by, the item
	first       time.Time // the item
	version     int
	fingerprint *Fingerprint // nil = withdrawn or unknown
	known       bool         // the store holds a likeness
	held, next  federation.Likeness
	sharing     []string // ids of those that may be like it, as the store has them
}

func (e *entry) leads() bool { return e.next.Group == e.id }

func newBatch(store Store) *batch {
	return &batch{store: store, entries: map[string]*entry{}, byKey: map[int64][]*entry{}, left: map[string]bool{}}
}

// load takes in the items that are not in the batch yet: by what is kept of
// them, or whole where that is of an older version.
func (b *batch) load(ctx context.Context, ids []string) error {
	ids = slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return b.entries[id] != nil })
	if len(ids) == 0 {
		return nil
	}
	held, err := b.store.Likenesses(ctx, ids)
	if err != nil {
		return err
	}
	var stale []string
	for _, id := range ids {
		l, known := held[id]
		e := &entry{id: id, known: known, held: l, next: l}
		b.entries[id] = e
		switch {
		case !known:
			stale = append(stale, id)
			continue
		case l.Current == 0: // withdrawn
			continue
		case l.Version == l.Current:
			e.fingerprint = read(l.Fingerprint)
		}
		if e.fingerprint == nil {
			stale = append(stale, id)
			continue
		}
		e.saw(e.fingerprint.source, l.Current, l.FirstSeen)
	}
	if len(stale) == 0 {
		return nil
	}
	items, err := b.store.ItemsByID(ctx, stale)
	if err != nil {
		return err
	}
	for _, it := range items {
		e := b.entries[it.ID]
		e.fingerprint = Of(it)
		e.saw(it.Source, it.Version, it.FirstSeen)
	}
	return nil
}

func (e *entry) saw(source string, version int, first time.Time) {
	e.source, e.version, e.first = source, version, first
	if e.seen = e.held.Since; e.seen.IsZero() {
		e.seen = first
	}
}

// renew takes in an item as it is now. One that says something else than
// before leaves its group, and so do all when it is the one they are like.
func (b *batch) renew(ctx context.Context, id string) error {
	e := b.entries[id]
	if e.fingerprint != nil {
		e.next.Fingerprint = e.fingerprint.Bytes()
		digest := int64(xxhash.Sum64(e.next.Fingerprint))
		e.next.Version = e.version
		if e.known && e.held.Digest == digest {
			return nil
		}
		e.next.Item, e.next.Digest, e.next.Keys = id, digest, e.fingerprint.Keys()
		if err := b.date(ctx, e); err != nil {
			return err
		}
		for _, key := range e.next.Keys {
			b.byKey[key] = append(b.byKey[key], e)
		}
	} else if !e.known {
		return nil
	}
	b.leaveGroup(e)
	if e.held.Group != id {
		return nil
	}
	followers, err := b.members(ctx, id)
	if err != nil {
		return err
	}
	for _, f := range followers {
		b.leaveGroup(f)
	}
	return nil
}

// date finds when the hub first saw what e says now: not when it first saw the
// item, or an old item made into a copy would be older than its original.
func (b *batch) date(ctx context.Context, e *entry) error {
	same := e.known && e.held.Wording == e.fingerprint.wording
	e.next.Wording = e.fingerprint.wording
	switch {
	case e.next.Wording == 0:
		e.next.Since, e.seen = time.Time{}, e.first
		return nil
	case same:
		return nil
	case e.version == 1:
		e.next.Since = e.first
	default:
		versions, err := b.store.Versions(ctx, e.id)
		if errors.Is(err, federation.ErrGone) {
			return nil // withdrawn a moment ago: the log will say so
		}
		if err != nil {
			return err
		}
		e.next.Since = since(versions, e.next.Wording)
	}
	e.seen = e.next.Since
	return nil
}

// since is when the newest of the versions, which are newest first, began to
// say what it says.
func since(versions []federation.Version, wording int64) (t time.Time) {
	for i, v := range versions {
		if i > 0 && Wording(v.Item) != wording {
			break
		}
		t = v.Saved
	}
	return t
}

// leaveGroup takes e out of its group; if it is live, it is to be compared.
func (b *batch) leaveGroup(e *entry) {
	if e.next.Group != "" {
		b.left[e.next.Group] = true
	}
	e.next.Group = ""
	if e.fingerprint != nil && !slices.Contains(b.unmatched, e) {
		b.unmatched = append(b.unmatched, e)
	}
}

// members are the live items of a group as the batch has it.
func (b *batch) members(ctx context.Context, group string) ([]*entry, error) {
	twins, err := b.store.Twins(ctx, []string{group})
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, t := range twins {
		ids = append(ids, t.ID)
	}
	if err := b.load(ctx, ids); err != nil {
		return nil, err
	}
	var out []*entry
	for _, e := range b.entries {
		if e.next.Group == group && e.fingerprint != nil {
			out = append(out, e)
		}
	}
	slices.SortFunc(out, older)
	return out, nil
}

// endSingles ends the groups of which one item is left.
func (b *batch) endSingles(ctx context.Context) error {
	for group := range b.left {
		rest, err := b.members(ctx, group)
		if err != nil {
			return err
		}
		if len(rest) == 1 {
			rest[0].next.Group = ""
		}
	}
	return nil
}

// changes reports whether something else is to be held of e than is.
func (e *entry) changes() bool {
	switch {
	case e.fingerprint == nil:
		return e.known
	case !e.known:
		return e.next.Item != ""
	}
	return e.next.Group != e.held.Group || e.next.Digest != e.held.Digest || e.next.Version != e.held.Version
}

// save writes what is other than held, in one transaction.
func (b *batch) save(ctx context.Context, now time.Time) error {
	var changed []*entry
	for _, e := range b.entries {
		if e.changes() {
			changed = append(changed, e)
		}
	}
	if len(changed) == 0 {
		return nil
	}
	slices.SortFunc(changed, older)
	return b.store.InTx(ctx, func(tx federation.Tx) error {
		var list []federation.Likeness
		for _, e := range changed {
			if e.fingerprint != nil {
				list = append(list, e.next)
			} else if err := tx.RemoveLikeness(ctx, e.id); err != nil {
				return err
			}
		}
		return tx.SaveLikenesses(ctx, list, now)
	})
}
