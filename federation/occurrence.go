package federation

import (
	"iter"
	"time"

	"github.com/plonegov/carillon/federation/recur"
)

// Occurrence is one date of an event.
type Occurrence = recur.Occurrence

// Dates are those of the event, as [recur.Set] counts them: in its Zone, or by
// the offset of its Start where that is none of the zone data.
func (e Event) Dates() recur.Set {
	zone, _ := Location(e.Zone)
	return recur.Set{Start: e.Start, End: e.End, AllDay: e.AllDay, Zone: zone, Rules: e.Recurrence, Extra: e.Extra, Except: e.Except}
}

// Recurs reports whether the event may have more than one date.
func (e Event) Recurs() bool { return e.Dates().Recurs() }

// Occurrences returns the dates of which a moment lies in a span; see
// [recur.Set.Between]. An event that does not recur has one.
func (e Event) Occurrences(from, to time.Time) []Occurrence { return e.Dates().Between(from, to) }

// From gives the dates of the event that are not over at a moment, one by one
// in order.
func (e Event) From(from time.Time) iter.Seq[Occurrence] { return e.Dates().From(from) }

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
