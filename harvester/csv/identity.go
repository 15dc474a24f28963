package csv

import (
	"cmp"
	"fmt"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/read"
)

// The identity of a row in its table is, in this order: its id; its address;
// a hash of title, start and place. One that several rows carry says nothing by
// itself: then each of its carriers has that hash with it, and where that is
// equal too, a hash of the whole row. Rows that are equal in everything are one
// row written twice.

// key holds what a row can be told from the others by.
type key struct {
	name  string // id, address or who
	who   string // title, start and place
	whole string // all cells
}

// maxID bounds an id in bytes; a longer one is hashed.
const maxID = 1000

func keyOf(id string, it *federation.Item, cells []string) key {
	var start, address string
	if it.Event != nil {
		start = it.Event.Start.UTC().Format(time.RFC3339)
	}
	if it.Place != nil {
		address = it.Place.Name + "\x00" + it.Place.Address
	}
	k := key{who: read.Hash(it.Title, start, address), whole: read.Hash(cells...)}
	if k.name = cmp.Or(id, it.URL, k.who); len(k.name) > maxID {
		k.name = read.Hash(k.name)
	}
	return k
}

// distinct gives the items their ids and drops what repeats another.
func (r *reader) distinct() {
	byName, byWho := map[string]int{}, map[string]int{}
	seen := map[key]bool{}
	for _, k := range r.keys {
		if !seen[k] {
			seen[k] = true
			byName[k.name]++
			byWho[k.name+" "+k.who]++
		}
	}
	kept, ids, twice := r.Items[:0], map[string]bool{}, 0
	for i, it := range r.Items {
		k := r.keys[i]
		it.OriginID = k.name
		if byName[k.name] > 1 {
			it.OriginID += " " + k.who
		}
		if byWho[k.name+" "+k.who] > 1 {
			it.OriginID += " " + k.whole
		}
		if ids[it.OriginID] {
			if twice++; twice <= maxWarnings {
				r.Warn(it.OriginID, "is in the table twice; the first was kept")
			}
			continue
		}
		ids[it.OriginID] = true
		kept = append(kept, it)
	}
	if n := twice - maxWarnings; n > 0 {
		r.Warn("", fmt.Sprintf("%d more rows are in the table twice.", n))
	}
	clear(r.Items[len(kept):])
	r.Items = kept
}
