package jsonld

import (
	"strings"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/read"
)

// maxID bounds an id in bytes; a longer one is hashed.
const maxID = 1024

// originID is what the object is called, in this order: its id on the web, its
// address, its identifier, a hash of what it is. The place in the document is
// never part of it.
func (w *writing) originID(n node) string {
	id := n.id()
	if a := w.absolute(id); a != "" {
		id = a
	}
	if id == "" || strings.HasPrefix(id, "#") {
		id = w.address(n["url"])
	}
	if id == "" {
		id = w.address(n["mainEntityOfPage"])
	}
	if id == "" {
		id = w.identifier(n)
	}
	if id == "" {
		return read.Hash(strings.Join(n.types(), " "), w.Title, w.raw(n["startDate"], ""), w.address(n["location"]))
	}
	if len(id) > maxID {
		return read.Hash(id)
	}
	return id
}

// identifier reads a text or a PropertyValue.
func (w *writing) identifier(n node) string {
	for _, v := range list(n["identifier"]) {
		if m, ok := v.(map[string]any); ok && m["value"] != nil {
			v = m["value"]
		}
		if s := w.reading.text(v, ""); s != "" {
			return s
		}
	}
	return ""
}

// distinct makes the ids of items differ and drops what says the same twice; it
// returns how many were dropped. Where one address stands for many (the events
// of a page that all name the page), each has a hash of title and start added,
// the first included: which one is first changes.
func distinct(d *federation.Decoded) (dropped int) {
	marks := make([]string, len(d.Items))
	differ := map[string]string{}
	for i := range d.Items {
		it := &d.Items[i]
		start := ""
		if it.Event != nil {
			start = it.Event.Start.UTC().Format(time.RFC3339)
		}
		marks[i] = read.Hash(string(it.Type), it.Title, start)
		if old, ok := differ[it.OriginID]; !ok {
			differ[it.OriginID] = marks[i]
		} else if old != marks[i] {
			differ[it.OriginID] = ""
		}
	}
	kept, seen := d.Items[:0], map[string]bool{}
	for i, it := range d.Items {
		if differ[it.OriginID] == "" {
			it.OriginID += " " + marks[i]
		}
		if seen[it.OriginID] {
			dropped++
			continue
		}
		seen[it.OriginID] = true
		kept = append(kept, it)
	}
	clear(d.Items[len(kept):])
	d.Items = kept
	return dropped
}
