package harvester

import (
	"slices"
	"time"

	"github.com/plonegov/carillon/federation"
)

// rhythmOf is how many of the last moments at which items appeared tell the
// rhythm of a source, and how few are too few.
const (
	rhythmOf   = 20
	rhythmFrom = 3
	maxWeeks   = 12
)

// gap is the median time between the moments at which the hub first saw items
// of a source, 0 when there are too few. Publication dates are not used: a
// publisher writes into them what he likes.
func gap(heads map[string]federation.Head, fresh bool, now time.Time) time.Duration {
	seen := make([]time.Time, 0, len(heads)+1)
	for _, h := range heads {
		seen = append(seen, h.FirstSeen)
	}
	if fresh {
		seen = append(seen, now)
	}
	slices.SortFunc(seen, func(a, b time.Time) int { return b.Compare(a) })
	seen = slices.CompactFunc(seen, func(a, b time.Time) bool { return a.Sub(b).Abs() < time.Minute })
	var gaps []time.Duration
	for i := 1; i < min(len(seen), rhythmOf+1); i++ {
		gaps = append(gaps, seen[i-1].Sub(seen[i]))
	}
	if len(gaps) < rhythmFrom {
		return 0
	}
	slices.Sort(gaps)
	return gaps[len(gaps)/2]
}

// adapt sets the interval after an answer: half of the usual gap when items
// changed, a little longer than before when none did.
func adapt(s *federation.SourceState, changed bool) {
	switch {
	case changed && s.Gap > 0:
		s.Interval = min(max(s.Gap/2, minInterval), maxInterval)
	case changed:
		s.Interval = 0
	default:
		base := s.Interval
		if base == 0 {
			base = defaultInterval
		}
		s.Interval = min(time.Duration(stretch*float64(base)), maxInterval)
	}
}

// count adds new items to the weeks of a source.
func count(s *federation.SourceState, fresh int, now time.Time) {
	week := int(now.Unix() / (7 * 24 * 3600))
	passed := 1
	if len(s.Weeks) > 0 {
		passed = max(week-s.Week, 0)
	}
	weeks := append(make([]int, min(passed, maxWeeks)), s.Weeks...)
	s.Week, s.Weeks = week, weeks[:min(len(weeks), maxWeeks)]
	s.Weeks[0] += fresh
}
