package api

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/plonegov/carillon/embed/browsertest"
)

// TestPreflight: pages of any origin may send validators and what common
// libraries add, to everything that is shared, and nothing to what takes a POST.
func TestPreflight(t *testing.T) {
	store := newRegion(1)
	h := serveWhole(t, store)
	for _, target := range []string{"/api/v1/items", "/api/v1/items/" + store.items[0].ID, "/api/v1/search?q=x", "/api/v1/sources/m00/actus", "/api/openapi.json",
		"/feed.rss", "/feed.atom", "/feed.json?member=m00", "/channels/m00.rss", "/embed/widget/list", "/embed/widget/list.html?member=m00",
		"/embed/m00-actus", "/embed/m00-actus.html", "/w/1/carillon.js", "/w/1/carillon.css", "/pictures/x/y-640.jpg"} {
		w := ask(h, "OPTIONS", target, "Origin", "https://a.example", "Access-Control-Request-Method", "GET",
			"Access-Control-Request-Headers", "if-none-match")
		allowed := ", " + strings.ToLower(w.Header().Get("Access-Control-Allow-Headers")) + ","
		for _, name := range []string{"if-none-match", "cache-control", "content-type", "x-requested-with", "accept-language", "last-event-id", "if-modified-since", "pragma"} {
			if !strings.Contains(allowed, ", "+name+",") {
				t.Errorf("OPTIONS %s allows %q, want %s among them", target, allowed, name)
			}
		}
		if w.Code != http.StatusNoContent || w.Header().Get("Access-Control-Allow-Origin") != "*" || w.Header().Get("Access-Control-Allow-Methods") != "GET, HEAD" {
			t.Errorf("OPTIONS %s = %d, %v", target, w.Code, w.Header())
		}
		if strings.Contains(allowed, "authorization") || strings.Contains(allowed, "*") || w.Header().Get("Access-Control-Allow-Credentials") != "" {
			t.Errorf("OPTIONS %s allows %q: no right goes with a request", target, allowed)
		}
	}
	for _, target := range []string{"/", "/search", "/members/m00", checkPath, "/healthz"} {
		w := ask(h, "OPTIONS", target, "Origin", "https://a.example", "Access-Control-Request-Method", "GET")
		if a := w.Header().Get("Access-Control-Allow-Headers") + w.Header().Get("Access-Control-Allow-Origin"); a != "" {
			t.Errorf("OPTIONS %s allows %q to other origins, want nothing", target, a)
		}
	}
}

// TestFetchFromAnotherOrigin is a real browser on a page of another origin
// that asks with a validator, and with what libraries add.
func TestFetchFromAnotherOrigin(t *testing.T) {
	hub := httptest.NewServer(serveWhole(t, newRegion(1)))
	defer hub.Close()
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<!doctype html><title>x</title>") }))
	defer other.Close()
	page := browsertest.New(t).Open(t, other.URL)
	const js = `(async () => {
		const url = %q, out = [];
		const plain = await fetch(url), tag = plain.headers.get("ETag");
		for (const headers of [{"If-None-Match": tag}, {"Cache-Control": "no-cache", "Pragma": "no-cache"}, {"X-Requested-With": "XMLHttpRequest"},
			{"Content-Type": "application/json"}, {"Accept-Language": "nl;q=0.7, *;q=0.1", "Last-Event-ID": "4"}, {"If-Modified-Since": "Sat, 28 Nov 2026 10:00:00 GMT"}])
			try { out.push((await fetch(url, {headers, cache: "no-store"})).status) } catch (e) { out.push(e.message) }
		try { await fetch(url, {headers: {"Authorization": "x"}}); out.push("authorised") } catch { out.push("refused") }
		return out.join(" ") })()`
	for _, path := range []string{"/api/v1/items", "/feed.atom?member=m00", "/embed/widget/list.html?member=m00", "/embed/widget/list?member=m00", "/Feed.RSS", "/api/v1/items/"} {
		var got string
		page.Eval(fmt.Sprintf(js, hub.URL+path), &got)
		if want := "304 200 200 200 200 200 refused"; got != want {
			t.Errorf("fetches of %s = %q, want %q", path, got, want)
		}
	}
}
