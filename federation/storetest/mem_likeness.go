package storetest

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/plonegov/carillon/federation"
)

// Likenesses implements [federation.Likenesses].
func (m *Mem) Likenesses(ctx context.Context, ids []string) (map[string]federation.Likeness, error) {
	s, err := m.view(ctx)
	if err != nil {
		return nil, err
	}
	out := map[string]federation.Likeness{}
	for _, id := range ids {
		if l, ok := s.likenesses[id]; ok {
			i := s.items[id]
			l.Keys, l.Fingerprint = slices.Clone(l.Keys), slices.Clone(l.Fingerprint)
			if l.FirstSeen = i.head.FirstSeen; i.live() {
				l.Current = i.head.Version
			}
			out[id] = l
		}
	}
	return out, nil
}

// Sharing implements [federation.Likenesses].
func (m *Mem) Sharing(ctx context.Context, keys []int64, n int) ([]federation.Sharer, error) {
	s, err := m.view(ctx)
	if err != nil {
		return nil, err
	}
	var list []federation.Sharer
	for _, key := range slices.Compact(slices.Sorted(slices.Values(keys))) {
		var with []string
		for id, l := range s.likenesses {
			if slices.Contains(l.Keys, key) {
				with = append(with, id)
			}
		}
		slices.Sort(with)
		for _, id := range with[:min(len(with), max(n, 0))] {
			if s.items[id].live() {
				list = append(list, federation.Sharer{Key: key, Item: id, Group: s.likenesses[id].Group})
			}
		}
	}
	return list, nil
}

// Twins implements [federation.Likenesses].
func (m *Mem) Twins(ctx context.Context, groups []string) ([]federation.Twin, error) {
	s, err := m.view(ctx)
	if err != nil {
		return nil, err
	}
	var list []federation.Twin
	for id, l := range s.likenesses {
		if l.Group == "" || !slices.Contains(groups, l.Group) || !s.items[id].live() {
			continue
		}
		it, err := s.current(s.items[id])
		if err != nil {
			return nil, err
		}
		list = append(list, federation.Twin{ID: id, Group: l.Group, Member: it.Member, Source: it.Source,
			URL: it.URL, Title: it.Title, Language: it.Language, FirstSeen: it.FirstSeen, Wording: it.Wording})
	}
	slices.SortFunc(list, func(a, b federation.Twin) int {
		return cmp.Or(a.FirstSeen.Compare(b.FirstSeen), cmp.Compare(a.ID, b.ID))
	})
	return list, nil
}

// SaveLikenesses implements [federation.Tx].
func (t *memTx) SaveLikenesses(_ context.Context, list []federation.Likeness, now time.Time) error {
	for _, l := range list {
		i, ok := t.items[l.Item]
		if !ok {
			return fmt.Errorf("save likeness: %w", federation.NotFound("item", l.Item))
		}
		same := l.Tells(t.likenesses[l.Item], i.head.Version)
		l.Since = federation.NormalTime(l.Since)
		l.Keys, l.Fingerprint = slices.Clone(l.Keys), slices.Clone(l.Fingerprint)
		l.Current, l.FirstSeen = 0, time.Time{}
		t.likenesses[l.Item] = l
		if !same && i.live() {
			t.append(federation.Change{Time: now, Kind: federation.ItemLinked, Key: l.Item,
				Member: i.member, Source: i.source, Version: i.head.Version})
		}
	}
	return nil
}

// RemoveLikeness implements [federation.Tx].
func (t *memTx) RemoveLikeness(_ context.Context, item string) error {
	delete(t.likenesses, item)
	return nil
}
