package storetest

import (
	"context"
	"maps"
	"slices"
	"strings"
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
	a.Gone = utc(a.Gone)
	t.aliases[[2]string{source, text(originID)}] = a
	return nil
}

func text(s string) string {
	return strings.ToValidUTF8(strings.ReplaceAll(s, "\x00", ""), "\uFFFD")
}

// Pages implements [federation.Tx].
func (t *memTx) Pages(_ context.Context, source string) (map[string]federation.PageState, error) {
	pages := map[string]federation.PageState{}
	for key, p := range t.pages {
		if key[0] == source {
			p.Origins = slices.Clone(p.Origins)
			pages[key[1]] = p
		}
	}
	return pages, nil
}

// SavePage implements [federation.Tx].
func (t *memTx) SavePage(_ context.Context, source string, p federation.PageState) error {
	if _, ok := t.sources[source]; !ok {
		return federation.NotFound("source", source)
	}
	p.URL, p.Read, p.Origins = text(p.URL), utc(p.Read), slices.Clone(p.Origins)
	t.pages[[2]string{source, p.URL}] = p
	return nil
}

// RemovePage implements [federation.Tx].
func (t *memTx) RemovePage(_ context.Context, source, url string) error {
	delete(t.pages, [2]string{source, text(url)})
	return nil
}

// AdoptItems implements [federation.Tx].
func (t *memTx) AdoptItems(_ context.Context, from, to string, now time.Time) (int, error) {
	src, err := decode[federation.Source](t.sources[to])
	if err != nil {
		return 0, federation.NotFound("source", to)
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
		i.source, i.member, i.head.Absent = to, src.Member, 0
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

// Entries implements [federation.Directory].
func (m *Mem) Entries(ctx context.Context, source string) (map[string]string, error) {
	s, err := m.view(ctx)
	if err != nil {
		return nil, err
	}
	return maps.Clone(s.entries[source]), nil
}

// SaveEntries implements [federation.Tx].
func (t *memTx) SaveEntries(_ context.Context, source string, entries map[string]string) error {
	if _, ok := t.sources[source]; !ok {
		return federation.NotFound("source", source)
	}
	t.entries[source] = maps.Clone(entries)
	return nil
}
