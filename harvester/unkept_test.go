package harvester

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plonegov/carillon/federation"
)

// TestUnkept reads lists of which entries do not come to the hub: the state
// says how many were read, how many are kept, and why the others are not.
func TestUnkept(t *testing.T) {
	w := newTestHub(t, newStore(t))
	src := w.source(federation.Source{Member: "a", Slug: "rss", URL: "http://a.example/rss"})
	look := func(what, body string, read, kept, listed int, want map[federation.Reason]int) {
		t.Helper()
		w.ok("http://a.example/rss", body)
		out := w.one(src)
		s := w.state(src)
		if diff := cmp.Diff(want, s.Unkept); diff != "" || s.Read != read || s.Kept() != kept || s.Listed != listed {
			t.Errorf("%s: read %d, kept %d of %d, want %d, %d, %d; reasons (-want +got):\n%s", what, s.Read, s.Kept(), s.Listed, read, kept, listed, diff)
		}
		if out.Read != read || out.Kept != kept || !cmp.Equal(out.Unkept, want) {
			t.Errorf("%s: the outcome says %d read, %d kept, %v", what, out.Read, out.Kept, out.Unkept)
		}
		w.pass(2 * time.Hour)
	}
	const over, later = `"expires":"2026-01-01T00:00:00Z"`, `"expires":"2026-03-02T00:00:00Z"`
	look("two that are over", `{"id":"1","title":"A",`+over+`}`+"\n"+`{"id":"2","title":"B",`+over+`}`, 2, 0, 2,
		map[federation.Reason]int{federation.Expired: 2})
	look("no title, no text, and one that cannot be read", `{"id":"3"}`+"\n"+`{"id":"4","text":"x"}`+"\n"+`{"unreadable":true}`+"\n"+`{"id":"5","title":" "}`, 1, 1, 4,
		map[federation.Reason]int{federation.Untitled: 2, federation.Unreadable: 1})
	look("all well", `{"id":"6","title":"A","updated":"2026-02-02T00:00:00Z"}`+"\n"+`{"id":"7","title":"B",`+later+`}`, 2, 2, 2, nil)
	look("an older text", `{"id":"6","title":"Old","updated":"2026-02-01T00:00:00Z"}`+"\n"+`{"id":"7","title":"B",`+later+`}`, 2, 2, 2,
		map[federation.Reason]int{federation.Older: 1})
	w.one(src) // the same bytes again: what was refused stays refused
	if s := w.state(src); s.Unkept[federation.Older] != 1 {
		t.Errorf("after the same bytes again: %v, want the older text told still", s.Unkept)
	}
	w.pass(24 * time.Hour)
	if err := expire(t.Context(), w.store, w.time()); err != nil { // 7 is over by now
		t.Fatal(err)
	}
	if s := w.state(src); s.Kept() != 1 || s.Unkept[federation.Expired] != 1 {
		t.Errorf("after one has ended between two readings: %d kept, %v, want 1 and one over", s.Kept(), s.Unkept)
	}
}
