// Package recur counts the dates of what recurs (RFC 5545, 3.8.5): by rules, by
// further dates and by dates left out. It also reads and divides rules.
//
// It knows nothing of items, no clock and no zone data: a zone is given. Its
// values may be used by several goroutines at once. Whatever a rule says, the
// work is bounded.
package recur

import (
	"iter"
	"strings"
	"time"
)

// Bounds of a set. What goes on beyond them is cut, not refused: they are
// far from any calendar met, and keep the work of a hostile one small.
const (
	maxOccurrences = 1000 // that Between returns
	maxSteps       = 5000 // dates looked at for one answer
	maxRules       = 5    // of one set
)

// Set is what recurs. It is reckoned by the clock on the wall of its zone, so
// that nine o'clock stays nine o'clock in summer. Its Start always is a date of
// it, whether or not the rules would give it (RFC 5545, 3.8.5.3), unless it is
// one of Except. A rule that cannot be read, or is of no use to people (one that
// recurs every second), gives no dates of its own. A set of which more than
// 5,000 dates since its start would have to be counted ends there. The zero
// value has no dates.
type Set struct {
	Start  time.Time
	End    time.Time // exclusive; zero = open end
	AllDay bool
	Zone   *time.Location // nil = that of Start
	Rules  string         // RRULE values, one a line; "" = none
	Extra  []time.Time    // further starts (RDATE)
	Except []time.Time    // starts left out (EXDATE)
}

// Occurrence is one date.
type Occurrence struct {
	Start time.Time
	End   time.Time // exclusive; zero = open end
}

// Last is the last moment of an occurrence that lasts whole days or does not:
// an open end ends as it starts, a day without end at midnight (RFC 5545,
// 3.6.1).
func (o Occurrence) Last(allDay bool) time.Time {
	switch {
	case o.End.After(o.Start):
		return o.End.Add(-1)
	case allDay:
		return o.Start.AddDate(0, 0, 1).Add(-1)
	}
	return o.Start
}

// Recurs reports whether the set may have more than one date.
func (s Set) Recurs() bool {
	return !s.Start.IsZero() && (s.Rules != "" || len(s.Extra) > 0)
}

// Between returns the dates of which a moment lies in the span from (inclusive)
// to to (exclusive), in order, at most 1,000; a zero end of the span is open.
func (s Set) Between(from, to time.Time) []Occurrence {
	var out []Occurrence
	for o := range s.From(from) {
		if len(out) == maxOccurrences || !to.IsZero() && !o.Start.Before(to) {
			break
		}
		out = append(out, o)
	}
	return out
}

// From gives the dates that are not over at a moment, one by one in order.
func (s Set) From(from time.Time) iter.Seq[Occurrence] {
	return func(yield func(Occurrence) bool) {
		if s.Start.IsZero() {
			return
		}
		if !s.Recurs() {
			if o := s.first(); !o.Last(s.AllDay).Before(from) {
				yield(o)
			}
			return
		}
		c := newSeries(s)
		for at := range c.dates(from) {
			if o := c.occurrence(at); !c.except[at] && !o.Last(s.AllDay).Before(from) && !yield(o) {
				return
			}
		}
	}
}

func (s Set) first() Occurrence { return Occurrence{s.Start, s.End} }

// forever is the end of a set without one.
var forever = time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)

// Last is the last moment of the last date, the year 9999 when there is none to
// be seen.
func (s Set) Last() time.Time {
	for line := range strings.Lines(s.Rules) {
		if !strings.Contains(line, "COUNT=") && !strings.Contains(line, "UNTIL=") {
			return forever
		}
	}
	last, steps := s.first().Last(s.AllDay), 0
	for o := range s.From(time.Time{}) {
		if l := o.Last(s.AllDay); l.After(last) {
			last = l
		}
		steps++
	}
	if steps > maxSteps/2 { // it may have been cut
		return forever
	}
	return last
}

// By returns the starts of the set, without Except, that a rule gives too: what
// an EXRULE leaves out (RFC 2445, 4.8.5.2).
func (s Set) By(rule string) []time.Time {
	all, last := map[int64]bool{}, s.Start
	for _, o := range s.Between(time.Time{}, time.Time{}) {
		all[o.Start.Unix()], last = true, o.Start
	}
	s.Rules, s.Extra, s.Except = rule, nil, nil
	var out []time.Time
	for _, o := range s.Between(time.Time{}, last.Add(1)) {
		if all[o.Start.Unix()] {
			out = append(out, o.Start)
		}
	}
	return out
}
