package recur

import (
	"iter"
	"slices"
	"strings"
	"time"
)

// series is a set made ready to be counted. Its dates are clocks on the
// wall: the UTC time of the same digits.
type series struct {
	set    Set
	zone   *time.Location
	start  time.Time
	length time.Duration // by the clock on the wall; 0 = open end
	rules  []rule
	extra  []time.Time // in order
	except map[time.Time]bool
}

func newSeries(e Set) *series {
	s := &series{set: e, zone: e.Zone, except: map[time.Time]bool{}}
	if s.zone == nil {
		s.zone = e.Start.Location()
	}
	s.start = s.wall(e.Start)
	if e.End.After(e.Start) {
		s.length = s.wall(e.End).Sub(s.start)
	}
	read := 0
	for line := range strings.Lines(e.Rules) {
		if read++; read > maxRules {
			break
		}
		if r, ok := readRule(line, s.start, s.zone, e.AllDay); ok {
			s.rules = append(s.rules, r)
		}
	}
	s.extra = append(s.extra, s.start)
	for _, t := range e.Extra {
		s.extra = append(s.extra, s.wall(t))
	}
	slices.SortFunc(s.extra, time.Time.Compare)
	for _, t := range e.Except {
		s.except[s.wall(t)] = true
	}
	return s
}

// wall is t as the clock shows it, its day alone when the dates are days.
func (s *series) wall(t time.Time) time.Time {
	t = t.In(s.zone)
	if s.set.AllDay {
		return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
	}
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), 0, time.UTC)
}

// moment is when the clock shows wall. An hour that a change of the clock
// leaves out is an hour later (RFC 5545, 3.3.5).
func (s *series) moment(wall time.Time) time.Time {
	return time.Date(wall.Year(), wall.Month(), wall.Day(), wall.Hour(), wall.Minute(), wall.Second(), 0, s.zone)
}

func (s *series) occurrence(at time.Time) Occurrence {
	if at.Equal(s.start) {
		o := s.set.first()
		o.Start = o.Start.In(s.zone)
		if !o.End.IsZero() {
			o.End = o.End.In(s.zone)
		}
		return o
	}
	o := Occurrence{Start: s.moment(at)}
	if s.length > 0 {
		o.End = s.moment(at.Add(s.length))
	}
	return o
}

// dates joins the start, the further dates and those of the rules, in order,
// each once. Those before from may be left out.
func (s *series) dates(from time.Time) iter.Seq[time.Time] {
	return func(yield func(time.Time) bool) {
		streams := []*stream{{next: each(s.extra)}}
		for _, r := range s.rules {
			streams = append(streams, &stream{next: r.dates(s.skipTo(from))})
		}
		for _, t := range streams {
			t.step()
		}
		var before time.Time
		for range maxSteps {
			var first *stream
			for _, t := range streams {
				if t.ok && (first == nil || t.at.Before(first.at)) {
					first = t
				}
			}
			if first == nil {
				return
			}
			at := first.at
			first.step()
			if !at.Equal(before) && !yield(at) {
				return
			}
			before = at
		}
	}
}

// skipTo is a clock on the wall before which no date matters: a day of room is
// left for what zones do.
func (s *series) skipTo(from time.Time) time.Time {
	if from.IsZero() {
		return s.start
	}
	return s.wall(from).Add(-s.length).AddDate(0, 0, -2)
}

// stream is a list of dates in order, with its head.
type stream struct {
	next func() (time.Time, bool)
	at   time.Time
	ok   bool
}

func (s *stream) step() { s.at, s.ok = s.next() }

func each(list []time.Time) func() (time.Time, bool) {
	return func() (t time.Time, ok bool) {
		if len(list) == 0 {
			return t, false
		}
		t, list = list[0], list[1:]
		return t, true
	}
}
