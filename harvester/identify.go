package harvester

import (
	"slices"
	"time"

	"github.com/plonegov/carillon/federation"
)

// identify gives the items and tombstones of a document their ids: those of
// the aliases under which the source knows them, else those made of source and
// origin id. Documents of one chain (Item.Replaces) are one item, whichever
// came first; of those that came together the latest speaks. What was declared
// deleted before it came does not come. It returns the aliases to save.
func identify(source string, d *federation.Decoded, heads map[string]federation.Head, held map[string]federation.Alias, now time.Time) map[string]federation.Alias {
	r := itemIDs{source: source, now: now, held: held, heads: heads, fresh: map[string]federation.Alias{}, here: map[string]bool{}}
	r.moved(d)
	r.chains(d)
	r.tombstones(d)
	all := len(d.Items)
	d.Items = slices.DeleteFunc(d.Items, r.deleted)
	d.Listed -= all - len(d.Items)
	r.dated(d)
	r.same(d)
	for _, id := range r.replaced {
		d.Gone = append(d.Gone, federation.Tombstone{OriginID: id})
	}
	for i, origin := range d.Kept {
		d.Kept[i] = r.id(origin)
	}
	return r.fresh
}

// copyOf is a document whose items may get other ids, and its lists other
// members, than d has: a transaction that runs again begins with what was read.
func copyOf(d federation.Decoded) federation.Decoded {
	d.Items, d.Gone, d.Kept, d.New = slices.Clone(d.Items), slices.Clone(d.Gone), slices.Clone(d.Kept), nil
	return d
}

// same tells the language versions of a document by the item id of the one that
// their decoder named: it stays the same whatever the document is updated by.
// Two in one language are no versions of each other, whatever was said.
func (r *itemIDs) same(d *federation.Decoded) {
	type version struct{ same, language string }
	count := map[version]int{}
	wrong := map[string]bool{}
	for _, it := range d.Items {
		v := version{it.Same, it.Language}
		if count[v]++; count[v] > 1 {
			wrong[it.Same] = true
		}
	}
	for i := range d.Items {
		if it := &d.Items[i]; it.Same != "" {
			if wrong[it.Same] {
				it.Same = ""
			} else {
				it.Same = r.id(it.Same)
			}
			it.Hash = federation.ContentHash(*it)
		}
	}
}

// itemIDs are the ids of the items of one source.
type itemIDs struct {
	source      string
	now         time.Time
	held, fresh map[string]federation.Alias // by origin id
	heads       map[string]federation.Head
	here        map[string]bool // ids given to items of this document
	replaced    []string        // ids of items that turned out to be part of another
}

func (r *itemIDs) alias(origin string) federation.Alias {
	if a, ok := r.fresh[origin]; ok {
		return a
	}
	return r.held[origin]
}

// id is the item id of an origin id.
func (r *itemIDs) id(origin string) string {
	if a := r.alias(origin); a.Item != "" {
		return a.Item
	}
	return federation.NewItemID(r.source, origin)
}

// known reports whether the source has had a document with the origin id.
func (r *itemIDs) known(origin string) bool {
	_, held := r.heads[r.id(origin)]
	return held || r.here[r.id(origin)] || r.alias(origin).Item != ""
}

// chains gives ids, oldest document first, so that a chain that comes whole is
// one item from its first message on.
func (r *itemIDs) chains(d *federation.Decoded) {
	order := make([]*federation.Item, len(d.Items))
	for i := range d.Items {
		order[i] = &d.Items[i]
	}
	slices.SortStableFunc(order, func(a, b *federation.Item) int { return r.age(a).Compare(r.age(b)) })
	for _, it := range order {
		it.ID = r.id(it.OriginID)
		if len(it.Replaces) > 0 {
			it.ID = r.chain(it)
		}
		r.here[it.ID] = true
	}
	for _, it := range order { // what came before its own end was known
		it.ID = r.id(it.OriginID)
	}
	latest := map[string]*federation.Item{} // by id
	for _, it := range order {
		if other := latest[it.ID]; other != nil && len(it.Replaces)+len(other.Replaces) > 0 {
			other.ID = "" // spoken for
		}
		latest[it.ID] = it
	}
	all := len(d.Items)
	d.Items = slices.DeleteFunc(d.Items, func(it federation.Item) bool { return it.ID == "" })
	d.Listed -= all - len(d.Items)
}

// age orders the documents of a chain. One without a date that takes the place
// of others is later than they are.
func (r *itemIDs) age(it *federation.Item) time.Time {
	if it.Updated.IsZero() && len(it.Replaces) > 0 {
		return r.now.Add(48 * time.Hour) // later than any date that is believed
	}
	return it.Updated
}

// chain is the id of a document that takes the place of others; they are
// known by it from now on.
func (r *itemIDs) chain(it *federation.Item) string {
	origins := append([]string{it.OriginID}, it.Replaces...)
	id := r.id(it.OriginID)
	for _, origin := range origins {
		if r.known(origin) {
			id = r.id(origin)
			break
		}
	}
	for _, origin := range origins {
		a, now := r.alias(origin), r.id(origin)
		if now == id {
			continue
		}
		if h, other := r.heads[now]; other && h.Withdrawn.IsZero() { // it was made before anything tied it to this one
			r.replaced = append(r.replaced, now)
		}
		r.rename(now, id)
		r.fresh[origin] = federation.Alias{Item: id, Gone: a.Gone}
	}
	return id
}

// rename makes every alias of an item one of another.
func (r *itemIDs) rename(from, to string) {
	for _, all := range []map[string]federation.Alias{r.held, r.fresh} {
		for origin, a := range all {
			if a = r.alias(origin); a.Item == from {
				r.fresh[origin] = federation.Alias{Item: to, Gone: a.Gone}
			}
		}
	}
}

// tombstones makes tombstones name item ids. What they say holds for documents
// that come later too, so it is kept with the aliases.
func (r *itemIDs) tombstones(d *federation.Decoded) {
	kept := d.Gone[:0]
	for _, g := range d.Gone {
		id := r.id(g.OriginID)
		h, known := r.heads[id]
		if a := r.alias(g.OriginID); !g.When.IsZero() && g.When.After(a.Gone) {
			r.fresh[g.OriginID] = federation.Alias{Item: id, Gone: g.When}
		}
		if known && !g.When.IsZero() && federation.Plausible(h.Updated, r.now).After(g.When) {
			continue // dated later than its deletion: it was made anew
		}
		kept = append(kept, federation.Tombstone{OriginID: id, When: g.When})
	}
	d.Gone = kept
	for _, g := range d.Gone {
		r.deleteHere(d, g)
	}
}

// deleteHere marks the items of this very document that a tombstone in it names.
func (r *itemIDs) deleteHere(d *federation.Decoded, g federation.Tombstone) {
	for i := range d.Items {
		it := &d.Items[i]
		if it.ID == g.OriginID && !g.When.IsZero() && !it.Updated.After(g.When) {
			r.fresh[it.OriginID] = federation.Alias{Item: it.ID, Gone: g.When}
		}
	}
}

// deleted reports whether an item was declared deleted at or after its date.
func (r *itemIDs) deleted(it federation.Item) bool {
	gone := federation.Plausible(r.alias(it.OriginID).Gone, r.now)
	return !gone.IsZero() && !it.Updated.After(gone)
}
