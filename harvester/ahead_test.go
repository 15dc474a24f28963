package harvester

import (
	"testing"
	"time"

	"github.com/plonegov/carillon/federation"
)

// TestHeldAhead: a text that was saved with a date of the future, before such
// dates were refused, gives way to the next one.
func TestHeldAhead(t *testing.T) {
	w := newTestHub(t, newStore(t))
	src := w.source(federation.Source{Member: "a", Slug: "rss", URL: "http://a.example/rss"})
	it := federation.Item{ID: federation.NewItemID(src.Name(), "1"), Member: "a", Source: src.Name(), OriginID: "1", Type: federation.News,
		Title: "Faux", Updated: time.Date(2099, 1, 1, 0, 0, 0, 0, time.UTC), FirstSeen: noon, Version: 1}
	it.Published, it.Hash = it.Updated, federation.ContentHash(it)
	if err := w.store.InTx(t.Context(), func(tx federation.Tx) error { return tx.SaveItem(t.Context(), it, noon) }); err != nil {
		t.Fatal(err)
	}
	if got, err := w.store.Item(t.Context(), it.ID); err != nil || !got.Published.IsZero() || !got.Updated.IsZero() {
		t.Errorf("held: %v, dated %v, changed %v, want no date", err, got.Published, got.Updated)
	}
	w.ok(src.URL, `{"id":"1","title":"Corrigé","updated":"2026-03-01T12:00:00Z"}`)
	if out := w.one(src); out.Changed != 1 {
		t.Errorf("the correction: %+v", out)
	}
	w.ok(src.URL, `{"id":"1","title":"Ancien","updated":"2026-02-01T12:00:00Z"}`)
	if out := w.one(src); out.Changed != 0 {
		t.Errorf("an older text after it: %+v, want it refused", out)
	}
}

// TestGoneAhead: a deletion dated in the future does not keep an item away
// until then, neither one read now nor one remembered.
func TestGoneAhead(t *testing.T) {
	w := newTestHub(t, newStore(t))
	src := w.source(federation.Source{Member: "a", Slug: "rss", URL: "http://a.example/rss"})
	for _, held := range []bool{false, true} {
		if held {
			if err := w.store.InTx(t.Context(), func(tx federation.Tx) error {
				return tx.SaveAlias(t.Context(), src.Name(), "2", federation.Alias{Item: federation.NewItemID(src.Name(), "2"), Gone: time.Date(2099, 1, 1, 0, 0, 0, 0, time.UTC)})
			}); err != nil {
				t.Fatal(err)
			}
			w.ok(src.URL, `{"id":"2","title":"Deux","updated":"`+w.time().Format(time.RFC3339)+`"}`)
		} else {
			w.ok(src.URL, `{"gone":"1","when":"2099-01-01T00:00:00Z"}`+"\n"+`{"id":"9","title":"Autre"}`)
			w.one(src)
			w.pass(time.Hour)
			w.ok(src.URL, `{"id":"1","title":"Revenu","updated":"`+w.time().Format(time.RFC3339)+`"}`)
		}
		if out := w.one(src); out.New != 1 {
			t.Errorf("remembered %v: %+v, want the item", held, out)
		}
	}
}

// TestChainAhead: a message that takes the place of another is the later one,
// whatever its clock says.
func TestChainAhead(t *testing.T) {
	w := newTestHub(t, newStore(t))
	src := w.source(federation.Source{Member: "a", Slug: "cap", URL: "http://a.example/cap"})
	w.ok(src.URL, `{"id":"u","title":"Fin de l'alerte","updated":"2099-01-01T00:00:00Z","replaces":["a"]}`+"\n"+
		`{"id":"a","title":"Alerte","updated":"`+noon.Format(time.RFC3339)+`"}`)
	w.one(src)
	it, err := w.store.Item(t.Context(), federation.NewItemID(src.Name(), "a"))
	if err != nil || it.Title != "Fin de l'alerte" {
		t.Errorf("%q, %v, want the message that takes the other's place", it.Title, err)
	}
}
