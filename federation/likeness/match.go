package likeness

import (
	"context"
	"slices"
)

// Bounds of one search for what an item is like.
const (
	perKey   = 64 // items of one key that are looked at
	compared = 48 // items or groups that it is compared with
)

// match puts an item that stands alone into the first group whose lead it is
// like, else beside the first item that it is like.
func (d *desk) match(ctx context.Context, e *entry) error {
	if e.next.Group != "" {
		return nil // an earlier one of the queue found it
	}
	others, err := d.candidates(ctx, e)
	if err != nil {
		return err
	}
	for _, o := range others {
		if !Alike(e.print, o.print) {
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
		members, err := d.members(ctx, o.id)
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
func (d *desk) candidates(ctx context.Context, e *entry) ([]*entry, error) {
	ids, err := d.store.Sharing(ctx, e.next.Keys, perKey)
	if err != nil {
		return nil, err
	}
	for _, key := range e.next.Keys {
		for _, o := range d.fresh[key][:min(perKey, len(d.fresh[key]))] {
			if !slices.Contains(ids, o.id) {
				ids = append(ids, o.id)
			}
		}
	}
	if ids, err = d.leads(ctx, ids); err != nil {
		return nil, err
	}
	ids = slices.DeleteFunc(ids, func(id string) bool { return id == e.id })
	ids = ids[:min(len(ids), compared)]
	if err := d.load(ctx, ids); err != nil {
		return nil, err
	}
	var out []*entry
	for _, id := range ids {
		// One that the desk freed meanwhile is alone; a lead that went is none.
		if o := d.entries[id]; o.print != nil && (o.next.Group == "" || o.leads()) {
			out = append(out, o)
		}
	}
	slices.SortFunc(out, func(a, b *entry) int {
		if a.leads() != b.leads() {
			if a.leads() {
				return -1
			}
			return 1
		}
		return older(a, b)
	})
	return out, nil
}

// leads puts the lead in the place of each item of a group, once.
func (d *desk) leads(ctx context.Context, ids []string) ([]string, error) {
	held, err := d.store.Likenesses(ctx, ids)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, id := range ids {
		group := held[id].Group
		if e := d.entries[id]; e != nil {
			group = e.next.Group
		}
		if group != "" {
			id = group
		}
		if !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out, nil
}
