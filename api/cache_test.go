package api

import (
	"bytes"
	"strings"
	"testing"

	"github.com/plonegov/carillon/api/web"
)

func TestCacheControl(t *testing.T) {
	s := serveRegion(t, newRegion(1))
	for _, c := range []struct {
		pattern string
		status  int
		want    string
	}{
		{"/feed.rss", 200, "public, max-age=60, stale-while-revalidate=300, stale-if-error=86400"},
		{"/channels/{slug}.atom", 200, "public, max-age=60, stale-while-revalidate=300, stale-if-error=86400"},
		{"/api/v1/items", 200, "public, max-age=60, stale-while-revalidate=300"},
		{"/api/v1/sources", 200, "public, max-age=10"},
		{"/api/v1/sources/{member}/{slug}", 200, "public, max-age=10"},
		{"/api/docs", 200, "public, max-age=3600"},
		{"/api/openapi.json", 200, "public, max-age=3600"},
		{"/something/new", 200, "no-cache"},
		{"/feed.rss", 404, "no-cache"},
		{"/api/v1/items/{id}", 410, "no-cache"},
		{"/api/v1/items", 500, "no-store"},
		{"/feed.rss", 503, "no-store"},
	} {
		if got := web.Lifetime(s.routes["GET "+c.pattern].Life, c.status); got != c.want {
			t.Errorf("Cache-Control of %q with %d = %q, want %q", c.pattern, c.status, got, c.want)
		}
	}
}

// TestSearchTagIgnoresTheTimeTaken: else no search would ever be a 304. What is
// sent tells the time all the same, whatever the texts beside it say.
func TestSearchTagIgnoresTheTimeTaken(t *testing.T) {
	tag := func(r SearchResult) string {
		t.Helper()
		tag, err := r.encode()
		if err != nil {
			t.Fatal(err)
		}
		var want bytes.Buffer
		r.ready, want = nil, bytes.Buffer{}
		if err := jsonFormat.Marshal(&want, r); err != nil {
			t.Fatal(err)
		}
		var got bytes.Buffer
		if _, err := r.encode(); err != nil {
			t.Fatal(err)
		}
		if err := jsonFormat.Marshal(&got, r); err != nil || got.String() != want.String() {
			t.Errorf("encoded and written: %s, want %s (%v)", &got, &want, err)
		}
		return tag
	}
	a, b, c := tag(SearchResult{TookMS: 1}), tag(SearchResult{TookMS: 2.125}), tag(SearchResult{Total: 1})
	if a != b || a == c || !strings.HasPrefix(a, `W/"`) {
		t.Errorf("tags %s, %s, %s; want two equal weak ones and another", a, b, c)
	}
	for _, odd := range []string{`,"took_ms":0`, `a ","took_ms":0 <b>&`} {
		tag(SearchResult{TookMS: .004, Corrected: odd, Next: odd, Items: []SearchItem{{Highlight: Highlight{Title: odd}}}})
	}
}
