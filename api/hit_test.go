package api

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

// sink is a ResponseWriter that keeps nothing.
type sink struct {
	header http.Header
	status int
	size   int
}

func (s *sink) Header() http.Header         { return s.header }
func (s *sink) WriteHeader(status int)      { s.status = status }
func (s *sink) Write(p []byte) (int, error) { s.size += len(p); return len(p), nil }

// TestHitsAllocateNextToNothing: what is kept is given from memory as it is.
func TestHitsAllocateNextToNothing(t *testing.T) {
	k := newKept(t)
	k.level()
	for target, most := range map[string]float64{"/embed/huy-actus.html": 0, "/embed/huy-actus": 0, "/embed/widget/list.html?member=huy": 0,
		"/feed.rss": 1, "/api/v1/items": 1, "/channels/huy": 20} { // of a page, its reader's language is worked out
		for _, encoding := range []string{"gzip, br", "gzip", ""} {
			r := httptest.NewRequest(http.MethodGet, target, nil)
			r.Header.Set("Accept-Encoding", encoding)
			r.Header.Set("Accept-Language", "nl-BE,nl;q=0.9,fr;q=0.8")
			w := &sink{header: http.Header{}}
			hit := func() {
				clear(w.header)
				k.ServeHTTP(w, r)
			}
			hit()
			if got := testing.AllocsPerRun(100, hit); got > most || w.status != http.StatusOK || w.size == 0 {
				t.Errorf("a hit of %s (%s) is %d with %.0f allocations, want 200 with %.0f at most", target, encoding, w.status, got, most)
			}
		}
	}
}
