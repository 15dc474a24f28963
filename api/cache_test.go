package api

import (
	"strings"
	"testing"
)

func TestCacheControl(t *testing.T) {
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
		if got := cacheControl(c.pattern, c.status); got != c.want {
			t.Errorf("cacheControl(%q, %d) = %q, want %q", c.pattern, c.status, got, c.want)
		}
	}
}

// TestSearchTagIgnoresTheTimeTaken: else no search would ever be a 304.
func TestSearchTagIgnoresTheTimeTaken(t *testing.T) {
	a, b, c := SearchResult{TookMS: 1}, SearchResult{TookMS: 2}, SearchResult{Total: 1}
	if a.tag() != b.tag() || a.tag() == c.tag() || !strings.HasPrefix(a.tag(), `W/"`) {
		t.Errorf("tags %s, %s, %s; want two equal weak ones and another", a.tag(), b.tag(), c.tag())
	}
}
