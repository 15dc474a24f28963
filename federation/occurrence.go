package federation

import (
	"iter"
	"slices"
	"strings"
	"sync"
	"time"
)

// Bounds of a series. What goes on beyond them is cut, not refused: they are
// far from any calendar met, and keep the work of a hostile one small.
const (
	maxOccurrences = 1000 // that Occurrences returns
	maxSteps       = 5000 // dates looked at for one answer
	maxRules       = 5    // of one event
)

// Occurrence is one date of an event.
type Occurrence struct {
	Start time.Time
	End   time.Time // exclusive; zero = open end
}

// Last is the last moment of an occurrence of an event that lasts whole days
// or does not: an open end ends as it starts, a day without end at midnight
// (RFC 5545, 3.6.1).
func (o Occurrence) Last(allDay bool) time.Time {
	switch {
	case o.End.After(o.Start):
		return o.End.Add(-1)
	case allDay:
		return o.Start.AddDate(0, 0, 1).Add(-1)
	}
	return o.Start
}

// Recurs reports whether the event may have more than one date.
func (e Event) Recurs() bool {
	return !e.Start.IsZero() && (e.Recurrence != "" || len(e.Extra) > 0)
}

// Occurrences returns the dates of the event of which a moment lies in the
// span from (inclusive) to to (exclusive), in order, at most 1,000; a zero end
// of the span is open. An event that does not recur has one.
//
// A series is reckoned by the clock on the wall of its Zone, so that nine
// o'clock stays nine o'clock in summer. Its Start always is a date of it,
// whether or not the rule would give it (RFC 5545, 3.8.5.3), unless it is one
// of Except. A rule that cannot be read, or is of no use to people (one that
// recurs every second), gives no dates of its own. The work is bounded whatever
// the rule; a series of which more than 5,000 dates since its start would have
// to be counted ends there.
func (e Event) Occurrences(from, to time.Time) []Occurrence {
	var out []Occurrence
	for o := range e.From(from) {
		if len(out) == maxOccurrences || !to.IsZero() && !o.Start.Before(to) {
			break
		}
		out = append(out, o)
	}
	return out
}

// Next returns the first date of the event that is not over at the moment
// after, and false when all are.
func (e Event) Next(after time.Time) (Occurrence, bool) {
	for o := range e.From(after) {
		return o, true
	}
	return Occurrence{}, false
}

// On returns the event as it is on one of its dates.
func (e Event) On(o Occurrence) Event {
	e.Start, e.End = o.Start, o.End
	return e
}

// DateOf returns the date of a recurring event that s shows: the first that is
// not over at From, or now where From is open, and false when that falls
// behind To or there is none.
func (s Selection) DateOf(e Event, now time.Time) (Occurrence, bool) {
	at := s.From.Time
	if s.From.IsZero() {
		if at = now; !s.To.IsZero() && !s.To.Upper().After(now) {
			at = time.Time{} // only what is past is asked for
		}
	}
	o, ok := e.Next(at)
	return o, ok && (s.To.IsZero() || o.Start.Before(s.To.Upper()))
}

// within reports whether a date of the event falls in the span; to is
// exclusive, a zero end open.
func (e Event) within(from, to time.Time) bool {
	o, ok := e.Next(from)
	return ok && (to.IsZero() || o.Start.Before(to))
}

// forever is the end of a series without one.
var forever = time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)

// last is the last moment of the last date, forever when there is none to be
// seen.
func (e Event) last() time.Time {
	if endless(e.Recurrence) {
		return forever
	}
	last, steps := e.first().Last(e.AllDay), 0
	for o := range e.From(time.Time{}) {
		if l := o.Last(e.AllDay); l.After(last) {
			last = l
		}
		steps++
	}
	if steps > maxSteps/2 { // it may have been cut
		return forever
	}
	return last
}

func endless(rules string) bool {
	for line := range strings.Lines(rules) {
		if !strings.Contains(line, "COUNT=") && !strings.Contains(line, "UNTIL=") {
			return true
		}
	}
	return false
}

func (e Event) first() Occurrence { return Occurrence{e.Start, e.End} }

// From gives the dates of the event that are not over at a moment, one by one
// in order; see [Event.Occurrences].
func (e Event) From(from time.Time) iter.Seq[Occurrence] {
	return func(yield func(Occurrence) bool) {
		if e.Start.IsZero() {
			return
		}
		if !e.Recurs() {
			if o := e.first(); !o.Last(e.AllDay).Before(from) {
				yield(o)
			}
			return
		}
		s := newSeries(e)
		for at := range s.dates(from) {
			if o := s.occurrence(at); !s.except[at] && !o.Last(e.AllDay).Before(from) && !yield(o) {
				return
			}
		}
	}
}

// series is an event made ready to be counted. Its dates are clocks on the
// wall: the UTC time of the same digits.
type series struct {
	event  Event
	zone   *time.Location
	start  time.Time
	length time.Duration // by the clock on the wall; 0 = open end
	rules  []rule
	extra  []time.Time // in order
	except map[time.Time]bool
}

func newSeries(e Event) *series {
	s := &series{event: e, zone: zoneOf(e), except: map[time.Time]bool{}}
	s.start = s.wall(e.Start)
	if e.End.After(e.Start) {
		s.length = s.wall(e.End).Sub(s.start)
	}
	read := 0
	for line := range strings.Lines(e.Recurrence) {
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

// wall is t as the clock shows it, its day alone when the event lasts days.
func (s *series) wall(t time.Time) time.Time {
	t = t.In(s.zone)
	if s.event.AllDay {
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
		o := s.event.first()
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

// zones keeps what time.LoadLocation reads from disk each time. It holds
// names of the zone data alone, so it cannot grow.
var zones sync.Map

// zoneOf is where the event recurs.
func zoneOf(e Event) *time.Location {
	if e.Zone == "" || e.Zone == "Local" {
		return e.Start.Location()
	}
	if z, ok := Location(e.Zone); ok {
		return z
	}
	return e.Start.Location()
}

// Location is the IANA zone with the name. "" is none, and neither is "Local",
// the machine's own, which would differ from node to node.
func Location(name string) (*time.Location, bool) {
	if z, ok := zones.Load(name); ok {
		return z.(*time.Location), true
	}
	if name == "" || name == "Local" {
		return nil, false
	}
	z, err := time.LoadLocation(name)
	if err == nil {
		zones.Store(name, z)
	}
	return z, err == nil
}
