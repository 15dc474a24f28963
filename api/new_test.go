package api

import (
	"net/http"
	"strings"
	"testing"

	"github.com/plonegov/carillon/embed/picture"
	"github.com/plonegov/carillon/federation"
)

// TestNew asks the whole hub, pages and widgets included, for one address of
// each kind: right, unknown and broken.
func TestNew(t *testing.T) {
	store := newRegion(2)
	store.gone = []string{store.items[3].ID}
	store.items[1].Image = &federation.Image{URL: "https://m00.example/a.jpg"}
	unreachable := picture.Path(store.items[1])
	h := serveWhole(t, store)
	for target, want := range map[string]struct {
		status      int
		contentType string
	}{
		"/":                                  {200, "text/html"},
		"/search?q=travaux":                  {200, "text/html"},
		"/items/" + store.items[0].ID:        {200, "text/html"},
		"/members/m00":                       {200, "text/html"},
		"/channels/m00":                      {200, "text/html"},
		"/channels/m00.rss":                  {200, "application/rss+xml"},
		"/feed.atom":                         {200, "application/atom+xml"},
		"/api/v1/items":                      {200, "application/json"},
		"/w/1/carillon.js":                   {200, "text/javascript"},
		"/embed/widget/list?member=m00":      {200, "text/html"},
		"/embed/widget/list.html?member=m00": {200, "text/html"},
		"/healthz":                           {200, "text/plain"},
		"/nothing":                           {404, "text/html"},
		"/items/" + store.items[3].ID:        {410, "text/html"},
		"/search?foo=1":                      {301, "text/html"},
		"/search?limit=0":                    {400, "text/html"},
		"/members/nobody":                    {404, "text/html"},
		"/channels/nothing":                  {404, "text/html"},
		"/channels/nothing.rss":              {404, "application/problem+json"},
		"/embed/nothing":                     {404, "text/html"},
		"/embed/nothing.html":                {404, "application/problem+json"},
		unreachable:                          {404, "application/problem+json"}, // its host does not answer
		"/pictures/x/y-640.jpg":              {404, "application/problem+json"},
		"/pictures/" + store.items[3].ID + "/y-640.jpg": {410, "application/problem+json"},
		"/w/0.0.0/carillon.js":                          {404, "application/problem+json"},
		"/feed.ics":                                     {200, "text/calendar"},
		"/feed.ics?type=news&q=nothing":                 {200, "text/calendar"},
		"/feed.ics?from=never":                          {400, "application/problem+json"},
		"/channels/nothing.ics":                         {404, "application/problem+json"},
		"/api/v1/search?foo=1":                          {400, "application/problem+json"},
	} {
		w := ask(h, "GET", target)
		contentType, _, _ := strings.Cut(w.Header().Get("Content-Type"), ";")
		if w.Code != want.status || contentType != want.contentType {
			t.Errorf("GET %s = %d %s, want %d %s", target, w.Code, contentType, want.status, want.contentType)
		}
		for _, name := range []string{"X-Content-Type-Options", "Referrer-Policy", "Content-Security-Policy", "Cache-Control"} {
			if w.Header().Get(name) == "" {
				t.Errorf("GET %s has no %s", target, name)
			}
		}
		if c := w.Header().Get("Set-Cookie"); c != "" {
			t.Errorf("GET %s sets the cookie %q", target, c)
		}
		if w.Code != http.StatusOK || target == "/healthz" {
			continue
		}
		tag := w.Header().Get("ETag")
		if tag == "" {
			t.Errorf("GET %s has no ETag", target)
		}
		if again := ask(h, "GET", target, "If-None-Match", tag); again.Code != http.StatusNotModified {
			t.Errorf("GET %s again with its ETag = %d, want 304", target, again.Code)
		}
		if head := ask(h, "HEAD", target); head.Code != http.StatusOK || head.Body.Len() != 0 || head.Header().Get("ETag") != tag {
			t.Errorf("HEAD %s = %d with %d bytes and ETag %s, want 200 with none and %s", target, head.Code, head.Body.Len(), head.Header().Get("ETag"), tag)
		}
	}
}

// TestFailedFrame: what a frame on a member's site shows when its widget
// cannot be had is a small page that the site may show.
func TestFailedFrame(t *testing.T) {
	h := serveWhole(t, newRegion(1))
	for target, status := range map[string]int{
		"/embed/nothing":                404,
		"/embed/widget/nothing":         404,
		"/embed/widget/list?limit=many": 400,
		"/embed/widget/list?member=x%y": 400,
	} {
		w := ask(h, "GET", target, "Accept-Language", "nl")
		if w.Code != status {
			t.Errorf("GET %s = %d, want %d", target, w.Code, status)
		}
		if csp := w.Header().Get("Content-Security-Policy"); !strings.Contains(csp, "frame-ancestors *") {
			t.Errorf("GET %s may be framed by %q, want every site", target, csp)
		}
		body := w.Body.String()
		if !strings.Contains(body, `lang="nl"`) || strings.Contains(body, "<form") || len(body) > 1000 {
			t.Errorf("GET %s: want a small page in Dutch without a form, got\n%s", target, body)
		}
	}
	if csp := ask(h, "GET", "/nothing").Header().Get("Content-Security-Policy"); strings.Contains(csp, "frame-ancestors *") {
		t.Errorf("a page of the portal may be framed by any site: %q", csp)
	}
}
