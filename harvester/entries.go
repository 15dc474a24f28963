package harvester

import (
	"context"
	"errors"
	"maps"
	"slices"

	"github.com/plonegov/carillon/federation"
)

// An entry whose bytes are as they were at the last reading is not read again:
// with one new item of twenty, nineteen are known by a hash. What decides beside
// the bytes what an item is, is part of the hash (see [federation.Decoded]) or
// makes the whole source be read anew (see nextRequest).

// errNotHeld: an item that was known by its entry is not held as it was, because
// its id is another one beside other items, or it ended meanwhile.
var errNotHeld = errors.New("an item known by its entry is not held")

// recall reads what the entries of the last document gave. Nothing is known when
// all is to be read again, and once a week.
func (v *harvest) recall(ctx context.Context) (err error) {
	v.hub = v.tables().Hash()
	if v.request.held.mark == "" || v.begin.Sub(v.state.Whole) >= wholeEvery {
		return nil
	}
	v.entries, err = federation.Entries(ctx, v.store, v.src.Name())
	return err
}

// knows is the content hash of the item that an entry gave, as decoders ask.
func (v *harvest) knows(entry string) string { return v.entries[v.entryKey(entry)] }

// entryKey is the hash of an entry with what the hub knows of its members: it
// tells where an item is.
func (v *harvest) entryKey(entry string) string { return entry + v.hub }

// holdsKnown reports whether all items that were known by their entries are live
// with the content that they had, or barred.
func (v *harvest) holdsKnown(c comparison) bool {
	return !slices.ContainsFunc(c.Items, func(it federation.Item) bool {
		return v.knows(c.Entries[it.OriginID]) != "" && !c.holds(it) && !c.heads[it.ID].Barred
	})
}

// holds reports whether an item is held as the document has it.
func (c comparison) holds(it federation.Item) bool {
	h := c.heads[it.ID]
	return h.Hash == it.Hash && h.Withdrawn.IsZero()
}

// rememberEntries saves what the entries of this document gave, of those items
// that are held now as they are in it.
func (v *harvest) rememberEntries(ctx context.Context, tx federation.Tx, c comparison) error {
	saved := map[string]bool{}
	for _, it := range slices.Concat(c.plan.New, c.plan.Changed) {
		saved[it.ID] = true
	}
	entries := map[string]string{}
	for _, it := range c.Items {
		if entry := c.Entries[it.OriginID]; entry != "" && (saved[it.ID] || c.holds(it)) {
			entries[v.entryKey(entry)] = it.Hash
		}
	}
	if maps.Equal(entries, v.entries) {
		return nil
	}
	return federation.SaveEntries(ctx, tx, v.src.Name(), entries)
}
