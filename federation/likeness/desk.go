package likeness

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/plonegov/carillon/federation"
)

// desk is where some items are compared: what the store holds of them, and
// what it is to hold.
type desk struct {
	store   Store
	entries map[string]*entry  // by item id
	fresh   map[int64][]*entry // by key: entries whose keys are not in the store yet
	queue   []*entry           // to be matched
	left    map[string]bool    // groups that an entry has left
}

// entry is an item on the desk.
type entry struct {
	id, source string
	seen       time.Time // what it says now; of too little to tell by, the item
	first      time.Time // the item
	version    int
	print      *Print // nil = withdrawn or unknown
	known      bool   // the store holds a likeness
	held, next federation.Likeness
}

func (e *entry) leads() bool { return e.next.Group == e.id }

func newDesk(store Store) *desk {
	return &desk{store: store, entries: map[string]*entry{}, fresh: map[int64][]*entry{}, left: map[string]bool{}}
}

// load puts the items that are not there yet on the desk.
func (d *desk) load(ctx context.Context, ids []string) error {
	ids = slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return d.entries[id] != nil })
	if len(ids) == 0 {
		return nil
	}
	held, err := d.store.Likenesses(ctx, ids)
	if err != nil {
		return err
	}
	items, err := d.store.ItemsByID(ctx, ids)
	if err != nil {
		return err
	}
	for _, id := range ids {
		l, known := held[id]
		d.entries[id] = &entry{id: id, known: known, held: l, next: l}
	}
	for _, it := range items {
		e := d.entries[it.ID]
		e.source, e.first, e.version, e.print = it.Source, it.FirstSeen, it.Version, Of(it)
		if e.seen = e.held.Since; e.seen.IsZero() {
			e.seen = e.first
		}
	}
	return nil
}

// renew takes in an item as it is now. One that says something else than
// before leaves its group, and so do all when it is the one they are like.
func (d *desk) renew(ctx context.Context, id string) error {
	e := d.entries[id]
	if e.print != nil {
		digest := e.print.Digest()
		e.next.Version = e.version
		if e.known && e.held.Digest == digest {
			return nil
		}
		e.next.Item, e.next.Digest, e.next.Keys = id, digest, e.print.Keys()
		if err := d.date(ctx, e); err != nil {
			return err
		}
		for _, key := range e.next.Keys {
			d.fresh[key] = append(d.fresh[key], e)
		}
	} else if !e.known {
		return nil
	}
	d.free(e)
	if e.held.Group != id {
		return nil
	}
	followers, err := d.members(ctx, id)
	if err != nil {
		return err
	}
	for _, f := range followers {
		d.free(f)
	}
	return nil
}

// date finds when the hub first saw what e says now: not when it first saw the
// item, or an old item made into a copy would be older than its original.
func (d *desk) date(ctx context.Context, e *entry) error {
	same := e.known && e.held.Wording == e.print.wording
	e.next.Wording = e.print.wording
	switch {
	case e.next.Wording == 0:
		e.next.Since, e.seen = time.Time{}, e.first
		return nil
	case same:
		return nil
	case e.version == 1:
		e.next.Since = e.first
	default:
		versions, err := d.store.Versions(ctx, e.id)
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

// free takes e out of its group and, if it is live, queues it.
func (d *desk) free(e *entry) {
	if e.next.Group != "" {
		d.left[e.next.Group] = true
	}
	e.next.Group = ""
	if e.print != nil && !slices.Contains(d.queue, e) {
		d.queue = append(d.queue, e)
	}
}

// members are the live items of a group as the desk has it.
func (d *desk) members(ctx context.Context, group string) ([]*entry, error) {
	twins, err := d.store.Twins(ctx, []string{group})
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, t := range twins {
		ids = append(ids, t.ID)
	}
	if err := d.load(ctx, ids); err != nil {
		return nil, err
	}
	var out []*entry
	for _, e := range d.entries {
		if e.next.Group == group && e.print != nil {
			out = append(out, e)
		}
	}
	slices.SortFunc(out, older)
	return out, nil
}

// clearLonely ends the groups of which one item is left.
func (d *desk) clearLonely(ctx context.Context) error {
	for group := range d.left {
		rest, err := d.members(ctx, group)
		if err != nil {
			return err
		}
		if len(rest) == 1 {
			rest[0].next.Group = ""
		}
	}
	return nil
}

// save writes what is other than held, in one transaction.
func (d *desk) save(ctx context.Context, now time.Time) error {
	var changed []*entry
	for _, e := range d.entries {
		if e.print == nil && e.known || e.print != nil && (e.next.Group != e.held.Group || e.next.Digest != e.held.Digest || e.known && e.next.Version != e.held.Version || !e.known && e.next.Item != "") {
			changed = append(changed, e)
		}
	}
	if len(changed) == 0 {
		return nil
	}
	slices.SortFunc(changed, older)
	return d.store.InTx(ctx, func(tx federation.Tx) error {
		for _, e := range changed {
			var err error
			if e.print == nil {
				err = tx.RemoveLikeness(ctx, e.id)
			} else {
				err = tx.SaveLikeness(ctx, e.next, now)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}
