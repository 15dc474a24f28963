package api

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/plonegov/carillon/api/feed"
)

// TestNoMemberSeesAnothersItems asks for everything of each of fifty members
// at once, over and over: no answer may hold the word of another member.
func TestNoMemberSeesAnothersItems(t *testing.T) {
	const members, rounds = 50, 3
	store := newRegion(members)
	h := serveWhole(t, store)
	var wg sync.WaitGroup
	for m := range members {
		wg.Go(func() {
			for range rounds {
				for _, target := range addressesOf(store, m) {
					checkCanary(t, h, target, m, members)
				}
			}
		})
	}
	wg.Wait()
}

// addressesOf lists every output that one member alone is asked for.
func addressesOf(store *region, m int) []string {
	slug := store.members[m].Slug
	targets := []string{
		"/api/v1/items?member=" + slug, "/api/v1/items?source=" + slug + "/actus", "/api/v1/items?channel=" + slug,
		"/api/v1/items?q=" + canary(m), "/api/v1/search?member=" + slug + "&q=travaux", "/api/v1/search?channel=" + slug,
		"/api/v1/items?category=cat+" + canary(m), "/api/v1/sources?member=" + slug, "/api/v1/sources/" + slug + "/actus", "/members/" + slug + "/sources/actus", "/api/v1/items?limit=1&member=" + slug,
		"/search?member=" + slug, "/search?q=" + canary(m), "/channels/" + slug, "/members/" + slug,
		"/embed/widget/list?member=" + slug, "/embed/widget/list.html?channel=" + slug,
	}
	for _, f := range feed.Formats {
		targets = append(targets, "/feed."+f.Extension+"?member="+slug, "/channels/"+slug+"."+f.Extension)
	}
	for _, it := range store.items {
		if it.Member == slug {
			targets = append(targets, "/items/"+it.ID, "/api/v1/items/"+it.ID, "/api/v1/items/"+it.ID+"/versions")
		}
	}
	return targets
}

func checkCanary(t *testing.T, h http.Handler, target string, m, members int) {
	w := askAgain(h, target)
	body := w.Body.String()
	if w.Code != http.StatusOK || !strings.Contains(body, canary(m)) {
		t.Errorf("GET %s = %d without %s: %.300s", target, w.Code, canary(m), body)
	}
	for other := range members {
		if other != m && strings.Contains(body, canary(other)) {
			t.Errorf("GET %s holds %s of member %d", target, canary(other), other)
		}
	}
}

// askAgain asks as long as the hub says that it is busy and to come back.
func askAgain(h http.Handler, target string, headers ...string) *httptest.ResponseRecorder {
	for {
		if w := ask(h, "GET", target, headers...); w.Header().Get("Retry-After") != "1" {
			return w
		}
	}
}

// TestCursorOfAnotherSelection: a cursor opens nothing but what gave it.
func TestCursorOfAnotherSelection(t *testing.T) {
	h := serveRegion(t, newRegion(3))
	var page ItemList
	getJSON(t, h, "/api/v1/items?member=m01&limit=1", &page)
	if page.Next == "" {
		t.Fatal("no cursor after one of three items")
	}
	w := ask(h, "GET", "/api/v1/items?member=m02&limit=1&cursor="+page.Next)
	if p := problemOf(t, w); w.Code != http.StatusBadRequest || len(p.Errors) != 1 || p.Errors[0].Location != "query.cursor" {
		t.Errorf("a cursor of m01 asked for m02 = %d %+v, want 400 naming query.cursor", w.Code, p)
	}
}
