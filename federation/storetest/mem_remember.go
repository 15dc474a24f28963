package storetest

import (
	"context"
	"maps"
	"slices"
	"time"

	"github.com/plonegov/carillon/federation"
)

// Aliases implements [federation.Tx].
func (t *memTx) Aliases(_ context.Context, source string) (map[string]federation.Alias, error) {
	aliases := map[string]federation.Alias{}
	for key, a := range t.aliases {
		if key[0] == source {
			aliases[key[1]] = a
		}
	}
	return aliases, nil
}

// SaveAlias implements [federation.Tx].
func (t *memTx) SaveAlias(_ context.Context, source, originID string, a federation.Alias) error {
	a.Gone = federation.NormalTime(a.Gone)
	t.aliases[[2]string{source, federation.NormalText(originID)}] = a
	return nil
}

// AdoptItems implements [federation.Tx].
func (t *memTx) AdoptItems(_ context.Context, from, to string, now time.Time) (int, error) {
	src, err := t.record("source", to)
	if err != nil {
		return 0, err
	}
	n := 0
	for _, id := range slices.Sorted(maps.Keys(t.items)) {
		i := t.items[id]
		if i.source != from {
			continue
		}
		first, err := i.versions[0].item()
		if err != nil {
			return 0, err
		}
		t.alias(to, first.OriginID, federation.Alias{Item: id})
		i.source, i.member, i.head.Absent = to, src.Owner, 0
		t.items[id] = i
		n++
		if i.live() {
			t.append(federation.Change{Time: now, Kind: federation.ItemSaved, Key: id,
				Member: i.member, Source: to, Version: i.head.Version})
		}
	}
	for key, a := range t.aliases {
		if key[0] == from {
			delete(t.aliases, key)
			t.alias(to, key[1], a)
		}
	}
	return n, nil
}

// alias is saved where there is none yet.
func (t *memTx) alias(source, origin string, a federation.Alias) {
	key := [2]string{source, origin}
	if _, known := t.aliases[key]; !known {
		t.aliases[key] = a
	}
}
