package recur

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/teambition/rrule-go"
)

// Bounds of a rule (RFC 5545, 3.3.10) beyond what the grammar says.
const (
	maxRule     = 1000       // bytes
	maxInterval = 10_000_000 // of any frequency
	maxClocks   = 100        // BYHOUR × BYMINUTE × BYSECOND
)

// Rule is the RRULE value that is written, however leniently, as [Set] takes it:
// in capitals, without white space, without "RRULE:". An error says why a set
// cannot follow it.
func Rule(written string) (string, error) {
	rule := normal(written)
	_, err := parseRule(rule, time.UTC)
	return rule, err
}

// normal takes out the white space, and what RFC 7529 adds where it says the
// calendar and the way that are in force without it.
func normal(value string) string {
	value = strings.TrimPrefix(strings.ToUpper(strings.Join(strings.Fields(value), "")), "RRULE:")
	parts := strings.Split(value, ";")
	return strings.Join(slices.DeleteFunc(parts, func(p string) bool { return p == "" || p == "RSCALE=GREGORIAN" || p == "SKIP=OMIT" }), ";")
}

// rule is one RRULE, on clocks on the wall.
type rule struct {
	rrule.ROption
}

// readRule makes a rule ready to be counted: what it takes from the start of
// the set is written out, so that counting may begin later.
func readRule(value string, start time.Time, zone *time.Location, allDay bool) (rule, bool) {
	o, err := parseRule(value, zone)
	if err != nil || start.Year() < 1 || start.Year() > rrule.MAXYEAR {
		return rule{}, false
	}
	o.Dtstart = start
	if allDay {
		if o.Freq > rrule.DAILY {
			return rule{}, false
		}
		o.Byhour, o.Byminute, o.Bysecond = nil, nil, nil
	}
	if !o.Until.IsZero() {
		o.Until = untilWall(value, o.Until, zone, allDay)
	}
	if o.Freq < rrule.DAILY && len(o.Byweekno)+len(o.Byyearday)+len(o.Bymonthday)+len(o.Byweekday) == 0 {
		switch o.Freq {
		case rrule.YEARLY:
			if len(o.Bymonth) == 0 {
				o.Bymonth = []int{int(start.Month())}
			}
			o.Bymonthday = []int{start.Day()}
		case rrule.MONTHLY:
			o.Bymonthday = []int{start.Day()}
		case rrule.WEEKLY:
			o.Byweekday = []rrule.Weekday{weekdays[start.Weekday()]}
		}
	}
	if o.Freq < rrule.HOURLY && len(o.Byhour) == 0 {
		o.Byhour = []int{start.Hour()}
	}
	if o.Freq < rrule.MINUTELY && len(o.Byminute) == 0 {
		o.Byminute = []int{start.Minute()}
	}
	if len(o.Bysecond) == 0 {
		o.Bysecond = []int{start.Second()}
	}
	return rule{o}, reachable(o)
}

var weekdays = [...]rrule.Weekday{rrule.SU, rrule.MO, rrule.TU, rrule.WE, rrule.TH, rrule.FR, rrule.SA}

// parseRule reads a rule as lenient as calendars are written, and refuses what
// the library would run on without end or fail on.
func parseRule(value string, zone *time.Location) (rrule.ROption, error) {
	if value = normal(value); len(value) > maxRule {
		return rrule.ROption{}, fmt.Errorf("the rule is longer than %d bytes", maxRule)
	}
	if strings.Contains(value, "DTSTART") || strings.Contains(value, "BYEASTER") {
		return rrule.ROption{}, fmt.Errorf("the rule %q holds what RFC 5545 does not know", value)
	}
	o, err := rrule.StrToROptionInLocation(value, zone)
	if err != nil {
		return rrule.ROption{}, fmt.Errorf("the rule %q cannot be read: %w", value, err)
	}
	for _, list := range []*[]int{&o.Bysetpos, &o.Bymonth, &o.Bymonthday, &o.Byyearday, &o.Byweekno, &o.Byhour, &o.Byminute, &o.Bysecond} {
		slices.Sort(*list)
		*list = slices.Compact(*list)
	}
	if _, err := rrule.NewRRule(*o); err != nil {
		return rrule.ROption{}, fmt.Errorf("the rule %q cannot be: %w", value, err)
	}
	return *o, sensible(*o, value)
}

// sensible refuses rules that rrule-go fails on or does not come back from,
// and those that are no dates of anything people go to.
func sensible(o rrule.ROption, value string) error {
	inMonth := o.Freq == rrule.MONTHLY || o.Freq == rrule.YEARLY && len(o.Bymonth) > 0
	switch {
	case o.Freq == rrule.SECONDLY:
		return fmt.Errorf("the rule %q is for every second", value)
	case o.Interval < 0 || o.Interval > maxInterval:
		return fmt.Errorf("the rule %q has an interval that cannot be", value)
	case o.Count < 0:
		return fmt.Errorf("the rule %q has a count that cannot be", value)
	case o.Freq > rrule.DAILY && len(o.Bysetpos) > 0:
		return fmt.Errorf("the rule %q picks among the moments of an hour", value)
	case max(len(o.Byhour), 1)*max(len(o.Byminute), 1)*max(len(o.Bysecond), 1) > maxClocks:
		return fmt.Errorf("the rule %q has more than %d times a day", value, maxClocks)
	case inMonth && slices.ContainsFunc(o.Byweekday, func(d rrule.Weekday) bool { return d.N() > 5 || d.N() < -5 }):
		return fmt.Errorf("the rule %q counts more than five of a weekday in a month", value)
	}
	return nil
}

// reachable reports whether a rule of hours or minutes ever comes to a day and
// a time of day that it allows: to look for them minute by minute is slow.
func reachable(o rrule.ROption) bool {
	if o.Freq <= rrule.DAILY {
		return true
	}
	daily := rule{o}
	daily.Freq, daily.Interval, daily.Count, daily.Until = rrule.DAILY, 1, 0, time.Time{}
	daily.Byhour, daily.Byminute, daily.Bysecond = []int{0}, []int{0}, []int{0}
	if _, ok := daily.dates(time.Time{})(); !ok {
		return false
	}
	step := max(o.Interval, 1)
	if o.Freq == rrule.HOURLY {
		step *= 60
	}
	step = gcd(step, 1440)
	from := o.Dtstart.Hour()*60 + o.Dtstart.Minute()
	for m := from % step; m < 1440; m += step {
		if (len(o.Byhour) == 0 || slices.Contains(o.Byhour, m/60)) &&
			(o.Freq == rrule.HOURLY || len(o.Byminute) == 0 || slices.Contains(o.Byminute, m%60)) {
			return true
		}
	}
	return false
}

func gcd(a, b int) int {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

// untilWall is the end of a rule on the clock on the wall. A day takes in its
// whole day; so does a midnight, written in UTC, of an event that lasts days.
func untilWall(value string, until time.Time, zone *time.Location, allDay bool) time.Time {
	_, v, _ := strings.Cut(strings.ToUpper(value), "UNTIL=")
	v, _, _ = strings.Cut(strings.TrimSpace(v), ";")
	if utc := strings.HasSuffix(v, "T000000Z"); !utc || !allDay {
		until = until.In(zone)
	}
	until = time.Date(until.Year(), until.Month(), until.Day(), until.Hour(), until.Minute(), until.Second(), 0, time.UTC)
	if len(v) == len("20060102") {
		return until.AddDate(0, 0, 1).Add(-time.Second)
	}
	return until
}

// dates counts from a date of the rule at or before from, or from its start.
func (r rule) dates(from time.Time) func() (time.Time, bool) {
	none := func() (time.Time, bool) { return time.Time{}, false }
	if r.Count == 0 {
		if !r.Until.IsZero() && r.Until.Before(from) {
			return none
		}
		r.skip(from)
	}
	// The calendar repeats itself after 400 years, weekdays included. Counted
	// near the last year that the library knows, a rule that never comes true
	// (30 February) is soon at its end.
	shift := (rrule.MAXYEAR - max(r.Dtstart.Year(), from.Year())) / 400 * 400
	if shift < 0 {
		return none
	}
	r.Dtstart = r.Dtstart.AddDate(shift, 0, 0)
	if r.Until.IsZero() || r.Until.Year()+shift > rrule.MAXYEAR {
		r.Until = time.Date(rrule.MAXYEAR, 12, 31, 23, 59, 59, 0, time.UTC)
	} else {
		r.Until = r.Until.AddDate(shift, 0, 0)
	}
	counted, err := rrule.NewRRule(r.ROption)
	if err != nil {
		return none
	}
	next := counted.Iterator()
	return func() (time.Time, bool) {
		t, ok := next()
		return t.AddDate(-shift, 0, 0), ok
	}
}

// skip moves the start to a period of the rule shortly before from, so that a
// series of many years is not counted through.
func (r *rule) skip(from time.Time) {
	if !from.After(r.Dtstart) {
		return
	}
	step, at := max(r.Interval, 1), r.Dtstart
	seconds := from.Unix() - at.Unix() // more than a time.Duration can hold
	periods := func(unit time.Duration) int { return int(seconds/int64(unit/time.Second)) / step * step }
	switch r.Freq {
	case rrule.YEARLY:
		if n := (from.Year() - at.Year()) / step * step; n > 0 {
			r.Dtstart = time.Date(at.Year()+n, 1, 1, 0, 0, 0, 0, time.UTC)
		}
	case rrule.MONTHLY:
		if n := ((from.Year()-at.Year())*12 + int(from.Month()-at.Month())) / step * step; n > 0 {
			r.Dtstart = time.Date(at.Year(), at.Month()+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
		}
	case rrule.WEEKLY:
		// A week less: the dates of a week may stand before the start's weekday.
		r.Dtstart = at.AddDate(0, 0, max(periods(7*24*time.Hour)-step, 0)*7)
	case rrule.DAILY:
		r.Dtstart = at.AddDate(0, 0, periods(24*time.Hour))
	case rrule.HOURLY:
		r.Dtstart = time.Unix(at.Unix()+int64(periods(time.Hour))*3600, 0).UTC()
	case rrule.MINUTELY:
		r.Dtstart = time.Unix(at.Unix()+int64(periods(time.Minute))*60, 0).UTC()
	}
}

// Divide ends the rules before a date and gives those that go on from it, as an
// entry for a date and all later ones does (RFC 5545, 3.2.13): what is left of a
// COUNT is counted.
func (s Set) Divide(at time.Time) (before, after string) {
	over := len(s.Between(time.Time{}, at))
	var ended, left []string
	for line := range strings.Lines(s.Rules) {
		if line = normal(line); line == "" {
			continue
		}
		parts := strings.Split(line, ";")
		count := slices.IndexFunc(parts, func(p string) bool { return strings.HasPrefix(p, "COUNT=") })
		n := 1
		if count >= 0 {
			n, _ = strconv.Atoi(parts[count][len("COUNT="):])
			n -= over
			parts[count] = fmt.Sprintf("COUNT=%d", n)
		}
		if n > 0 {
			left = append(left, strings.Join(parts, ";"))
		}
		parts = slices.DeleteFunc(parts, func(p string) bool { return strings.HasPrefix(p, "COUNT=") || strings.HasPrefix(p, "UNTIL=") })
		ended = append(ended, strings.Join(append(parts, "UNTIL="+at.Add(-time.Second).UTC().Format("20060102T150405Z")), ";"))
	}
	return strings.Join(ended, "\n"), strings.Join(left, "\n")
}
