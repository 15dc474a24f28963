package dates

import (
	"strconv"
	"strings"
	"time"
)

// parseUnix reads seconds or milliseconds since 1970, of this century.
func parseUnix(s string) (time.Time, bool) {
	s = strings.TrimPrefix(s, "@")
	if whole, part, ok := strings.Cut(s, "."); ok && len(whole) == 10 && digits(part) {
		s = whole
	}
	if len(s) != 10 && len(s) != 13 || !digits(s) {
		return time.Time{}, false
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n < 900_000_000 {
		return time.Time{}, false
	}
	if len(s) == 13 {
		return time.UnixMilli(n).UTC(), true
	}
	return time.Unix(n, 0).UTC(), true
}

// parseISO reads ISO 8601 and its W3C profile (NOTE-datetime): extended and
// basic dates, ordinal dates, a year, a year and month, with an optional time
// after T, t or white space and an optional zone.
func parseISO(s string, loc *time.Location) (time.Time, bool) {
	date, rest := s, ""
	if i := strings.IndexByte(s, '['); i > 0 && strings.HasSuffix(s, "]") { // RFC 9557
		s = s[:i]
		date = s
	}
	if len(s) == 12 || len(s) == 14 { // 20250204140500
		if t, ok := isoRun(s, loc); ok {
			return t, true
		}
	}
	if i := strings.IndexAny(s, "Tt "); i > 0 {
		date, rest = strings.TrimSuffix(s[:i], ","), strings.TrimSpace(s[i+1:])
		if rest == "" {
			return time.Time{}, false
		}
	}
	m, ok := isoDate(date)
	if !ok {
		return time.Time{}, false
	}
	if rest != "" && !m.isoTime(rest) {
		return time.Time{}, false
	}
	return m.in(loc)
}

// isoRun reads a date and a time without anything between them.
func isoRun(s string, loc *time.Location) (time.Time, bool) {
	if !digits(s) || s < "19" || s > "21" {
		return time.Time{}, false
	}
	m, ok := isoDate(s[:8])
	if !ok || !m.isoTime(s[8:]) {
		return time.Time{}, false
	}
	return m.in(loc)
}

func isoDate(s string) (moment, bool) {
	zoned := false
	if rest, ok := strings.CutSuffix(s, "+00:00"); ok && len(rest) >= 8 {
		s = rest + "Z"
	}
	if strings.HasSuffix(s, "Z") && len(s) > 8 { // xs:date
		s, zoned = s[:len(s)-1], true
	}
	m := moment{month: 1, day: 1}
	if zoned {
		m.zone = time.UTC
	}
	if len(s) == 6 && s[0] == '-' && s[3] == '-' { // -YY-MM
		s = s[:3] + s[4:]
	}
	if strings.HasPrefix(s, "-") && len(s) == 5 && digits(s[1:]) { // -YYMM of ISO 8601:1988
		m.year, m.month = century(number(s[1:3])), number(s[3:])
		return m, true
	}
	if year, rest, ok := strings.Cut(strings.ToUpper(s), "W"); ok {
		return week(m, strings.TrimSuffix(year, "-"), strings.ReplaceAll(rest, "-", ""))
	}
	parts := strings.Split(s, "-")
	for _, p := range parts {
		if !digits(p) {
			return m, false
		}
	}
	switch {
	case len(parts) == 1 && len(s) == 4:
		m.year = number(s)
	case len(parts) == 1 && len(s) == 8:
		m.year, m.month, m.day = number(s[:4]), number(s[4:6]), number(s[6:])
	case len(parts) == 1 && len(s) == 7:
		return ordinal(m, s[:4], s[4:])
	case len(parts) == 1 && len(s) == 6: // YYMMDD
		m.year, m.month, m.day = century(number(s[:2])), number(s[2:4]), number(s[4:])
	case len(parts) == 1 && len(s) == 5: // YYDDD
		return ordinal(m, strconv.Itoa(century(number(s[:2]))), s[2:])
	case len(parts) == 2 && len(parts[0]) == 4 && len(parts[1]) == 3:
		return ordinal(m, parts[0], parts[1])
	case len(parts) == 2 && len(parts[0]) == 4:
		m.year, m.month = number(parts[0]), number(parts[1])
	case len(parts) == 3 && len(parts[0]) == 4 && len(strings.TrimPrefix(parts[1], "0")) <= 2 && len(parts[1]) <= 3 && len(parts[2]) <= 2: // 2003-012-31 was Google's
		m.year, m.month, m.day = number(parts[0]), number(parts[1]), number(parts[2])
	default:
		return m, false
	}
	return m, true
}

// week reads the week and the day of a week date (ISO 8601, 5.2.3).
func week(m moment, year, rest string) (moment, bool) {
	if len(year) != 4 || !digits(year) || !digits(rest) || len(rest) != 2 && len(rest) != 3 {
		return m, false
	}
	n, day := number(rest[:2]), 1
	if len(rest) == 3 {
		day = number(rest[2:])
	}
	fourth := time.Date(number(year), 1, 4, 0, 0, 0, 0, time.UTC) // is in week 1
	t := fourth.AddDate(0, 0, 7*(n-1)+day-1-(int(fourth.Weekday())+6)%7)
	if y, w := t.ISOWeek(); day < 1 || day > 7 || y != number(year) || w != n {
		return m, false
	}
	m.year, m.month, m.day = t.Year(), int(t.Month()), t.Day()
	return m, true
}

func ordinal(m moment, year, day string) (moment, bool) {
	t := time.Date(number(year), 1, number(day), 0, 0, 0, 0, time.UTC)
	if t.Year() != number(year) {
		return m, false
	}
	m.year, m.month, m.day = t.Year(), int(t.Month()), t.Day()
	return m, true
}

// isoTime reads "14:05:00.5+01:00", "140500Z", "14:05 CET".
func (m *moment) isoTime(s string) bool {
	end := strings.IndexFunc(s, func(r rune) bool { return (r < '0' || r > '9') && r != ':' && r != '.' && r != ',' })
	if end < 0 {
		end = len(s)
	}
	clock, zone := s[:end], strings.TrimSpace(s[end:])
	if rest, ok := strings.CutSuffix(strings.ToLower(zone), "z"); ok && strings.ContainsAny(rest, "+-") { // said twice
		zone = rest
	}
	if len(clock) == 2 && (end == len(s) || s[end] != 'h' && s[end] != 'H') {
		clock += ":00"
	}
	if len(clock) == 6 && digits(clock) {
		clock = clock[:2] + ":" + clock[2:4] + ":" + clock[4:]
	} else if len(clock) == 4 && digits(clock) {
		clock = clock[:2] + ":" + clock[2:]
	}
	if !m.clock(clock, ":") {
		return false
	}
	if zone == "" {
		return true
	}
	z, ok := zoneOf(zone)
	if ok {
		m.zone = z
	}
	return ok
}

// clock reads hours, minutes and perhaps seconds with a fraction.
func (m *moment) clock(s, sep string) bool {
	parts := strings.Split(s, sep)
	if len(parts) < 2 || len(parts) > 3 {
		return false
	}
	if last := len(parts) - 1; last == 2 {
		frac := ""
		if i := strings.IndexAny(parts[last], ".,"); i >= 0 {
			parts[last], frac = parts[last][:i], parts[last][i+1:]
			if !digits(frac) {
				return false
			}
			frac = (frac + "000000000")[:9]
			m.nsec = number(frac)
		}
	}
	for _, p := range parts {
		if len(p) > 2 || !digits(p) {
			return false
		}
	}
	m.hour, m.min, m.hasTime = number(parts[0]), number(parts[1]), true
	if len(parts) == 3 {
		m.sec = number(parts[2])
	}
	return true
}

func digits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// number is the value of up to nine digits; the caller has checked that they
// are digits.
func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return -1
	}
	return n
}
