package harvester

import (
	"slices"
	"strings"
	"time"

	"github.com/plonegov/carillon/federation"
)

// apart is how far the date of a notice must have moved to be a notice again.
// Some publishers date what has not changed anew with every answer; between two
// readings, which are a day apart at most, that moves it by less.
const apart = 72 * time.Hour

// lastPrefix begins the origin ids under which the newest date of what has no
// id of its own is remembered, as an alias: what it was given to and when.
const lastPrefix = "last "

// dated tells a notice that is published once more from one whose date alone
// was touched. Both have no id of their own, say what an item says that is no
// longer listed, and differ from it in the date (federation.DatedID). Moved a
// little it is that item; moved by days it is another one, unless all of a list
// was dated anew together.
func (r *itemIDs) dated(d *federation.Decoded) {
	listed, fresh := make(map[string]bool, len(d.Items)), 0
	said := map[string][]*federation.Item{}
	for i := range d.Items {
		it := &d.Items[i]
		listed[it.ID] = true
		if _, known := r.heads[it.ID]; !known {
			fresh++
		}
		if base, _, ok := federation.CutDatedID(it.OriginID); ok {
			said[base] = append(said[base], it)
		}
	}
	together := fresh == len(d.Items) && fresh > 1
	for base, list := range said {
		slices.SortFunc(list, func(a, b *federation.Item) int { return dateOf(a).Compare(dateOf(b)) })
		last := r.alias(lastPrefix + base)
		for _, it := range list {
			held, ok := r.before(base, it, last)
			if _, known := r.heads[it.ID]; known || !ok || listed[held] {
				continue
			}
			if moved := dateOf(it).Sub(last.Gone).Abs(); last.Item != "" && moved >= apart && !together {
				d.New = append(d.New, it.ID)
				continue
			}
			if last.Item == "" { // known before its date was part of its id
				r.fresh[it.OriginID] = federation.Alias{Item: held}
			}
			it.ID, listed[held] = held, true
		}
		newest := list[len(list)-1]
		if now := (federation.Alias{Item: newest.ID, Gone: dateOf(newest)}); last.Item != now.Item || !last.Gone.Equal(now.Gone) {
			r.fresh[lastPrefix+base] = now
		}
	}
}

// before is the live item that said the very same and may be meant again: the
// one last given the words, else one that has them without a date in its id.
func (r *itemIDs) before(base string, it *federation.Item, last federation.Alias) (id string, ok bool) {
	link, _, _ := strings.Cut(base, " ")
	ids := []string{last.Item}
	if last.Item == "" {
		ids = []string{r.id(base), r.id(link)}
	}
	for _, id := range ids {
		if h, held := r.heads[id]; held && h.Withdrawn.IsZero() && h.Hash == it.Hash {
			return id, true
		}
	}
	return "", false
}

func dateOf(it *federation.Item) time.Time {
	_, at, _ := federation.CutDatedID(it.OriginID)
	return at
}
