package federation_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plonegov/carillon/federation"
)

var noon = at("2026-03-01T12:00:00Z")

// listed is an item as the harvester hands it to Reconcile.
func listed(origin, title string) federation.Item {
	it := federation.Item{Member: "m", Source: "m/s", OriginID: origin, Title: title, Type: federation.News}
	it.ID = federation.NewItemID(it.Source, origin)
	it.Hash = federation.ContentHash(it)
	return it
}

// held is what a store remembers of items at version 3.
func held(items ...federation.Item) map[string]federation.Head {
	heads := map[string]federation.Head{}
	for _, it := range items {
		heads[it.ID] = federation.Head{ID: it.ID, Hash: it.Hash, Version: 3, Updated: it.Updated, FirstSeen: noon.Add(-time.Hour)}
	}
	return heads
}

// several is n items, "0" first.
func several(n int) []federation.Item {
	var items []federation.Item
	for i := range n {
		items = append(items, listed(fmt.Sprint(i), "title"))
	}
	return items
}

// told is a plan in a line, for comparing.
func told(p federation.Plan) string {
	var b strings.Builder
	names := func(what string, items []federation.Item) {
		for _, it := range items {
			fmt.Fprintf(&b, "%s %s v%d; ", what, it.OriginID, it.Version)
		}
	}
	names("new", p.New)
	names("changed", p.Changed)
	for _, w := range p.Withdraw {
		fmt.Fprintf(&b, "withdraw: %s; ", w.Reason)
	}
	if len(p.Absent) > 0 {
		counts := []int{}
		for _, n := range p.Absent {
			counts = append(counts, n)
		}
		slices.Sort(counts)
		fmt.Fprintf(&b, "absent %v; ", counts)
	}
	fmt.Fprintf(&b, "unchanged %d held %d warnings %d", p.Unchanged, p.Held, len(p.Warnings))
	return b.String()
}

const (
	ended   = "its end date has passed"
	deleted = "the source says it was deleted"
	missing = "the source no longer lists it"
)

func TestReconcileUpdates(t *testing.T) {
	old := listed("a", "title")
	old.Updated = at("2026-02-01T00:00:00Z")
	later, earlier, undated := old, listed("a", "older title"), listed("a", "newer title")
	later.Updated = later.Updated.AddDate(0, 0, 1)
	later.Published = later.Updated
	earlier.Updated = old.Updated.AddDate(0, 0, -1)
	corrected := undated
	corrected.Updated = old.Updated // an edit that leaves its date
	tests := []struct {
		name  string
		heads map[string]federation.Head
		items []federation.Item
		want  string
	}{
		{"new", nil, []federation.Item{old}, "new a v1; unchanged 0 held 0 warnings 0"},
		{"the same", held(old), []federation.Item{old}, "unchanged 1 held 0 warnings 0"},
		{"dates only", held(old), []federation.Item{later}, "unchanged 1 held 0 warnings 0"},
		{"another title", held(old), []federation.Item{corrected}, "changed a v4; unchanged 0 held 0 warnings 0"},
		{"another title, undated", held(old), []federation.Item{undated}, "changed a v4; unchanged 0 held 0 warnings 0"},
		{"an older text", held(old), []federation.Item{earlier}, "unchanged 1 held 0 warnings 1"},
		{"twice in one list", nil, []federation.Item{old, undated}, "new a v1; unchanged 0 held 0 warnings 0"},
	}
	for _, test := range tests {
		got := federation.Reconcile(test.heads, federation.Decoded{Items: test.items, Listed: len(test.items)}, noon)
		if diff := cmp.Diff(test.want, told(got)); diff != "" {
			t.Errorf("Reconcile, %s (-want +got):\n%s", test.name, diff)
		}
	}
}

func TestReconcileFirstSeen(t *testing.T) {
	a, b := listed("a", "title"), listed("b", "title")
	changed := listed("a", "another")
	p := federation.Reconcile(held(a), federation.Decoded{Items: []federation.Item{changed, b}}, noon)
	if got := p.Changed[0].FirstSeen; !got.Equal(noon.Add(-time.Hour)) {
		t.Errorf("FirstSeen of a changed item = %v, want the one held", got)
	}
	if got := p.New[0].FirstSeen; !got.Equal(noon) {
		t.Errorf("FirstSeen of a new item = %v, want now", got)
	}
}

// TestReconcileNeverDeletes has the lists that say nothing about what they
// lack (DESIGN.md 8.3).
func TestReconcileNeverDeletes(t *testing.T) {
	all := several(10)
	tests := []struct {
		name string
		d    federation.Decoded
		want string
	}{
		{"empty", federation.Decoded{}, "unchanged 0 held 0 warnings 0"},
		{"empty, said to be complete", federation.Decoded{Complete: true}, "unchanged 0 held 0 warnings 0"},
		{"shrunken", federation.Decoded{Items: all[:9], Listed: 9}, "unchanged 9 held 0 warnings 0"},
		{"shrunken to one", federation.Decoded{Items: all[:1], Listed: 1}, "unchanged 1 held 0 warnings 0"},
		{"complete, but one entry was not readable", federation.Decoded{Items: all[:9], Listed: 10, Complete: true}, "unchanged 9 held 0 warnings 0"},
		{"complete, 40 % gone", federation.Decoded{Items: all[:6], Listed: 6, Complete: true}, "unchanged 6 held 4 warnings 1"},
	}
	for _, test := range tests {
		heads := held(all...)
		for id, h := range heads { // even at the last absence
			h.Absent = 2
			heads[id] = h
		}
		p := federation.Reconcile(heads, test.d, noon)
		p.Absent = nil // listed ones are counted from zero again
		if diff := cmp.Diff(test.want, told(p)); diff != "" {
			t.Errorf("Reconcile, %s (-want +got):\n%s", test.name, diff)
		}
	}
}

// TestReconcileAbsence follows one item that leaves a list which has
// everything, fetch by fetch.
func TestReconcileAbsence(t *testing.T) {
	all := several(10)
	rest := federation.Decoded{Items: all[:7], Listed: 7, Complete: true} // 30 % gone is still not held
	heads := held(all...)
	fetch := func(d federation.Decoded, want string) {
		t.Helper()
		p := federation.Reconcile(heads, d, noon)
		if diff := cmp.Diff(want, told(p)); diff != "" {
			t.Fatalf("Reconcile (-want +got):\n%s", diff)
		}
		for id, n := range p.Absent {
			h := heads[id]
			h.Absent = n
			heads[id] = h
		}
		for _, w := range p.Withdraw {
			h := heads[w.ID]
			h.Withdrawn = noon
			heads[w.ID] = h
		}
	}
	fetch(rest, "absent [1 1 1]; unchanged 7 held 0 warnings 0")
	fetch(rest, "absent [2 2 2]; unchanged 7 held 0 warnings 0")
	fetch(federation.Decoded{}, "unchanged 0 held 0 warnings 0") // an empty list is no fetch
	back := federation.Decoded{Items: all[:8], Listed: 8, Complete: true}
	fetch(back, "withdraw: "+missing+"; withdraw: "+missing+"; absent [0]; unchanged 8 held 0 warnings 0")
	fetch(rest, "absent [1]; unchanged 7 held 0 warnings 0") // counted anew
	fetch(federation.Decoded{Items: all, Listed: 10, Complete: true}, "changed 8 v4; changed 9 v4; absent [0 0 0]; unchanged 8 held 0 warnings 0")
}

func TestReconcileTombstones(t *testing.T) {
	all := several(10)
	heads := held(all...)
	gone := heads[all[9].ID]
	gone.Withdrawn = noon.Add(-time.Minute)
	heads[gone.ID] = gone
	foreign := federation.NewItemID("other/source", "0")
	d := federation.Decoded{
		Items: all[2:3], Listed: 1,
		Gone: tombstones(all[0].ID, all[0].ID, all[2].ID, gone.ID, foreign, "unknown"),
	}
	got := federation.Reconcile(heads, d, noon)
	if diff := cmp.Diff([]federation.Withdrawal{{ID: all[0].ID, Reason: deleted}}, got.Withdraw); diff != "" {
		t.Errorf("Reconcile with tombstones: only what is ours, live and not listed leaves (-want +got):\n%s", diff)
	}
	// A full list that names what it deleted does not also miss it.
	d = federation.Decoded{Items: all[4:9], Listed: 5, Complete: true, Gone: tombstones(all[0].ID, all[1].ID, all[2].ID, all[3].ID)}
	want := strings.Repeat("withdraw: "+deleted+"; ", 4) + "unchanged 5 held 0 warnings 0"
	if diff := cmp.Diff(want, told(federation.Reconcile(heads, d, noon))); diff != "" {
		t.Errorf("Reconcile of a full list with tombstones (-want +got):\n%s", diff)
	}
}

func TestReconcileExpiry(t *testing.T) {
	a := listed("a", "title")
	past, now, future := a, a, a
	past.Expires, now.Expires, future.Expires = noon.Add(-time.Hour), noon, noon.Add(time.Hour)
	for _, it := range []*federation.Item{&past, &now, &future} {
		it.Hash = federation.ContentHash(*it)
	}
	tombstone := held(past)
	h := tombstone[a.ID]
	h.Withdrawn = noon.Add(-time.Minute)
	tombstone[a.ID] = h
	tests := []struct {
		name  string
		heads map[string]federation.Head
		item  federation.Item
		want  string
	}{
		{"over before it was seen", nil, past, "unchanged 0 held 0 warnings 0"},
		{"to come", nil, future, "new a v1; unchanged 0 held 0 warnings 0"},
		{"has passed", held(past), past, "withdraw: " + ended + "; unchanged 1 held 0 warnings 0"},
		{"passes this moment", held(now), now, "withdraw: " + ended + "; unchanged 1 held 0 warnings 0"},
		{"cut short", held(future), past, "changed a v4; withdraw: " + ended + "; unchanged 0 held 0 warnings 0"},
		{"still listed after it left", tombstone, past, "unchanged 1 held 0 warnings 0"},
		{"prolonged after it left", tombstone, future, "changed a v4; unchanged 0 held 0 warnings 0"},
	}
	for _, test := range tests {
		got := federation.Reconcile(test.heads, federation.Decoded{Items: []federation.Item{test.item}}, noon)
		if diff := cmp.Diff(test.want, told(got)); diff != "" {
			t.Errorf("Reconcile, %s (-want +got):\n%s", test.name, diff)
		}
	}
}

// TestReconcileReturn has an item that comes back as it was: same id, next
// version, first seen when it was first seen.
func TestReconcileReturn(t *testing.T) {
	a := listed("a", "title")
	heads := held(a)
	h := heads[a.ID]
	h.Withdrawn, h.Absent = noon.Add(-time.Minute), 2
	heads[a.ID] = h
	p := federation.Reconcile(heads, federation.Decoded{Items: []federation.Item{a}}, noon)
	if told(p) != "changed a v4; absent [0]; unchanged 0 held 0 warnings 0" || p.Changed[0].ID != a.ID || !p.Changed[0].FirstSeen.Equal(h.FirstSeen) {
		t.Errorf("Reconcile of an item that came back = %s, %+v", told(p), p.Changed)
	}
}

// TestReconcileRenamed has sources that give new ids at every fetch.
func TestReconcileRenamed(t *testing.T) {
	titled := func(prefix string, n int) []federation.Item {
		var items []federation.Item
		for i := range n {
			items = append(items, listed(fmt.Sprint(prefix, i), fmt.Sprint("title ", i)))
		}
		return items
	}
	old := titled("old", 10)
	tests := []struct {
		name  string
		items []federation.Item
		want  string
	}{
		{"all of them", titled("new", 10), "unchanged 10 held 0 warnings 1"},
		{"with one that is new", titled("new", 11), "new new10 v1; unchanged 10 held 0 warnings 1"},
		{"fewer of them", titled("new", 6), "unchanged 6 held 4 warnings 2"},
		{"one with the words of an earlier one", append(slices.Clone(old[1:]), listed("another", "title 0")), "new another v1; absent [1]; unchanged 9 held 0 warnings 0"},
	}
	for _, test := range tests {
		got := federation.Reconcile(held(old...), federation.Decoded{Items: test.items, Listed: len(test.items), Complete: true}, noon)
		if diff := cmp.Diff(test.want, told(got)); diff != "" {
			t.Errorf("Reconcile, %s (-want +got):\n%s", test.name, diff)
		}
	}
}

func tombstones(ids ...string) []federation.Tombstone {
	var out []federation.Tombstone
	for _, id := range ids {
		out = append(out, federation.Tombstone{OriginID: id})
	}
	return out
}
