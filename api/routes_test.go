package api

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plonegov/carillon/api/web"
	"github.com/plonegov/carillon/federation"
)

func getJSON(t *testing.T, h http.Handler, target string, into any) {
	t.Helper()
	w := ask(h, "GET", target)
	if w.Code != http.StatusOK {
		t.Fatalf("GET %s = %d %s", target, w.Code, w.Body)
	}
	if err := json.Unmarshal(w.Body.Bytes(), into); err != nil {
		t.Fatalf("GET %s: %v", target, err)
	}
}

func problemOf(t *testing.T, w *httptest.ResponseRecorder) web.Problem {
	t.Helper()
	var p web.Problem
	if ct := w.Header().Get("Content-Type"); ct != "application/problem+json" {
		t.Errorf("status %d has content type %q, want application/problem+json", w.Code, ct)
	}
	if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil {
		t.Fatalf("problem %q: %v", w.Body, err)
	}
	if p.Status != w.Code || p.Title == "" || p.Type == "" || p.Detail == "" || p.Instance == "" {
		t.Errorf("problem of status %d is not complete: %+v", w.Code, p)
	}
	return p
}

// public lists one address of every route for programs, with its media type.
func public(store *region) map[string]string {
	id := store.items[0].ID
	return map[string]string{
		"/api/v1/items":                     "application/json",
		"/api/v1/items/" + id:               "application/json",
		"/api/v1/items/" + id + "/versions": "application/json",
		"/api/v1/search?q=travaux":          "application/json",
		"/api/v1/suggest?q=trav":            "application/json",
		"/api/v1/members":                   "application/json",
		"/api/v1/channels":                  "application/json",
		"/api/v1/sources":                   "application/json",
		"/api/v1/sources/m00/actus?lang=de": "application/json",
		"/api/openapi.json":                 "application/json",
		"/api/docs":                         "text/html; charset=utf-8",
		"/robots.txt":                       "text/plain; charset=utf-8",
		"/feed.rss":                         "application/rss+xml; charset=utf-8",
		"/feed.atom?type=news":              "application/atom+xml; charset=utf-8",
		"/feed.json?member=m01":             "application/feed+json; charset=utf-8",
		"/channels/m01.rss":                 "application/rss+xml; charset=utf-8",
		"/channels/m01.atom?ui=nl":          "application/atom+xml; charset=utf-8",
		"/channels/m01.json?type=news":      "application/feed+json; charset=utf-8",
	}
}

func TestEveryRoute(t *testing.T) {
	store := newRegion(2)
	h := serveRegion(t, store)
	for target, contentType := range public(store) {
		t.Run(target, func(t *testing.T) {
			w := ask(h, "GET", target)
			if w.Code != http.StatusOK || w.Body.Len() == 0 {
				t.Fatalf("GET %s = %d %s", target, w.Code, w.Body)
			}
			tag := w.Header().Get("ETag")
			for name, want := range map[string]string{
				"Content-Type": contentType, "X-Content-Type-Options": "nosniff", "Access-Control-Allow-Origin": "*",
				"Referrer-Policy": "strict-origin",
			} {
				if got := w.Header().Get(name); got != want {
					t.Errorf("%s: %q, want %q", name, got, want)
				}
			}
			for _, name := range []string{"ETag", "Cache-Control", "Content-Security-Policy", "Permissions-Policy", "Vary"} {
				if w.Header().Get(name) == "" {
					t.Errorf("%s is missing", name)
				}
			}
			if c := w.Header().Get("Set-Cookie"); c != "" {
				t.Errorf("Set-Cookie: %q; nothing here knows visitors", c)
			}

			head := ask(h, "HEAD", target)
			if head.Code != http.StatusOK || head.Body.Len() != 0 || head.Header().Get("ETag") != tag || head.Header().Get("Content-Type") != contentType {
				t.Errorf("HEAD = %d, %d bytes, %v; want the headers of GET and no body", head.Code, head.Body.Len(), head.Header())
			}
			for _, sent := range []string{tag, `"other", ` + tag, strings.TrimPrefix(tag, "W/"), "*"} {
				again := ask(h, "GET", target, "If-None-Match", sent)
				if again.Code != http.StatusNotModified || again.Body.Len() != 0 || again.Header().Get("ETag") != tag {
					t.Errorf("If-None-Match %s = %d, %d bytes, want 304 and none", sent, again.Code, again.Body.Len())
				}
			}
			if other := ask(h, "GET", target, "If-None-Match", `"other"`); other.Code != http.StatusOK {
				t.Errorf("If-None-Match of another body = %d, want 200", other.Code)
			}
			if zip := ask(h, "GET", target, "Accept-Encoding", "gzip"); zip.Header().Get("ETag") != tag {
				t.Errorf("compressed ETag %q differs from %q", zip.Header().Get("ETag"), tag)
			}
			if w := ask(h, "GET", target, "Accept", "image/webp"); w.Code != http.StatusOK || w.Header().Get("Content-Type") != contentType {
				t.Errorf("Accept: image/webp = %d %s; there is one form only", w.Code, w.Header().Get("Content-Type"))
			}
			post := ask(h, "POST", target)
			if p := post.Header().Get("Allow"); post.Code != http.StatusMethodNotAllowed || p != "GET, HEAD, OPTIONS" {
				t.Errorf("POST = %d, Allow %q; want 405 with GET, HEAD, OPTIONS", post.Code, p)
			}
			options := ask(h, "OPTIONS", target, "Origin", "https://a.example", "Access-Control-Request-Method", "GET")
			if options.Code != http.StatusNoContent || options.Header().Get("Allow") != "GET, HEAD, OPTIONS" {
				t.Errorf("OPTIONS = %d, Allow %q", options.Code, options.Header().Get("Allow"))
			}
		})
	}
}

func TestBadRequests(t *testing.T) {
	store := newRegion(2)
	store.gone = []string{store.items[0].ID}
	h := serveRegion(t, store)
	unknown := federation.NewItemID("m00/actus", "never seen")
	for _, c := range []struct {
		target   string
		status   int
		location string // of the first fault
	}{
		{"/api/v1/items?foo=1", 400, "query.foo"},
		{"/api/v1/items?limit=0", 400, "query.limit"},
		{"/api/v1/items?limit=101", 400, "query.limit"},
		{"/api/v1/items?type=nonsense", 400, "query.type"},
		{"/api/v1/items?q=%zz", 400, "query"},
		{"/api/v1/items?cursor=nonsense", 400, "query.cursor"},
		{"/api/v1/search?sort=distance", 400, "query.sort"},
		{"/api/v1/search?from=yesterday", 400, "query.from"},
		{"/api/v1/search?member=NO%20SLUG", 400, "query.member"},
		{"/api/v1/search?ui=fr", 400, "query.ui"}, // a matter of pages and feeds
		{"/api/v1/search?member=nobody", 404, ""},
		{"/api/v1/items?channel=nothing", 404, ""},
		{"/api/v1/items?source=m01/nothing", 404, ""},
		{"/api/v1/items/" + store.items[0].ID, 410, ""},
		{"/api/v1/items/" + store.items[0].ID + "/versions", 410, ""},
		{"/api/v1/items/" + unknown, 404, ""},
		{"/api/v1/items/..%2f..%2fetc", 404, ""},
		{"/api/v1/items/" + store.items[1].ID + "?foo=1", 400, "query.foo"},
		{"/api/v1/suggest?q=a&q=b", 400, "query.q"},
		{"/api/v1/suggest?lang=NOPE!", 400, "query.lang"},
		{"/api/v1/suggest?q=" + strings.Repeat("a", 301), 400, "query.q"},
		{"/api/v1/members?foo=1", 400, "query.foo"},
		{"/api/v1/channels?foo=1", 400, "query.foo"},
		{"/api/v1/sources?member=nobody", 404, ""},
		{"/api/v1/sources/m00/nothing", 404, ""},
		{"/api/v1/sources/nobody/actus", 404, ""},
		{"/api/v1/sources/m00/actus?lang=xx", 400, "query.lang"},
		{"/api/v1/sources/m00/actus?member=m00", 400, "query.member"},
		{"/api/v1/nothing", 404, ""},
		{"/api", 404, ""},
		{"/api/", 404, ""},
		{"/feed.doc", 404, ""},
		{"/feed.rss?limit=0&foo=1", 400, "query.limit"},
		{"/feed.atom?ui=xx", 400, "query.ui"},
		{"/feed.json?cursor=nonsense", 400, "query.cursor"},
		{"/feed.json?member=nobody", 404, "query.member"},
		{"/api/v1/search?member=m00,nobody", 404, "query.member"},
		{"/api/v1/search?source=m00/nothing", 404, "query.source"},
		{"/api/v1/search?channel=nothing", 404, "query.channel"},
		{"/channels/nothing.rss", 404, ""},
		{"/channels/m01.rss?channel=m00", 400, "query.channel"},
		{"/api/v1/items?q=" + strings.Repeat("a", 10_000), 400, "query.q"},
		{"/api/v1/search?q=" + strings.Repeat("%F0%9F%8E%84", 10_000), 400, "query.q"},
		{"/api/v1/suggest?q=" + strings.Repeat("a+", 10_000), 400, "query.q"},
		{"/feed.rss?q=" + strings.Repeat("-a+", 10_000), 400, "query.q"},
		{"/api/v1/items?category=" + strings.Repeat("a", 9000), 414, ""},
	} {
		w := ask(h, "GET", c.target)
		if w.Code != c.status {
			t.Errorf("GET %.80s = %d %s, want %d", c.target, w.Code, w.Body, c.status)
			continue
		}
		if c.status == http.StatusOK {
			continue
		}
		p := problemOf(t, w)
		if c.location != "" && (len(p.Errors) != 1 || p.Errors[0].Location != c.location || p.Errors[0].Message == "") {
			t.Errorf("GET %.80s names %+v, want %s", c.target, p.Errors, c.location)
		}
		if origin := w.Header().Get("Access-Control-Allow-Origin"); origin != "*" {
			t.Errorf("GET %.80s has Access-Control-Allow-Origin %q: a page could not read its problem", c.target, origin)
		}
		if cc := w.Header().Get("Cache-Control"); cc != "no-cache" {
			t.Errorf("GET %.80s has Cache-Control %q, want no-cache", c.target, cc)
		}
	}
}

// TestPagesAnswerInHTML: people get pages, whatever went wrong.
func TestPagesAnswerInHTML(t *testing.T) {
	h := serveRegion(t, newRegion(1))
	for target, want := range map[string]int{"/nothing": 404, "/channels/m00/more": 404, "/panic": 500, "/items/x": 404} {
		w := ask(h, "GET", target)
		if ct := w.Header().Get("Content-Type"); w.Code != want || ct != "text/html; charset=utf-8" {
			t.Errorf("GET %s = %d %q, want %d in HTML", target, w.Code, ct, want)
		}
	}
}

func TestChannelPageAndFeedAreTwoRoutes(t *testing.T) {
	h := serveRegion(t, newRegion(1))
	if got := ask(h, "GET", "/channels/m00").Body.String(); got != "<h1>channel</h1>" {
		t.Errorf("GET /channels/m00 = %q, want the page", got)
	}
	if got := ask(h, "GET", "/channels/m00.rss").Body.String(); !strings.Contains(got, "<rss") {
		t.Errorf("GET /channels/m00.rss = %q, want the feed", got)
	}
}

// TestPaging walks every page and finds every item once.
func TestPaging(t *testing.T) {
	store := newRegion(4)
	h := serveRegion(t, store)
	want, got := map[string]int{}, map[string]int{}
	for _, it := range store.items {
		want[it.ID] = 1
	}
	next := ""
	for range len(store.items) {
		target := "/api/v1/items?limit=5"
		if next != "" {
			target += "&cursor=" + next
		}
		var page ItemList
		getJSON(t, h, target, &page)
		for _, it := range page.Items {
			got[it.ID]++
		}
		if next = page.Next; next == "" {
			break
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("items over all pages (-want +got):\n%s", diff)
	}
}
