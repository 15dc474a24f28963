package portal

import (
	"context"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/plonegov/carillon/federation"
)

// TestAlso links two items of two members: the page of each links to the other,
// and says that the other published it when the words are the same.
func TestAlso(t *testing.T) {
	same := map[string]string{"fr": "Aussi publié par", "nl": "Ook gepubliceerd door", "de": "Auch veröffentlicht von", "en": "Also published by"}
	like := map[string]string{"fr": "Texte semblable chez", "nl": "Gelijkaardige tekst bij", "de": "Ähnlicher Text bei", "en": "A similar text from"}
	testAlso(t, func(int) int64 { return 1 }, same, like)
	testAlso(t, func(n int) int64 { return int64(n + 1) }, like, same)
	testAlso(t, func(int) int64 { return 0 }, like, same) // not compared yet
}

func testAlso(t *testing.T, wording func(n int) int64, want, not map[string]string) {
	t.Helper()
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
	held, err := h.store.ItemsByID(t.Context(), []string{items[a].ID, items[b].ID})
	if err != nil || len(held) != 2 {
		t.Fatalf("ItemsByID = %d items, %v", len(held), err)
	}
	version := map[string]int{held[0].ID: held[0].Version, held[1].ID: held[1].Version}
	err = h.store.InTx(t.Context(), func(tx federation.Tx) error {
		var list []federation.Likeness
		for _, n := range []int{a, b} {
			list = append(list, federation.Likeness{
				Item: items[n].ID, Version: version[items[n].ID], Group: items[a].ID, Wording: wording(n), Since: today})
		}
		return tx.SaveLikenesses(context.WithoutCancel(t.Context()), list, today)
	})
	if err != nil {
		t.Fatal(err)
	}
	for lang, words := range want {
		for _, pair := range [][2]int{{a, b}, {b, a}} {
			w := httptest.NewRecorder()
			h.router.ServeHTTP(w, httptest.NewRequest("GET", "/items/"+items[pair[0]].ID+"?ui="+lang, nil))
			if page := w.Body.String(); w.Code != 200 || !strings.Contains(page, words) || !strings.Contains(page, "/items/"+items[pair[1]].ID) {
				t.Errorf("GET /items/%s in %s = %d, lacks %q with a link to the other", items[pair[0]].ID, lang, w.Code, words)
			} else if strings.Contains(page, not[lang]) {
				t.Errorf("GET /items/%s in %s says %q too", items[pair[0]].ID, lang, not[lang])
			}
		}
	}
}
