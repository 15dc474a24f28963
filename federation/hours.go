package federation

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Hours are the usual week of a place, and days on which it is closed all the
// same, as tokens joined by "; ": "Mo 09:00-12:00; Mo 13:30-17:00; 2026-12-25
// off". They are by the clock on the wall of the place. "" = not known, or more
// than this can say: seasons, appointments. See [NewHours].
type Hours string

// Opening is one stretch of a week. From and To are minutes since midnight; an
// end that is not after its beginning is on the day after.
type Opening struct {
	Day      time.Weekday
	From, To int
}

// Bounds of what a source may tell of a place.
const (
	maxOpenings = 100
	maxClosed   = 100
	dayMinutes  = 24 * 60
)

var dayNames = [...]string{"Su", "Mo", "Tu", "We", "Th", "Fr", "Sa"}

// NewHours makes hours of a week and of days of closure, of which only the date
// counts; "" of an empty week, of one that has a time of day that there is not,
// and of more than 100 of either.
func NewHours(week []Opening, closed []time.Time) Hours {
	if len(week) == 0 || len(week) > maxOpenings || len(closed) > maxClosed {
		return ""
	}
	week = slices.Clone(week)
	slices.SortFunc(week, func(a, b Opening) int {
		return cmp.Or(cmp.Compare((a.Day+6)%7, (b.Day+6)%7), cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To))
	})
	var parts []string
	for _, o := range slices.Compact(week) {
		if o.Day < 0 || o.Day > 6 || o.From < 0 || o.From >= dayMinutes || o.To < 0 || o.To > dayMinutes {
			return ""
		}
		parts = append(parts, fmt.Sprintf("%s %02d:%02d-%02d:%02d", dayNames[o.Day], o.From/60, o.From%60, o.To/60, o.To%60))
	}
	var days []string
	for _, t := range closed {
		days = append(days, t.Format(time.DateOnly)+" off")
	}
	slices.Sort(days)
	return Hours(strings.Join(append(parts, slices.Compact(days)...), "; "))
}

// read takes the text apart; ok is false for one that NewHours did not make.
func (h Hours) read() (week []Opening, closed []string, ok bool) {
	for token := range strings.SplitSeq(string(h), "; ") {
		if day, off := strings.CutSuffix(token, " off"); off {
			closed = append(closed, day)
			continue
		}
		o, good := ParseOpenings(token)
		if !good {
			return nil, nil, false
		}
		week = append(week, o...)
	}
	return week, closed, len(week) > 0
}

// At tells whether the place is open at a moment, given in its own zone, and
// until when that stays so; until is zero when nothing changes in the eight
// days to come. known is false when h does not tell.
func (h Hours) At(t time.Time) (open bool, until time.Time, known bool) {
	week, closed, known := h.read()
	if !known {
		return false, time.Time{}, false
	}
	type stretch struct{ from, to time.Time }
	var stretches []stretch
	for i := -1; i <= 8; i++ {
		day := time.Date(t.Year(), t.Month(), t.Day()+i, 0, 0, 0, 0, t.Location())
		if slices.Contains(closed, day.Format(time.DateOnly)) {
			continue
		}
		for _, o := range week {
			if o.Day != day.Weekday() {
				continue
			}
			at := func(minute int) time.Time {
				return time.Date(day.Year(), day.Month(), day.Day(), 0, minute, 0, 0, t.Location())
			}
			to := o.To
			if to <= o.From {
				to += dayMinutes
			}
			stretches = append(stretches, stretch{at(o.From), at(to)})
		}
	}
	slices.SortFunc(stretches, func(a, b stretch) int { return a.from.Compare(b.from) })
	for _, s := range stretches {
		switch {
		case open && s.from.After(until):
			return true, until, true
		case open:
			until = later(until, s.to)
		case s.from.After(t):
			return false, s.from, true
		case s.to.After(t):
			open, until = true, s.to
		}
	}
	if open && until.After(t.AddDate(0, 0, 8)) {
		until = time.Time{} // it never closes
	}
	return open, until, true
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// ParseOpenings reads openingHours of schema.org: days, then times, as
// "Mo-Fr 09:00-12:00,13:30-17:00" or "Sa,Su 10:00-12:00". ok is false for
// anything else, a remark behind it too.
func ParseOpenings(s string) (week []Opening, ok bool) {
	days, times, found := strings.Cut(strings.TrimSpace(s), " ")
	if !found || len(s) > 300 {
		return nil, false
	}
	for span := range strings.SplitSeq(days, ",") {
		first, last, isSpan := strings.Cut(span, "-")
		from, to := dayCalled(first), dayCalled(last)
		if !isSpan {
			to = from
		}
		if from < 0 || to < 0 {
			return nil, false
		}
		for range 7 {
			for t := range strings.SplitSeq(times, ",") {
				opens, closes, ok := strings.Cut(strings.TrimSpace(t), "-")
				a, good := ParseClock(opens)
				b, fine := ParseClock(closes)
				if !ok || !good || !fine {
					return nil, false
				}
				week = append(week, Opening{from, a, b})
			}
			if from == to {
				break
			}
			from = (from + 1) % 7
		}
	}
	return week, len(week) > 0 && len(week) <= maxOpenings
}

func dayCalled(name string) time.Weekday {
	return time.Weekday(slices.IndexFunc(dayNames[:], func(d string) bool { return d == name }))
}

// ParseClock reads a time of day, "09:00", "9:30" or "09:00:00", as minutes
// since midnight; "24:00" is the end of the day.
func ParseClock(s string) (minutes int, ok bool) {
	h, rest, found := strings.Cut(strings.TrimSpace(s), ":")
	m, sec, hasSeconds := strings.Cut(rest, ":")
	hours, err1 := strconv.ParseUint(h, 10, 8)
	min, err2 := strconv.ParseUint(m, 10, 8)
	ok = found && err1 == nil && err2 == nil && len(h) <= 2 && len(m) == 2 && (!hasSeconds || sec == "00")
	minutes = int(hours*60 + min)
	return minutes, ok && min < 60 && minutes <= dayMinutes
}

// ParseWeek reads several openings of schema.org, or of OpenStreetMap, parted by
// ";": "Mo-Fr 09:00-12:00,13:30-17:00; Sa 10:00-12:00". It is "" when one of
// them is not read: a week of which a part is missing says that a place is
// closed when it is open.
func ParseWeek(s string) Hours {
	var week []Opening
	for part := range strings.SplitSeq(s, ";") {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		o, ok := ParseOpenings(strings.ReplaceAll(part, ", ", ","))
		if !ok {
			return ""
		}
		week = append(week, o...)
	}
	return NewHours(week, nil)
}
