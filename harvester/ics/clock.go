package ics

import (
	"strconv"
	"strings"
	"time"

	"github.com/plonegov/carillon/harvester/dates"
)

// firstYear is that of the first date taken for one: zones begin in 1601.
const firstYear = 1000

// stamp is a value of type DATE or DATE-TIME (RFC 5545, 3.3.4 and 3.3.5).
type stamp struct {
	time  time.Time      // of a day: its first moment in zone
	zone  *zone          // where the clock hangs; nil = written in UTC or with an offset
	date  bool           // a day
	wall  time.Time      // what is written, as if in UTC
	fixed bool           // written in UTC or with an offset
	civil *time.Location // of the source
}

// stamp reads one value of a property. Without a zone of its own it is in the
// calendar's.
func (z *zones) stamp(value string, p property) (stamp, bool) {
	value = strings.ToUpper(strings.TrimSpace(value))
	tz := z.home
	if id := p.param("TZID"); id != "" {
		tz = z.find(id)
	}
	if w, day, utc, ok := digitsOf(value); ok {
		s := stamp{zone: tz, civil: z.civil, date: day || strings.EqualFold(p.param("VALUE"), "DATE"), wall: w}
		switch {
		case s.date: // a day is one of the place; it never passes through UTC
			if tz.loc == time.UTC {
				s.zone = named(z.civil)
			}
			s.wall = w.Truncate(24 * time.Hour)
			s.time = s.zone.at(s.wall)
		case utc:
			s.time, s.zone, s.fixed = w, nil, true
		default:
			s.time = tz.at(w)
		}
		return s, true
	}
	// Other ways to write a date.
	t, ok := dates.Parse(value, z.lang, time.UTC)
	if !ok || t.Year() < firstYear || t.Year() > 9998 {
		return stamp{}, false
	}
	s := stamp{zone: tz, civil: z.civil, date: len(value) == len("2006-01-02") && strings.Count(value, "-") == 2}
	s.wall = time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), 0, time.UTC)
	if dates.Zoned(value, z.lang) {
		s.time, s.zone, s.fixed = t, nil, true
		return s, true
	}
	s.time = tz.at(s.wall)
	return s, true
}

// in is the wall clock of s where start is.
func (s stamp) in(start stamp) time.Time {
	t := s.time.In(start.time.Location())
	if start.zone != nil {
		t = s.time.In(start.zone.location(s.wall))
	}
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), 0, time.UTC)
}

// at is the moment at which the clock of s shows wall.
func (s stamp) at(wall time.Time) time.Time {
	if s.zone != nil {
		return s.zone.at(wall)
	}
	return time.Date(wall.Year(), wall.Month(), wall.Day(), wall.Hour(), wall.Minute(), wall.Second(), 0, s.time.Location())
}

// digitsOf reads 20260501, 20260501T193000, 20260501T1930 and the last two
// with Z, the second being 60 at most. The hour 24 is the end of its day.
func digitsOf(s string) (wall time.Time, day, utc, ok bool) {
	s, utc = strings.CutSuffix(s, "Z")
	date, clock, timed := strings.Cut(s, "T")
	if len(date) != 8 || timed && len(clock) != 6 && len(clock) != 4 && clock != "" {
		return wall, false, false, false
	}
	clock = (clock + "000000")[:6]
	n, err := strconv.ParseUint(date, 10, 32)
	c, err2 := strconv.ParseUint(clock, 10, 32)
	y, m, d := int(n/10000), int(n/100%100), int(n%100)
	hour, min, sec := int(c/10000), int(c/100%100), int(c%100)
	if err != nil || err2 != nil || y < firstYear || y > 9998 || hour > 24 || min > 59 || sec > 60 || hour == 24 && min+sec > 0 {
		return wall, false, false, false
	}
	wall = time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if wall.Day() != d || int(wall.Month()) != m {
		return wall, false, false, false
	}
	wall = wall.Add(time.Duration(hour)*time.Hour + time.Duration(min)*time.Minute + time.Duration(sec)*time.Second)
	return wall, !timed || s == date+"T", utc, true
}

// duration is a value of type DURATION (RFC 5545, 3.3.6): days go by the
// calendar, the rest by the clock.
type duration struct {
	days  int
	clock time.Duration
}

// maxDays bounds a duration; longer ones are slips.
const maxDays = 4000

func readDuration(s string) (d duration, ok bool) {
	s = strings.ToUpper(strings.TrimSpace(s))
	negative := strings.HasPrefix(s, "-")
	s, ok = strings.CutPrefix(strings.TrimLeft(s, "+-"), "P")
	if !ok || s == "" {
		return d, false
	}
	inTime := false
	for s != "" {
		if s[0] == 'T' {
			inTime, s = true, s[1:]
			continue
		}
		i := strings.IndexFunc(s, func(r rune) bool { return r < '0' || r > '9' })
		if i <= 0 || i > 8 {
			return d, false
		}
		n, err := strconv.Atoi(s[:i])
		if err != nil {
			return d, false
		}
		switch unit := s[i]; {
		case unit == 'W' && !inTime:
			d.days += 7 * n
		case unit == 'D' && !inTime:
			d.days += n
		case unit == 'H' && inTime:
			d.clock += time.Duration(n) * time.Hour
		case unit == 'M' && inTime:
			d.clock += time.Duration(n) * time.Minute
		case unit == 'S' && inTime:
			d.clock += time.Duration(n) * time.Second
		default:
			return d, false
		}
		if s = s[i+1:]; d.days > maxDays || d.clock > maxDays*24*time.Hour {
			return d, false
		}
	}
	return d, !negative && (d.days > 0 || d.clock > 0)
}
