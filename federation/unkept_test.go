package federation_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plonegov/carillon/federation"
)

// TestReconcileCountsWhatItDoesNotKeep: every listed entry that is not on the
// hub as it is listed is counted, once, with its reason.
func TestReconcileCountsWhatItDoesNotKeep(t *testing.T) {
	over := func(origin string) federation.Item {
		it := listed(origin, "t")
		it.Expires = noon.Add(-time.Hour)
		return it
	}
	dated := func(origin, title, day string) federation.Item {
		it := listed(origin, title)
		it.Updated = at(day + "T08:00:00Z")
		return it
	}
	gone, barred := held(listed("gone", "t")), held(listed("barred", "t"))
	for id, h := range gone {
		h.Withdrawn = noon.Add(-time.Hour)
		gone[id] = h
	}
	for id, h := range barred {
		h.Withdrawn, h.Barred = noon.Add(-time.Hour), true
		barred[id] = h
	}
	for _, c := range []struct {
		name  string
		heads map[string]federation.Head
		d     federation.Decoded
		want  map[federation.Reason]int
	}{
		{"all kept", nil, federation.Decoded{Items: several(3), Listed: 3}, map[federation.Reason]int{}},
		{"over before it was seen", nil, federation.Decoded{Items: []federation.Item{over("1"), over("2"), listed("3", "t")}},
			map[federation.Reason]int{federation.Expired: 2}},
		{"ends now", held(listed("1", "t")), federation.Decoded{Items: []federation.Item{over("1")}}, map[federation.Reason]int{federation.Expired: 1}},
		{"ended before", gone, federation.Decoded{Items: []federation.Item{over("gone")}}, map[federation.Reason]int{federation.Expired: 1}},
		{"ended before, not read again", gone, federation.Decoded{Kept: []string{listed("gone", "t").ID}}, map[federation.Reason]int{federation.Expired: 1}},
		{"barred", barred, federation.Decoded{Items: []federation.Item{listed("barred", "new")}}, map[federation.Reason]int{federation.Barred: 1}},
		{"barred and over", barred, federation.Decoded{Items: []federation.Item{over("barred")}}, map[federation.Reason]int{federation.Barred: 1}},
		{"barred, not read again", barred, federation.Decoded{Kept: []string{listed("barred", "t").ID}}, map[federation.Reason]int{federation.Barred: 1}},
		{"older", held(dated("1", "new", "2026-02-02")), federation.Decoded{Items: []federation.Item{dated("1", "old", "2026-02-01")}},
			map[federation.Reason]int{federation.Older: 1}},
		{"twice", nil, federation.Decoded{Items: []federation.Item{listed("1", "a"), listed("1", "b"), listed("1", "c")}}, map[federation.Reason]int{federation.Twice: 2}},
		{"comes back", gone, federation.Decoded{Items: []federation.Item{listed("gone", "t")}}, map[federation.Reason]int{}},
	} {
		if diff := cmp.Diff(c.want, federation.Reconcile(c.heads, c.d, noon).Unkept); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

// TestKept: entries that end between two readings are told at once, without
// touching a state that somebody else holds.
func TestKept(t *testing.T) {
	s := federation.SourceState{Health: federation.Health{Listed: 10, Read: 8, Items: 7, Unkept: map[federation.Reason]int{federation.Expired: 1, federation.Untitled: 2, federation.Older: 3}}}
	before := s
	if s.Kept() != 7 {
		t.Errorf("Kept() = %d, want 7: of 8 that were read one is over", s.Kept())
	}
	s.Ended(3, 4)
	if want := map[federation.Reason]int{federation.Expired: 4, federation.Untitled: 2, federation.Older: 3}; s.Kept() != 4 || !cmp.Equal(s.Unkept, want) {
		t.Errorf("after three have ended: %d kept, %v, want 4 and %v", s.Kept(), s.Unkept, want)
	}
	if before.Unkept[federation.Expired] != 1 {
		t.Error("the state before was changed too")
	}
	few := federation.SourceState{Health: federation.Health{Listed: 2, Read: 2, Items: 50}}
	if few.Ended(5, 45); few.Kept() != 0 || few.Unkept[federation.Expired] != 2 {
		t.Errorf("more have ended than are listed: %d kept, %v, want none and two", few.Kept(), few.Unkept)
	}
	if old := (federation.SourceState{Health: federation.Health{Listed: 3, Read: 3, Items: 0}}); old.Kept() != 0 {
		t.Errorf("a source without items keeps %d", old.Kept())
	}
}
