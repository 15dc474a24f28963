package safehttp

import (
	"net/http"
	"strings"
	"time"
)

// MaxRetryAfter is the longest wait that [RetryAfter] returns: an origin may
// ask for a pause, not for oblivion.
const MaxRetryAfter = 24 * time.Hour

// RetryAfter reads the Retry-After header (RFC 9110, 10.2.3): seconds, or a
// date in any of the three forms of RFC 9110, 5.6.7. The first value that can
// be read counts. A date in the past is 0; more than [MaxRetryAfter] is
// MaxRetryAfter. It reports false, and the caller uses its own back-off, when
// there is no value or none that can be read, a negative number among them.
func RetryAfter(h http.Header, now time.Time) (time.Duration, bool) {
	for _, v := range h.Values("Retry-After") {
		v = strings.TrimSpace(v)
		if d, ok := deltaSeconds(v); ok {
			return d, true
		}
		if t, err := http.ParseTime(v); err == nil {
			return min(max(t.Sub(now), 0), MaxRetryAfter), true
		}
	}
	return 0, false
}

// deltaSeconds reads digits of any number without overflow.
func deltaSeconds(v string) (time.Duration, bool) {
	var d time.Duration
	for _, b := range []byte(v) {
		if b < '0' || b > '9' {
			return 0, false
		}
		d = min(10*d+time.Duration(b-'0')*time.Second, MaxRetryAfter)
	}
	return d, v != ""
}
