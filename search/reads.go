package search

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/cespare/xxhash/v2"

	"github.com/plonegov/carillon/federation"
)

// Reads notes what an answer is made of while it is made, so that it can be
// kept until a change touches it: a [Service] notes in the Reads of a context
// what it was asked and what it gave. The zero value is ready; safe for
// concurrent use. All methods of a nil Reads do nothing.
type Reads struct {
	mu        sync.Mutex
	queries   []Query  // that decide what is listed
	names     []uint64 // of what else decides the bytes, see [nameOf]
	directory bool
	listed    bool
	never     bool
	until     time.Time
}

type readsKey struct{}

// WithReads returns a context whose searches are noted in r.
func WithReads(ctx context.Context, r *Reads) context.Context {
	return context.WithValue(ctx, readsKey{}, r)
}

// ReadsOf returns the Reads of ctx, nil when nobody asked for one.
func ReadsOf(ctx context.Context) *Reads {
	r, _ := ctx.Value(readsKey{}).(*Reads)
	return r
}

// briefly is how long an answer lives that time alone changes: one that tells
// the next date of what recurs, what is still to come, what is in force.
const briefly = time.Minute

// Item notes that the answer shows an item.
func (r *Reads) Item(it federation.Item, now time.Time) {
	if it.Event != nil && it.Event.Recurs() || it.Alert != nil || it.Type == federation.AlertItem {
		r.Until(now.Add(briefly))
	}
	if it.Expires.After(now) {
		r.Until(it.Expires)
	}
	r.note(func() {
		r.names = append(r.names, nameOf("item", it.ID), nameOf("member", it.Member), nameOf("source", it.Source))
		if it.Group != "" {
			r.names = append(r.names, nameOf("group", it.Group), anyGroup)
		}
		r.listed = true
	})
}

// Directory notes that the answer names members, channels or topics beyond
// those of its items: any change of the configuration touches it.
func (r *Reads) Directory() {
	r.note(func() { r.directory, r.listed = true, true })
}

// Until notes when the answer stops being true by time alone.
func (r *Reads) Until(t time.Time) {
	r.note(func() {
		if !t.IsZero() && (r.until.IsZero() || t.Before(r.until)) {
			r.until = t
		}
	})
}

// Never notes that the answer must not be kept: something of it is missing.
func (r *Reads) Never() { r.note(func() { r.never = true }) }

func (r *Reads) note(what func()) {
	if r == nil {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	what()
}

// Kept reports whether an answer with these reads may be kept at all, and
// until when at the latest; zero = no bound.
func (r *Reads) Kept() (until time.Time, ok bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.until, r.listed && !r.never
}

// Settle drops what was noted twice and returns about how many bytes are left.
// It is to be called once, when the answer is made.
func (r *Reads) Settle() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	slices.Sort(r.names)
	r.names = slices.Clip(slices.Compact(r.names))
	size := 96 + 8*len(r.names)
	for _, q := range r.queries {
		size += 400 * (1 + len(q.AnyOf))
	}
	return size
}

// search notes a query and what it found.
func (r *Reads) search(cat *federation.Catalogue, asked Request, q Query, now time.Time, found ...[]Found) {
	if r == nil {
		return
	}
	q.Facets, q.After, q.Authority, q.Home = nil, "", nil, nil
	r.note(func() { r.queries = append(r.queries, q) })
	r.selected(asked.Select)
	for _, slug := range asked.Select.Channels {
		if ch, err := cat.Channel(slug); err == nil {
			r.selected(ch.Select)
		}
	}
	if len(asked.Facets) > 0 {
		r.Directory() // their labels
	}
	if q.Select.Order() == federation.ByStart || q.Select.Words != "" {
		r.Until(now.Add(briefly))
	}
	for _, list := range found {
		for i := range list {
			r.Item(list[i].Item, now)
			r.also(list[i].Also)
			r.also(list[i].Similar)
		}
	}
}

// selected notes what the keys of a selection name in the directory.
func (r *Reads) selected(sel federation.Selection) {
	r.note(func() {
		r.listed = true
		for kind, names := range map[string][]string{"member": sel.Members, "source": sel.Sources, "channel": sel.Channels} {
			for _, name := range names {
				r.names = append(r.names, nameOf(kind, name))
			}
		}
		if sel.Postcode != "" || sel.Near != nil || sel.Words != "" {
			r.names = append(r.names, anyMember) // it may have moved, or have another authority
		}
		if len(sel.Categories) > 0 {
			r.names = append(r.names, anyTopic) // its words may have changed
		}
	})
}

func (r *Reads) also(list []Also) {
	if len(list) == 0 {
		return
	}
	r.note(func() {
		for _, a := range list {
			r.names = append(r.names, nameOf("item", a.ID), nameOf("member", a.Member.Slug))
		}
	})
}

// nameOf is a name of something in few bytes. Two things may share one: a
// change of either then touches the answers of both.
func nameOf(kind, name string) uint64 { return xxhash.Sum64String(kind + "\x00" + name) }

// Names that stand for all of a kind.
var (
	anyMember = nameOf("member", "")
	anyTopic  = nameOf("topic", "")
	anyGroup  = nameOf("group", "")
)
