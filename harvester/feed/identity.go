package feed

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"github.com/plonegov/carillon/federation"
)

// The identity of an item in its feed is, in this order:
//
//  1. the id the format has for it: guid, atom:id, JSON id;
//  2. rdf:about, which RSS 1.0 has in its place;
//  3. its link, made comparable, because most feeds without ids link each
//     item to its own page;
//  4. a hash of title, content and the start of an event; a correction of such an item makes a new
//     one, for nothing else ties them together.
//
// An id that several items carry says nothing by itself (some systems write
// the same guid on all). Then each of its carriers, the first included, has the
// id and its link, or its title where the links are equal too: which one is
// first changes as items are added. What is equal in all three is a repetition
// and is dropped.

// maxID bounds an id in bytes; a longer one is hashed.
const maxID = 1024

func originID(e *entry, it *federation.Item) string {
	id := cleanID(firstOf(e.id, e.about))
	if id == "" && it.URL != "" {
		id = normalLink(it.URL)
	}
	if id == "" {
		return hashed(e.title, e.content, e.summary, e.start)
	}
	return id
}

// cleanID takes the line breaks out of an id that a document was indented with.
func cleanID(id string) string {
	if id = strings.Join(strings.Fields(id), " "); len(id) > maxID {
		return hashed(id)
	}
	return id
}

func hashed(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return "hash:" + hex.EncodeToString(sum[:16])
}

// distinct makes the ids of items differ, or drops what repeats another.
func distinct(d *federation.Decoded) {
	if !refine(d.Items, func(it *federation.Item) string { return it.URL }) {
		return
	}
	refine(d.Items, func(it *federation.Item) string {
		if it.Title == "" {
			return ""
		}
		return hashed(it.Title)
	})
	kept, seen := d.Items[:0], map[string]bool{}
	for _, it := range d.Items {
		if seen[it.OriginID] {
			d.Warn(it.OriginID, "is in the feed twice; the first was kept")
			continue
		}
		seen[it.OriginID] = true
		kept = append(kept, it)
	}
	clear(d.Items[len(kept):])
	d.Items = kept
}

// refine adds its key to the id of every item whose id others with another key
// carry too. It reports whether any id is carried twice at all.
func refine(items []federation.Item, key func(*federation.Item) string) bool {
	type carrier struct {
		key    string
		differ bool
	}
	ids := make(map[string]*carrier, len(items))
	repeated := false
	for i := range items {
		k := key(&items[i])
		if c := ids[items[i].OriginID]; c == nil {
			ids[items[i].OriginID] = &carrier{key: k}
		} else {
			repeated = true
			c.differ = c.differ || c.key != k
		}
	}
	for i := range items {
		if c := ids[items[i].OriginID]; c.differ {
			items[i].OriginID = strings.TrimSpace(items[i].OriginID + " " + key(&items[i]))
		}
	}
	return repeated
}
