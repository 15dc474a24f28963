package harvester

import (
	"slices"
	"testing"
	"time"

	"github.com/plonegov/carillon/federation"
)

// TestTopics: a category that means a topic becomes it, and when the table
// changes the same bytes are read again.
func TestTopics(t *testing.T) {
	w := newTestHub(t, newStore(t))
	src := w.source(federation.Source{Member: "a", Slug: "rss", URL: "http://a.example/rss"})
	w.ok(src.URL, `{"id":"1","title":"One","categories":["Fêtes & loisirs","Autre"]}`)
	w.one(src)
	save := func(topics ...federation.Topic) {
		err := w.store.InTx(t.Context(), func(tx federation.Tx) error {
			for _, topic := range topics {
				if _, err := federation.Save(t.Context(), tx, topic); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	categories := func() []string {
		it, err := w.store.Item(t.Context(), federation.NewItemID("a/rss", "1"))
		if err != nil {
			t.Fatal(err)
		}
		return it.Categories
	}
	if got := categories(); !slices.Equal(got, []string{"Fêtes & loisirs", "Autre"}) {
		t.Errorf("without topics: %q", got)
	}
	save(federation.Topic{Slug: "culture", Name: federation.Text{"fr": "Culture"}, From: []string{"fetes loisirs", "Fêtes & Loisirs"}})
	w.pass(time.Hour)
	if out := w.one(src); out.Changed != 1 {
		t.Errorf("when a topic is added: %+v, want the item changed", out)
	}
	if got := categories(); !slices.Equal(got, []string{"culture", "Autre"}) {
		t.Errorf("with a topic: %q", got)
	}
	w.pass(time.Hour)
	if out := w.one(src); out.Result != Unchanged {
		t.Errorf("when nothing changed: %+v", out)
	}
}
