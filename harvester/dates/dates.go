// Package dates reads the dates that feeds, pages and calendars of public
// bodies really carry: RFC 822 with its many variants, W3C date and time, ISO
// 8601 in its basic form, Unix time, and dates written out in French, German,
// Dutch, Spanish, Italian, Basque and English; and the zones that they name,
// whether by the zone data, by Windows, by Outlook or by an offset.
//
// It knows no clock: a date without a year is refused rather than guessed. It
// guarantees that nothing panics, and that a text with a part it does not
// understand is refused rather than read in part.
package dates

import (
	"strings"
	"time"
)

// maxLen is longer than any date of the corpus by far; longer texts are prose.
const maxLen = 100

// Parse reads s, which is written in the language with the BCP 47 tag lang
// ("" when unknown), and reports whether it is a date.
//
// A date that names no zone is civil time in loc; nil means UTC. A date
// without a time is the first moment of its day there. Two-digit years are
// 1970 to 2069. In an ambiguous 3/4/2025 the day comes first, except in en-US.
// The result keeps the offset that was written.
func Parse(s, lang string, loc *time.Location) (time.Time, bool) {
	if loc == nil {
		loc = time.UTC
	}
	s = strings.TrimSpace(s)
	if s == "" || len(s) > maxLen {
		return time.Time{}, false
	}
	if t, ok := parseUnix(s); ok {
		return t, true
	}
	if t, ok := parseISO(s, loc); ok {
		return t, true
	}
	p := parser{lang: primary(lang), monthFirst: strings.EqualFold(lang, "en-us"), loc: loc}
	return p.parse(s)
}

// Zoned reports whether a date that [Parse] reads names its zone: it is the same
// moment wherever it is read.
func Zoned(s, lang string) bool {
	here, ok := Parse(s, lang, time.UTC)
	there, _ := Parse(s, lang, time.FixedZone("", 3600))
	return ok && here.Equal(there)
}

func primary(lang string) string {
	lang, _, _ = strings.Cut(strings.ToLower(lang), "-")
	return lang
}

// moment is a date as it is put together. Zero means not given for year,
// month and day.
type moment struct {
	year, month, day  int
	hour, min, sec    int
	nsec              int
	zone              *time.Location // nil = not given
	hasTime, pm, noon bool           // noon: am or pm was said
	named             string         // the word for noon or midnight that was said
}

// in returns the moment as a time, or false when there is no such date.
func (m moment) in(loc *time.Location) (time.Time, bool) {
	if m.zone != nil {
		loc = m.zone
	}
	if m.noon {
		if m.hour < 1 || m.hour > 12 {
			return time.Time{}, false
		}
		m.hour %= 12
		if m.pm {
			m.hour += 12
		}
	}
	midnight := m.hour == 24 && m.min == 0 && m.sec == 0 // ISO 8601: the end of the day
	if m.month < 1 || m.month > 12 || m.day < 1 || m.day > daysIn(m.year, m.month) ||
		(m.hour > 23 && !midnight) || m.min > 59 || m.sec > 60 {
		return time.Time{}, false
	}
	return time.Date(m.year, time.Month(m.month), m.day, m.hour, m.min, m.sec, m.nsec, loc), true
}

func daysIn(year, month int) int {
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// century completes a year of two digits.
func century(y int) int {
	switch {
	case y < 70:
		return 2000 + y
	case y < 100:
		return 1900 + y
	}
	return y
}
