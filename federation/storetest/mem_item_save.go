package storetest

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"
)

// Heads implements [federation.Tx].
func (t *memTx) Heads(_ context.Context, source string) (map[string]federation.Head, error) {
	heads := map[string]federation.Head{}
	for id, i := range t.items {
		if i.source == source {
			heads[id] = i.head
		}
	}
	return heads, nil
}

// SaveItem implements [federation.Tx]. The first version decides member,
// origin id and first-seen time; later ones cannot change them. A version of
// another source's item is ErrConflict, one below 1 ErrInvalid.
func (t *memTx) SaveItem(_ context.Context, it federation.Item, now time.Time) error {
	old, known := t.items[it.ID]
	switch {
	case it.Version < 1:
		return federation.Invalid("version", "must be 1 or more")
	case old.head.Version != it.Version-1, known && old.source != it.Source:
		return fmt.Errorf("save item %q version %d: %w", it.ID, it.Version, federation.ErrConflict)
	}
	if known {
		first, err := old.versions[0].item()
		if err != nil {
			return err
		}
		it.Member, it.OriginID, it.FirstSeen = old.member, first.OriginID, first.FirstSeen
	}
	v, err := newMemVersion(&it, now)
	if err != nil {
		return fmt.Errorf("save item %q: %w", it.ID, err)
	}
	t.items[it.ID] = memItem{
		head: federation.Head{ID: it.ID, Hash: it.Hash, Version: it.Version,
			Updated: it.Updated, FirstSeen: it.FirstSeen},
		source: it.Source, member: it.Member, expires: it.Expires,
		versions: append(slices.Clip(old.versions), v),
	}
	t.append(federation.Change{Time: now, Kind: federation.ItemSaved, Key: it.ID,
		Member: it.Member, Source: it.Source, Version: it.Version})
	return nil
}

// newMemVersion also brings the times of it to the precision of a store.
func newMemVersion(it *federation.Item, now time.Time) (memVersion, error) {
	*it = federation.Normal(*it)
	bare := *it
	bare.Content, bare.Withdrawn, bare.Group = markup.HTML{}, time.Time{}, ""
	bare.Wording, bare.Since = 0, time.Time{}
	data, err := federation.Encode(bare)
	return memVersion{saved: federation.NormalTime(now), data: data, content: it.Content}, err
}

// WithdrawItem implements [federation.Tx]. An unknown item is ErrNotFound. Mem
// does not keep the reason, which nothing reads.
func (t *memTx) WithdrawItem(_ context.Context, id, _ string, now time.Time) error {
	i, ok := t.items[id]
	if !ok {
		return federation.NotFound("item", id)
	}
	if !i.live() {
		return nil
	}
	i.head.Withdrawn, i.head.Absent = federation.NormalTime(now), 0
	t.items[id] = i
	t.dropFiles(id)
	t.append(federation.Change{Time: now, Kind: federation.ItemWithdrawn, Key: id,
		Member: i.member, Source: i.source, Version: i.head.Version})
	return nil
}

// BarItem implements [federation.Tx].
func (t *memTx) BarItem(ctx context.Context, id, reason string, now time.Time) error {
	if err := t.WithdrawItem(ctx, id, reason, now); err != nil {
		return err
	}
	return t.bar(id, true)
}

// UnbarItem implements [federation.Tx].
func (t *memTx) UnbarItem(_ context.Context, id string) error { return t.bar(id, false) }

func (t *memTx) bar(id string, barred bool) error {
	i, ok := t.items[id]
	if !ok {
		return federation.NotFound("item", id)
	}
	i.head.Barred = barred
	t.items[id] = i
	return nil
}

// SaveAbsent implements [federation.Tx]. An unknown item is ErrNotFound.
func (t *memTx) SaveAbsent(_ context.Context, id string, absent int) error {
	i, ok := t.items[id]
	if !ok {
		return federation.NotFound("item", id)
	}
	i.head.Absent = absent
	t.items[id] = i
	return nil
}

// LiveItems implements [federation.Tx].
func (t *memTx) LiveItems(_ context.Context, source string) ([]string, error) {
	var ids []string
	for id, i := range t.items {
		if i.source == source && i.live() {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids, nil
}
