package ics

import (
	"cmp"
)

// newest keeps of entries with one id the last revision (RFC 5545, 3.8.7.4):
// the highest SEQUENCE, then the latest LAST-MODIFIED, then DTSTAMP, then the
// one that stands last. Entries of one id and SEQUENCE that start at different
// times are not revisions: some systems give every event of a page the same
// UID. Then each carrier has its start in its id, the first included, because
// which one is first changes as events are added.
func (r *reading) newest() {
	byID := map[string][]*entry{}
	for _, e := range r.entries {
		byID[e.item.OriginID] = append(byID[e.item.OriginID], e)
	}
	renamed := map[string]bool{}
	for id, same := range byID {
		renamed[id] = len(same) > 1 && separate(same)
	}
	kept := map[string]*entry{}
	for _, e := range r.entries {
		if renamed[e.item.OriginID] && e.dated {
			e.item.OriginID += "#start=" + e.start.id()
			e.uid = e.item.OriginID
		}
		old := kept[e.item.OriginID]
		switch {
		case old == nil:
			kept[e.item.OriginID] = e
			continue
		case revised(old, e) > 0:
			e.dropped = true
		default:
			old.dropped, kept[e.item.OriginID] = true, e
		}
		r.Warn(e.item.OriginID, "is in the calendar twice; the latest was kept")
	}
}

// separate reports whether entries of one id are different events: they have
// one SEQUENCE, different starts and none stands for a date of a series.
func separate(list []*entry) bool {
	starts := map[string]bool{}
	for _, e := range list {
		if e.sequence != list[0].sequence || !e.dated || e.instance != nil {
			return false
		}
		starts[e.start.id()] = true
	}
	return len(starts) > 1
}

// revised compares two revisions of one entry: more than 0 when a is later.
func revised(a, b *entry) int {
	return cmp.Or(cmp.Compare(a.sequence, b.sequence), a.item.Updated.Compare(b.item.Updated), a.stamped.Compare(b.stamped))
}
