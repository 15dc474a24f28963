package portal

import (
	"context"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/plonegov/carillon/federation"
)

// TestAlso links two items of two members: the page of each links to the other.
func TestAlso(t *testing.T) {
	items := readItems(t, "https://pictures.example")
	a, b := -1, -1
	for i, it := range items {
		switch {
		case a < 0 && it.Type == federation.News:
			a = i
		case a >= 0 && b < 0 && it.Type == federation.News && it.Member != items[a].Member:
			b = i
		}
	}
	if b < 0 {
		t.Fatal("the fixture has no news of two members")
	}
	items[b].Title = items[a].Title
	h := newHubWith(t, items)
	err := h.store.InTx(t.Context(), func(tx federation.Tx) error {
		for _, n := range []int{a, b} {
			l := federation.Likeness{Item: items[n].ID, Group: items[a].ID}
			if err := tx.SaveLikeness(context.WithoutCancel(t.Context()), l, today); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for lang, words := range map[string]string{"fr": "Aussi publié par", "nl": "Ook gepubliceerd door", "de": "Auch veröffentlicht von", "en": "Also published by"} {
		for _, pair := range [][2]int{{a, b}, {b, a}} {
			w := httptest.NewRecorder()
			h.router.ServeHTTP(w, httptest.NewRequest("GET", "/items/"+items[pair[0]].ID+"?ui="+lang, nil))
			if page := w.Body.String(); w.Code != 200 || !strings.Contains(page, words) || !strings.Contains(page, "/items/"+items[pair[1]].ID) {
				t.Errorf("GET /items/%s in %s = %d, lacks %q with a link to the other", items[pair[0]].ID, lang, w.Code, words)
			}
		}
	}
}
