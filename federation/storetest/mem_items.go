package storetest

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"
)

// memItem is an item with its versions, oldest first. It is never changed in
// place.
type memItem struct {
	head     federation.Head
	source   string
	member   string
	expires  time.Time
	versions []memVersion
}

// memVersion is one version. The content stays beside the JSON: to read HTML
// from JSON is to sanitise it again.
type memVersion struct {
	saved   time.Time
	data    string
	content markup.HTML
}

func (v memVersion) item() (federation.Item, error) {
	it, err := decode[federation.Item](v.data)
	it.Content = v.content
	it.DropAhead(v.saved)
	return it, err
}

func (i memItem) live() bool { return i.head.Withdrawn.IsZero() }

// current returns the newest version of i.
func (s *memState) current(i memItem) (federation.Item, error) {
	return s.read(i, i.versions[len(i.versions)-1])
}

// read returns a version as the item's present source has it.
func (s *memState) read(i memItem, v memVersion) (federation.Item, error) {
	it, err := v.item()
	l := s.likenesses[i.head.ID]
	it.Source, it.Member, it.Group = i.source, i.member, l.Group
	if l.Version == it.Version && l.Wording != 0 { // else made from another text
		it.Wording, it.Since = l.Wording, l.Since
	}
	return it, err
}

// held returns the live item with the id, or ErrNotFound, or ErrGone.
func (s *memState) held(id string) (memItem, error) {
	i, ok := s.items[id]
	if !ok {
		return i, federation.NotFound("item", id)
	}
	if !i.live() {
		return i, fmt.Errorf("item %q: %w", id, federation.ErrGone)
	}
	return i, nil
}

// Item implements [federation.Items].
func (m *Mem) Item(ctx context.Context, id string) (federation.Item, error) {
	s, err := m.view(ctx)
	if err != nil {
		return federation.Item{}, err
	}
	i, err := s.held(id)
	if err != nil {
		return federation.Item{}, err
	}
	return s.current(i)
}

// ItemsByID implements [federation.Items].
func (m *Mem) ItemsByID(ctx context.Context, ids []string) ([]federation.Item, error) {
	s, err := m.view(ctx)
	if err != nil {
		return nil, err
	}
	items := make([]federation.Item, 0, len(ids))
	for _, id := range ids {
		i, err := s.held(id)
		if err != nil {
			continue // left out, as the contract says
		}
		it, err := s.current(i)
		if err != nil {
			return nil, err
		}
		items = append(items, it)
	}
	return items, nil
}

// Versions implements [federation.Items].
func (m *Mem) Versions(ctx context.Context, id string) ([]federation.Version, error) {
	s, err := m.view(ctx)
	if err != nil {
		return nil, err
	}
	i, err := s.held(id)
	if err != nil {
		return nil, err
	}
	var list []federation.Version
	for _, v := range slices.Backward(i.versions) {
		it, err := s.read(i, v)
		if err != nil {
			return nil, err
		}
		list = append(list, federation.Version{Number: it.Version, Saved: v.saved, Item: it})
	}
	return list, nil
}

// EachItem implements [federation.Items].
func (m *Mem) EachItem(ctx context.Context, part federation.Part, fn func(federation.Item) error) (federation.Cursor, error) {
	s, err := m.view(ctx)
	if err != nil {
		return 0, err
	}
	for _, id := range slices.Sorted(maps.Keys(s.items)) {
		i := s.items[id]
		if !i.live() || part.Member != "" && i.member != part.Member || part.Grouped && s.likenesses[id].Group == "" {
			continue
		}
		it, err := s.current(i)
		if err == nil {
			err = fn(it)
		}
		if err != nil {
			return 0, err
		}
	}
	return s.last(), nil
}

// Stamps implements [federation.Items].
func (m *Mem) Stamps(ctx context.Context, prefix string, n int) ([]federation.Stamp, error) {
	s, err := m.view(ctx)
	if err != nil {
		return nil, err
	}
	var out []federation.Stamp
	for _, id := range slices.Sorted(maps.Keys(s.items)) {
		if it := s.items[id]; it.live() && strings.HasPrefix(id, prefix) && len(out) < n {
			v := it.versions[len(it.versions)-1]
			out = append(out, federation.Stamp{ID: id, Saved: v.saved})
		}
	}
	return out, nil
}

// Expired implements [federation.Items].
func (m *Mem) Expired(ctx context.Context, now time.Time, n int) ([]string, error) {
	s, err := m.view(ctx)
	if err != nil {
		return nil, err
	}
	var due []memItem
	for _, i := range s.items {
		if i.live() && !i.expires.IsZero() && !i.expires.After(now) {
			due = append(due, i)
		}
	}
	slices.SortFunc(due, func(a, b memItem) int {
		return cmp.Or(a.expires.Compare(b.expires), cmp.Compare(a.head.ID, b.head.ID))
	})
	var ids []string
	for _, i := range due[:min(len(due), max(n, 0))] {
		ids = append(ids, i.head.ID)
	}
	return ids, nil
}
