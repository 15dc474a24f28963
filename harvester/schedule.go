package harvester

import (
	"math/rand/v2"
	"strings"
	"time"

	"github.com/robfig/cron/v3"

	"github.com/plonegov/carillon/federation"
)

const (
	defaultInterval = time.Hour        // of a source that sets neither every nor cron
	minInterval     = 15 * time.Minute // of a source that asks for more
	maxInterval     = 24 * time.Hour
	jitter          = 0.1 // of the interval, either way
)

// nextAfterSuccess is when to fetch again: by the source's cron or interval,
// else the default one, stretched to what the document asks for (ttl).
func nextAfterSuccess(src federation.Source, ttl time.Duration, now time.Time) time.Time {
	if src.Cron != "" {
		return nextCron(src.Cron, now)
	}
	if src.Every > 0 {
		return now.Add(spread(src.Every))
	}
	return now.Add(spread(min(max(defaultInterval, ttl), maxInterval)))
}

// nextAfterFailure doubles the interval with each failure in a row, up to a
// day, and never comes before the server asked (RFC 9110, 10.2.3).
func nextAfterFailure(src federation.Source, state federation.SourceState, retryAfter time.Duration, now time.Time) time.Time {
	base := src.Every
	if base == 0 {
		base = minInterval
	}
	wait := base
	for range min(state.Failures-1, 10) {
		wait = min(2*wait, max(maxInterval, base))
	}
	return now.Add(max(spread(wait), retryAfter))
}

// nextCron refuses what robfig/cron 3.0.1 mistakes: a time zone prefix makes
// it panic, a date that never comes gives the zero time.
func nextCron(spec string, now time.Time) time.Time {
	if !strings.Contains(spec, "TZ=") {
		if s, err := cron.ParseStandard(spec); err == nil {
			if next := s.Next(now); !next.IsZero() {
				return next
			}
		}
	}
	return now.Add(defaultInterval)
}

// spread moves d by up to ±10 %, so that sources that began together do not
// stay together.
func spread(d time.Duration) time.Duration {
	return d + time.Duration((2*rand.Float64()-1)*jitter*float64(d))
}
