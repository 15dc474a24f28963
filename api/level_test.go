package api

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
)

// listed are addresses whose answer comes from the index.
var listed = []string{"/", "/search", "/search?q=actu&ui=nl", "/channels/huy", "/members/huy", "/feed.rss", "/feed.json?type=news", "/channels/namur.atom",
	"/api/v1/items", "/api/v1/search?q=actu", "/api/v1/suggest?q=ac", "/embed/huy-actus", "/embed/huy-actus.html", "/embed/widget/list.html?member=huy"}

// refused checks that whatever lists items says to come back, and that no cache
// keeps that.
func (k *kept) refused(when string) {
	k.Helper()
	for _, target := range listed {
		w := ask(k.Server, "GET", target)
		h := w.Header()
		if w.Code != http.StatusServiceUnavailable || h.Get("Retry-After") == "" || h.Get("Cache-Control") != "no-store" {
			k.Errorf("%s, GET %s = %d, Retry-After %q, Cache-Control %q; want 503, some seconds, no-store",
				when, target, w.Code, h.Get("Retry-After"), h.Get("Cache-Control"))
		}
		want := "text/html; charset=utf-8"
		if !isPage(strings.SplitN(target, "?", 2)[0]) {
			want = "application/problem+json"
		}
		if got := h.Get("Content-Type"); got != want {
			k.Errorf("%s, GET %s is %s, want %s", when, target, got, want)
		}
	}
	for lang, sentence := range map[string]string{"fr": "Carillon démarre", "nl": "Carillon start op", "de": "Carillon startet", "en": "Carillon is starting"} {
		if body := k.get("/search?ui="+lang, http.StatusServiceUnavailable); !strings.Contains(body, sentence) {
			k.Errorf("%s, GET /search?ui=%s lacks %q", when, lang, sentence)
		}
	}
	item := federation.NewItemID("huy/rss", "actu 0")
	k.get("/items/"+item, http.StatusOK) // the store has it
	k.get("/api/v1/items/"+item, http.StatusOK)
}

// TestNoListBeforeTheIndexIsLevel asks during start.
func TestNoListBeforeTheIndexIsLevel(t *testing.T) {
	k := newKept(t)
	k.refused("before the first search")
	k.level()
	for _, target := range listed {
		k.get(target, http.StatusOK)
	}
}

// rebuilding is a store that calls during while an index is made from it.
type rebuilding struct {
	federation.Store
	during func()
}

func (r rebuilding) EachItem(ctx context.Context, part federation.Part, fn func(federation.Item) error) (federation.Cursor, error) {
	r.during()
	return r.Store.EachItem(ctx, part, fn)
}

// TestNoListDuringARebuild asks while the index holds nothing, and not all.
func TestNoListDuringARebuild(t *testing.T) {
	k := newKept(t)
	during := func() {}
	k.search.AnswerWhile(func() bool { return k.indexer.Level() })
	k.indexer = search.NewIndexer(k.log, k.index, rebuilding{k.store, func() { during() }}, k.cats)
	k.level()
	asked := 0
	during = func() { asked++; k.refused("during a rebuild") }
	if err := k.indexer.Rebuild(t.Context()); err != nil || asked == 0 {
		t.Fatalf("Rebuild = %v, and was watched %d times", err, asked)
	}
	for _, target := range listed {
		if body := k.get(target, http.StatusOK); !strings.Contains(body, "actu") {
			t.Errorf("after the rebuild GET %s is empty: %.200s", target, body)
		}
	}
}
