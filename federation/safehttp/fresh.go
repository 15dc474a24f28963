package safehttp

import (
	"net/http"
	"strings"
	"time"
)

// Fresh is how long from now on an answer is fresh by its own header (RFC
// 9111, 4.2): max-age, less the Age it came with, else Expires. It is 0 for
// no-store and no-cache, without either, and for what cannot be read, and
// at most a day: a year was seen on feeds that change daily.
func Fresh(h http.Header, now time.Time) time.Duration {
	cc := strings.ToLower(strings.Join(h.Values("Cache-Control"), ","))
	var age, lifetime time.Duration
	found := false
	for _, directive := range strings.Split(cc, ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(directive), "=")
		switch name {
		case "no-store", "no-cache":
			return 0
		case "max-age":
			lifetime, found = deltaSeconds(strings.Trim(value, `"`))
		}
	}
	if !found {
		t, err := http.ParseTime(h.Get("Expires"))
		if err != nil {
			return 0
		}
		from := now
		if date, err := http.ParseTime(h.Get("Date")); err == nil {
			from = date
		}
		lifetime = t.Sub(from)
	}
	age, _ = deltaSeconds(h.Get("Age"))
	return min(max(lifetime-age, 0), MaxRetryAfter)
}
