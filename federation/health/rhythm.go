package health

import (
	"slices"
	"time"

	"github.com/plonegov/carillon/federation"
)

// Rhythm is how much a source usually brings, and how much of late.
type Rhythm struct {
	Gap     time.Duration // usual time between new items, 0 = not known
	Quiet   time.Duration // from the last change to the last reading, 0 = not known
	PerWeek float64       // median of the whole weeks; means nothing unless Known
	Known   bool          // there are enough whole weeks for a median
	Weeks   []Week        // newest first, at most 12; the first is the present one
}

// Week counts the new items of one week. Weeks are counted from 1970, so they
// begin on Thursdays.
type Week struct {
	Start time.Time
	New   int
	Read  bool // false: the source was not read since
}

// MostWeeks is how many weeks a rhythm tells of.
const MostWeeks = 12

const (
	week       = 7 * 24 * time.Hour
	fewestFull = 3 // whole weeks that a median is worth telling of
)

// RhythmOf is the rhythm of a source with the state s.
func RhythmOf(s federation.SourceState, now time.Time) Rhythm {
	r := Rhythm{Gap: s.Gap, Weeks: weeks(s, weekOf(now))}
	if !s.LastNew.IsZero() && s.LastSuccess.After(s.LastNew) {
		r.Quiet = s.LastSuccess.Sub(s.LastNew)
	}
	var whole []int
	for i, w := range r.Weeks {
		if first := i == len(r.Weeks)-1 && len(s.Weeks) < MostWeeks; i > 0 && w.Read && !first {
			whole = append(whole, w.New)
		}
	}
	if r.Known = len(whole) >= fewestFull; r.Known {
		slices.Sort(whole)
		r.PerWeek = float64(whole[(len(whole)-1)/2]+whole[len(whole)/2]) / 2
	}
	return r
}

// weeks lines the weeks of s up to the present one. The harvester adds a week
// only when it reads a document, so those since may be missing: nothing was
// new in them as long as the source answered.
func weeks(s federation.SourceState, present int) []Week {
	if len(s.Weeks) == 0 {
		return nil
	}
	read := weekOf(s.LastSuccess)
	var out []Week
	for n := present; len(out) < MostWeeks && s.Week-n < len(s.Weeks); n-- {
		w := Week{Start: time.Unix(int64(n)*int64(week/time.Second), 0).UTC(), Read: n <= max(read, s.Week)}
		if i := s.Week - n; i >= 0 {
			w.New = s.Weeks[i]
		}
		out = append(out, w)
	}
	return out
}

func weekOf(t time.Time) int { return int(t.Unix() / int64(week/time.Second)) }

// Silent reports whether nothing has come for three times the usual gap.
func (r Rhythm) Silent() bool { return r.Gap > 0 && r.Quiet > 3*r.Gap }

// Completeness is which part of what the source lists the hub has, from 0 to
// 1. It is known only when the last document read listed something.
func Completeness(s federation.SourceState) (part float64, known bool) {
	if s.Listed <= 0 {
		return 0, false
	}
	return float64(s.Kept()) / float64(s.Listed), true
}
