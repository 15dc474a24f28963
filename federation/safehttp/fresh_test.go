package safehttp

import (
	"net/http"
	"testing"
	"time"
)

func TestFresh(t *testing.T) {
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	tests := []struct {
		header http.Header
		want   time.Duration
	}{
		{http.Header{}, 0},
		{http.Header{"Cache-Control": {"public, max-age=600"}}, 10 * time.Minute},
		{http.Header{"Cache-Control": {"Max-Age=\"600\""}, "Age": {"100"}}, 500 * time.Second},
		{http.Header{"Cache-Control": {"max-age=600"}, "Age": {"700"}}, 0},
		{http.Header{"Cache-Control": {"max-age=600, no-cache"}}, 0},
		{http.Header{"Cache-Control": {"no-store"}, "Expires": {"Sun, 01 Mar 2026 13:00:00 GMT"}}, 0},
		{http.Header{"Cache-Control": {"private", "max-age=60"}}, time.Minute},
		{http.Header{"Cache-Control": {"max-age=99999999999999999999"}}, 24 * time.Hour},
		{http.Header{"Cache-Control": {"max-age=soon"}}, 0},
		{http.Header{"Cache-Control": {"s-maxage=600"}}, 0},
		{http.Header{"Expires": {"Sun, 01 Mar 2026 13:00:00 GMT"}}, time.Hour},
		{http.Header{"Expires": {"Sun, 01 Mar 2026 13:00:00 GMT"}, "Date": {"Sun, 01 Mar 2026 12:30:00 GMT"}}, 30 * time.Minute},
		{http.Header{"Expires": {"0"}}, 0},
		{http.Header{"Expires": {"Sun, 01 Mar 2026 11:00:00 GMT"}}, 0},
		{http.Header{"Expires": {"Sun, 01 Mar 2026 13:00:00 GMT"}, "Cache-Control": {"max-age=60"}}, time.Minute},
	}
	for _, test := range tests {
		if got := Fresh(test.header, now); got != test.want {
			t.Errorf("Fresh(%v) = %v, want %v", test.header, got, test.want)
		}
	}
}
