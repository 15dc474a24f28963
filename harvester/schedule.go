package harvester

import (
	"crypto/sha256"
	"encoding/binary"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/plonegov/carillon/federation"
)

const (
	defaultInterval = time.Hour        // of a source of which too little is known
	minInterval     = 15 * time.Minute // of a source that asks for more
	maxInterval     = 24 * time.Hour
	probeInterval   = 7 * 24 * time.Hour // of a suspended source
	pushedInterval  = 6 * time.Hour      // of a source that tells of changes itself
	stretch         = 1.25               // of the adaptive interval, by each answer without a change
	jitter          = 0.1                // of the interval, either way
)

// afterSuccess is when to fetch again, and by which rule: by the source's cron
// or interval; else by how often new items appear, but never before the
// document (ttl) or the answer (max-age) is stale, and not while the document
// asks to be left alone. What goes on over several harvests goes on soon; a source
// that tells of changes itself (subscribed) may wait.
func afterSuccess(src federation.Source, s federation.SourceState, first, subscribed bool, now time.Time) (time.Time, federation.Rule) {
	switch {
	case s.Unfinished > 0:
		return now.Add(spread(minInterval)), federation.RuleUnfinished
	case src.Cron != "":
		return nextCron(src.Cron, now), federation.RuleCron
	case src.Every > 0:
		return now.Add(started(src, first, src.Every)), federation.RuleEvery
	}
	wait, rule := s.Interval, federation.RuleAdaptive
	if wait == 0 {
		wait, rule = defaultInterval, federation.RuleDefault
	}
	wait = started(src, first, min(max(wait, minInterval), maxInterval))
	if least := min(s.TTL, maxInterval); least > wait {
		wait, rule = later(least), federation.RuleTTL
	}
	if least := min(s.MaxAge, maxInterval); least > wait {
		wait, rule = later(least), federation.RuleMaxAge
	}
	at := now.Add(wait)
	if open := skip(s.Skip, at); open.After(at) {
		return open, federation.RuleSkip
	}
	if told := now.Add(spread(pushedInterval)); subscribed && rule == federation.RuleAdaptive && told.After(at) {
		return told, federation.RulePush
	}
	return at, rule
}

// started spreads an interval. The first one is drawn out by up to half, by the
// source's name: sources that were added together do not stay together.
func started(src federation.Source, first bool, d time.Duration) time.Duration {
	if !first {
		return spread(d)
	}
	sum := sha256.Sum256([]byte(src.Name()))
	return d + time.Duration(float64(d/2)*float64(binary.BigEndian.Uint32(sum[:4]))/(1<<32))
}

// skip is the first moment from at on that the document does not ask to be
// spared (RSS 2.0, skipHours and skipDays), or at when it asks for all.
func skip(s federation.Skip, at time.Time) time.Time {
	for t := at.UTC(); t.Sub(at) <= probeInterval; t = t.Truncate(time.Hour).Add(time.Hour) {
		if !slices.Contains(s.Hours, t.Hour()) && !slices.Contains(s.Days, t.Weekday()) {
			return t
		}
	}
	return at
}

// afterFailure doubles the interval with each failure in a row, up to a day,
// and never comes before the server asked (RFC 9110, 10.2.3). A source that is
// suspended is asked once a week whether it lives again, one that is gone for
// good never: the zero time.
func afterFailure(src federation.Source, s federation.SourceState, now time.Time) (time.Time, federation.Rule) {
	switch federation.StatusOf(src, s) {
	case federation.StatusGone:
		return time.Time{}, federation.RuleGone
	case federation.StatusSuspended:
		return now.Add(spread(probeInterval)), federation.RuleProbe
	}
	base := src.Every
	if base == 0 {
		base = minInterval
	}
	wait := base
	for range min(s.Failures-1, 10) {
		wait = min(2*wait, max(maxInterval, base))
	}
	at := now.Add(spread(wait))
	if s.QuietUntil.After(at) {
		return s.QuietUntil, federation.RuleRetryAfter
	}
	return at, federation.RuleBackoff
}

// nextCron is the next time of a cron text. The region file has none that cannot
// be read; one that an older hub let in is passed over.
func nextCron(spec string, now time.Time) time.Time {
	if next, err := federation.NextCron(spec, now); err == nil {
		return next
	}
	return now.Add(defaultInterval)
}

// spread moves d by up to ±10 %, so that sources that began together do not
// stay together.
func spread(d time.Duration) time.Duration {
	return d + time.Duration((2*rand.Float64()-1)*jitter*float64(d))
}

// later moves d by up to 10 %, never to before it.
func later(d time.Duration) time.Duration {
	return d + time.Duration(rand.Float64()*jitter*float64(d))
}
