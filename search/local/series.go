package local

import (
	"encoding/json"
	"maps"
	"math"
	"slices"
	"sort"
	"sync/atomic"
	"time"

	"github.com/plonegov/carillon/federation"
)

// series is an event that recurs. Its rule is the truth; some of its dates
// about the present are kept beside it, because following a rule takes some
// microseconds and a search meets thousands of them. What the kept dates do not
// cover is asked of the rule, so an answer is right however old they are. They
// are made anew when the present has moved on: by a batch, or by the first
// search that finds them old.
type series struct {
	event federation.Event
	kept  atomic.Pointer[dates]
}

// dates are some dates of a series in order, all that are not over at from and
// begin no later than the last of them.
type dates struct {
	made        time.Time
	from        int64   // microseconds
	start, last []int64 // microseconds
	all         bool    // none follows
}

// Of the dates kept: from a month back, at most keptDates, not beyond the first
// that is more than keptAhead away; for keptFor.
const (
	keptBack  = 31 * 24 * time.Hour
	keptAhead = 400 * 24 * time.Hour
	keptDates = 100
	keptFor   = 20 * 24 * time.Hour
)

func newSeries(e federation.Event) *series { return &series{event: e} }

// renewed are the kept dates, made anew when they are old.
func (s *series) renewed(now time.Time) *dates {
	if d := s.kept.Load(); d != nil && now.Sub(d.made) < keptFor && d.made.Sub(now) < keptFor {
		return d
	}
	from := now.Add(-keptBack)
	d := &dates{made: now, from: from.UnixMicro(), all: true}
	for o := range s.event.From(from) {
		last := o.Last(s.event.AllDay).UnixMicro()
		if n := len(d.last); n == keptDates || n > 0 && o.Start.Sub(now) > keptAhead || n > 0 && last < d.last[n-1] {
			d.all = false
			break
		}
		d.start, d.last = append(d.start, o.Start.UnixMicro()), append(d.last, last)
	}
	s.kept.Store(d)
	return d
}

// next is the start of the first date that is not over at a moment; false when
// all are. Both are in microseconds.
func (s *series) next(at int64, now time.Time) (int64, bool) {
	d := s.renewed(now)
	if at >= d.from {
		if i := sort.Search(len(d.last), func(i int) bool { return d.last[i] >= at }); i < len(d.last) {
			return d.start[i], true
		}
		if d.all {
			return 0, false
		}
	}
	after := time.Time{}
	if at > math.MinInt64 {
		after = time.UnixMicro(at)
	}
	o, ok := s.event.Next(after)
	return o.Start.UnixMicro(), ok
}

// within reports whether a date falls in the span; to is exclusive.
func (s *series) within(from, to int64, now time.Time) bool {
	start, ok := s.next(from, now)
	return ok && start < to
}

// recur makes document d one that recurs.
func (s *segment) recur(d uint32, one *series) {
	if s.series == nil {
		s.series = map[uint32]*series{}
	}
	s.series[d] = one
}

// mark follows from series once all documents are there.
func (s *segment) mark() {
	if len(s.series) == 0 {
		return
	}
	s.recurring = newBitmap(s.len())
	for d := range s.series {
		s.recurring.set(d)
	}
}

// renew sees to it that no search has to make the dates of all series.
func (v *view) renew(now time.Time) {
	for _, p := range v.parts {
		for _, s := range p.series {
			s.renewed(now)
		}
	}
}

// layoutSeries writes or reads the rules; the dates follow from them.
func (s *segment) layoutSeries(c coder) {
	docs := slices.Sorted(maps.Keys(s.series))
	events := make([]string, len(docs))
	for i, d := range docs {
		b, err := json.Marshal(s.series[d].event)
		if err != nil { // a year of five digits: the rule is lost, the event is not
			b = []byte("{}")
		}
		events[i] = string(b)
	}
	c.uint32s(&docs)
	c.strings(&events)
	if !c.good() || s.series != nil || len(docs) != len(events) {
		return
	}
	for i, d := range docs {
		var e federation.Event
		if json.Unmarshal([]byte(events[i]), &e) == nil && e.Recurs() {
			s.recur(d, newSeries(e))
		}
	}
}

// seriesFit marks the series read from a snapshot, and reports whether they
// are of documents that there are.
func (s *segment) seriesFit() bool {
	for d := range s.series {
		if int(d) >= s.len() {
			return false
		}
	}
	s.mark()
	return true
}
