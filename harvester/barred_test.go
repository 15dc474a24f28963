package harvester

import (
	"testing"

	"github.com/plonegov/carillon/federation"
)

// TestBarred: what an operator withdrew stays away although its source goes on
// listing it, changed or not, until the operator lets it come back.
func TestBarred(t *testing.T) {
	w := newTestHub(t, newStore(t))
	src := w.source(federation.Source{Member: "a", Slug: "rss", URL: "http://a.example/rss"})
	w.ok(src.URL, `{"id":"1","title":"One"}`+"\n"+`{"id":"2","title":"Two"}`)
	w.one(src)
	id := federation.NewItemID("a/rss", "1")
	in := func(fn func(federation.Tx) error) {
		t.Helper()
		if err := w.store.InTx(t.Context(), fn); err != nil {
			t.Fatal(err)
		}
	}
	in(func(tx federation.Tx) error { return tx.BarItem(t.Context(), id, "wrong", w.time()) })
	for _, title := range []string{"One", "One, changed"} {
		w.ok(src.URL, `{"id":"1","title":"`+title+`"}`+"\n"+`{"id":"2","title":"Two"}`)
		if out := w.harvestAll(true, src)["a/rss"]; out.New+out.Changed != 0 || out.Items != 1 {
			t.Errorf("%q: %+v, want the item kept away", title, out)
		}
	}
	in(func(tx federation.Tx) error { return tx.UnbarItem(t.Context(), id) })
	if out := w.harvestAll(true, src)["a/rss"]; out.Changed != 1 || out.Items != 2 {
		t.Errorf("when it may come back: %+v", out)
	}
}
