package likeness

import (
	"cmp"
	"context"
	"maps"
	"slices"
)

// Bounds of one search for what an item is like.
const (
	perKey   = 64 // items of one key that are looked at
	compared = 48 // items or groups that it is compared with
)

// find looks up in the store what the entries that are to be compared may be
// like, and takes it in.
func (b *batch) find(ctx context.Context) error {
	wanted := map[int64][]*entry{}
	for _, e := range b.unmatched {
		for _, key := range e.next.Keys {
			wanted[key] = append(wanted[key], e)
		}
	}
	if len(wanted) == 0 {
		return nil
	}
	sharers, err := b.store.Sharing(ctx, slices.Sorted(maps.Keys(wanted)), perKey)
	if err != nil {
		return err
	}
	shared := map[*entry]map[string]int{} // how many keys, by item id
	group := map[string]string{}          // as it is held, by item id
	for _, s := range sharers {
		group[s.Item] = s.Group
		for _, e := range wanted[s.Key] {
			if shared[e] == nil {
				shared[e] = map[string]int{}
			}
			shared[e][s.Item]++
		}
	}
	var ids []string
	for e, counts := range shared {
		most := slices.SortedFunc(maps.Keys(counts), func(x, y string) int {
			return cmp.Or(cmp.Compare(counts[y], counts[x]), cmp.Compare(x, y))
		})
		for _, id := range most {
			// What the batch itself changes is told by its entry, see candidates.
			if e.sharing = append(e.sharing, id); b.entries[id] == nil && group[id] != "" {
				e.sharing[len(e.sharing)-1] = group[id]
			}
		}
		e.sharing = once(e.sharing)
		ids = append(ids, e.sharing[:min(len(e.sharing), compared)]...)
	}
	slices.Sort(ids)
	return b.load(ctx, slices.Compact(ids))
}

// once is the list with each id where it stands first.
func once(ids []string) []string {
	seen := make(map[string]bool, len(ids))
	return slices.DeleteFunc(ids, func(id string) bool {
		again := seen[id]
		seen[id] = true
		return again
	})
}

// match puts an item that stands alone into the first group whose lead it is
// like, else beside the first item that it is like.
func (b *batch) match(ctx context.Context, e *entry) error {
	if e.next.Group != "" {
		return nil // one that was compared before it found it
	}
	others, err := b.candidates(ctx, e)
	if err != nil {
		return err
	}
	for _, o := range others {
		if !Alike(e.fingerprint, o.fingerprint) {
			continue
		}
		if !o.leads() {
			first := o
			if older(e, o) < 0 {
				first = e
			}
			e.next.Group, o.next.Group = first.id, first.id
			return nil
		}
		members, err := b.members(ctx, o.id)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(members, func(m *entry) bool { return m.source == e.source }) {
			e.next.Group = o.id
			return nil
		}
	}
	return nil
}

// candidates are the leads and the items alone that may be like e: leads
// first, then by age.
func (b *batch) candidates(ctx context.Context, e *entry) ([]*entry, error) {
	ids := slices.Clone(e.sharing)
	for _, key := range e.next.Keys {
		for _, o := range b.byKey[key][:min(perKey, len(b.byKey[key]))] {
			ids = append(ids, o.id)
		}
	}
	for i, id := range ids { // the lead in the place of each item of a group
		if o := b.entries[id]; o != nil && o.next.Group != "" {
			ids[i] = o.next.Group
		}
	}
	ids = slices.DeleteFunc(once(ids), func(id string) bool { return id == e.id })
	ids = ids[:min(len(ids), compared)]
	if err := b.load(ctx, ids); err != nil {
		return nil, err
	}
	var out []*entry
	for _, id := range ids {
		// One that has left its group is alone; a lead that is withdrawn is none.
		if o := b.entries[id]; o.fingerprint != nil && (o.next.Group == "" || o.leads()) {
			out = append(out, o)
		}
	}
	slices.SortFunc(out, func(x, y *entry) int {
		if x.leads() != y.leads() {
			if x.leads() {
				return -1
			}
			return 1
		}
		return older(x, y)
	})
	return out, nil
}
