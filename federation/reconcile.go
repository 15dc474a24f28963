package federation

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Head is what a store remembers of an item for comparing: enough to decide
// without reading the item.
type Head struct {
	ID        string
	Hash      string
	Version   int
	Updated   time.Time
	FirstSeen time.Time
	Withdrawn time.Time
	Absent    int  // full fetches in a row that did not list it
	Barred    bool // an operator withdrew it: it stays away, whatever its source lists
}

// Plan is what one harvest of a source may change. A plan without saves,
// withdrawals and absences writes no version and no change row.
type Plan struct {
	New, Changed []Item         // to save; versions and first-seen set
	Withdraw     []Withdrawal   // to withdraw
	Absent       map[string]int // item id to its new count of absences
	Unchanged    int
	Unkept       map[Reason]int // listed entries that are not on the hub as they are listed
	Held         int            // absences that wait for an operator
	Warnings     []Warning
}

// Withdrawal is one item that leaves every output, and why.
type Withdrawal struct {
	ID     string
	Reason string
}

const (
	absencesToWithdraw = 3  // full fetches in a row (DESIGN.md 8.3)
	heldAbove          = 30 // percent of a source's live items gone at once
)

// Reconcile decides what the items of one decoded document change in a source
// whose items are heads. It is where DESIGN.md 8.1 to 8.3 hold:
//
//   - an item is known by source and origin id alone;
//   - it is saved only when its content hash differs, and never when its own
//     date says that it is older than what is held, as far as both dates are
//     [Plausible];
//   - nothing is withdrawn because of an error, an empty or a shrunken list:
//     only by tombstone, by its end date, or, where the document lists
//     everything, by three absences in a row; and when more than 30 % of the
//     live items go at once, none of them until an operator agrees;
//   - an item that comes back keeps its id and its versions, unless it was an
//     operator who withdrew it; a list that comes back under new ids does not
//     make its items anew.
//
// Items must have ID, Hash and everything else but Version and FirstSeen set;
// d.Gone and d.Kept must hold item ids, not origin ids.
func Reconcile(heads map[string]Head, d Decoded, now time.Time) Plan {
	p := Plan{Absent: map[string]int{}, Unkept: map[Reason]int{}}
	listed := make(map[string]bool, len(d.Items))
	again := renamed(heads, slices.DeleteFunc(slices.Clone(d.Items), func(it Item) bool { return slices.Contains(d.New, it.ID) }))
	if len(again) > 0 {
		p.Warnings = append(p.Warnings, Warning{Message: fmt.Sprintf(
			"%d items came again under new ids, unchanged; the ids in the source should stay the same", len(again))})
	}
	for _, it := range d.Items {
		if held, ok := again[it.ID]; ok {
			listed[held] = true
			p.Unchanged++
			continue
		}
		if listed[it.ID] {
			p.Unkept[Twice]++
			continue
		}
		listed[it.ID] = true
		p.take(heads, it, now)
	}
	for _, id := range d.Kept {
		p.keep(heads, id, listed)
	}
	p.gone(heads, d, listed)
	if n := len(d.Items) + len(d.Kept); d.Complete && n > 0 && d.Listed <= n {
		p.absent(heads, listed, d.Confirmed)
	}
	return p
}

// renamed finds the items of a source that gives new ids at every fetch: those
// that are new by their id, and by their content the same as a live item that
// is no longer listed; item id to the id held. A single such item may well be
// another with the same words: only when they are most of the list are they
// taken for the ones held.
func renamed(heads map[string]Head, items []Item) map[string]string {
	listed := make(map[string]bool, len(items))
	fresh := 0
	for _, it := range items {
		if _, known := heads[it.ID]; !known && !listed[it.ID] {
			fresh++
		}
		listed[it.ID] = true
	}
	if 2*fresh <= len(items) {
		return nil
	}
	unlisted := map[string]string{} // hash to id
	for id, h := range heads {
		if old := unlisted[h.Hash]; h.Withdrawn.IsZero() && !listed[id] && (old == "" || id < old) {
			unlisted[h.Hash] = id
		}
	}
	again := map[string]string{}
	for _, it := range items {
		if _, known := heads[it.ID]; !known && unlisted[it.Hash] != "" {
			again[it.ID] = unlisted[it.Hash]
		}
	}
	if 2*len(again) <= len(items) {
		return nil
	}
	return again
}

// take sorts one listed item into new, changed or unchanged.
func (p *Plan) take(heads map[string]Head, it Item, now time.Time) {
	h, known := heads[it.ID]
	expired := !it.Expires.IsZero() && !it.Expires.After(now)
	if expired && known && h.Withdrawn.IsZero() {
		p.Withdraw = append(p.Withdraw, Withdrawal{it.ID, "its end date has passed"})
		p.Unkept[Expired]++
	}
	switch {
	case h.Barred:
		p.Unkept[Barred]++
		return
	case !known && expired:
		p.Unkept[Expired]++
		return
	case !known:
		it.Version, it.FirstSeen = 1, now
		p.New = append(p.New, it)
	case expired && !h.Withdrawn.IsZero():
		p.Unkept[Expired]++
		p.Unchanged++
	case h.Hash == it.Hash && h.Withdrawn.IsZero():
		p.Unchanged++
	case older(Plausible(it.Updated, now), Plausible(h.Updated, now)):
		p.Unchanged++
		p.Unkept[Older]++
		p.Warnings = append(p.Warnings, Warning{Item: it.OriginID, Message: fmt.Sprintf(
			"an older text than the one held came back (dated %s, held %s); the newer one is kept",
			it.Updated.UTC().Format(time.DateOnly), h.Updated.UTC().Format(time.DateOnly))})
	default:
		it.Version, it.FirstSeen = h.Version+1, h.FirstSeen
		p.Changed = append(p.Changed, it)
	}
	if known && h.Absent > 0 {
		p.Absent[it.ID] = 0
	}
}

func older(now, held time.Time) bool { return !now.IsZero() && !held.IsZero() && now.Before(held) }

// keep counts an item as listed whose document was not read again.
func (p *Plan) keep(heads map[string]Head, id string, listed map[string]bool) {
	h, known := heads[id]
	if !known || listed[id] {
		return
	}
	listed[id] = true
	switch {
	case h.Withdrawn.IsZero():
		p.Unchanged++
	case h.Barred:
		p.Unkept[Barred]++
	default: // nothing else ends what is still listed and did not change
		p.Unkept[Expired]++
	}
	if h.Absent > 0 {
		p.Absent[id] = 0
	}
}

// gone withdraws what the document declares deleted, and counts it as listed:
// it is not missing.
func (p *Plan) gone(heads map[string]Head, d Decoded, listed map[string]bool) {
	for _, gone := range d.Gone {
		id := gone.OriginID
		h, known := heads[id]
		if known && h.Withdrawn.IsZero() && !listed[id] {
			p.Withdraw = append(p.Withdraw, Withdrawal{id, "the source says it was deleted"})
			listed[id] = true
		}
	}
}

// absent counts what a complete list no longer has.
func (p *Plan) absent(heads map[string]Head, listed map[string]bool, confirmed bool) {
	var missing []Head
	live := 0
	for id, h := range heads {
		if !h.Withdrawn.IsZero() {
			continue
		}
		live++
		if !listed[id] {
			missing = append(missing, h)
		}
	}
	if !confirmed && len(missing)*100 > live*heldAbove {
		p.Held = len(missing)
		p.Warnings = append(p.Warnings, Warning{Message: fmt.Sprintf(
			"%d of %d items are no longer listed; they are kept until an operator confirms", len(missing), live)})
		return
	}
	slices.SortFunc(missing, func(a, b Head) int { return strings.Compare(a.ID, b.ID) })
	for _, h := range missing {
		if confirmed || h.Absent+1 >= absencesToWithdraw {
			p.Withdraw = append(p.Withdraw, Withdrawal{h.ID, "the source no longer lists it"})
			continue
		}
		p.Absent[h.ID] = h.Absent + 1
	}
}
