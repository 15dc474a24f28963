package dates

import (
	"strings"
	"time"
)

// parser reads a date word by word, so that order, commas and joining words
// need no table of layouts.
type parser struct {
	moment
	lang       string
	monthFirst bool
	loc        *time.Location
	maybe      int   // a month whose name is also a weekday's: "mar."
	numbers    []int // day and year as they came
	four       []bool
}

func (p *parser) parse(s string) (time.Time, bool) {
	s = fold.Replace(strings.ToLower(s))
	if i := strings.IndexByte(s, '('); i > 0 && strings.HasSuffix(s, ")") { // "+0100 (CET)"
		s = s[:i]
	}
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == ',' || r == '\t' || r == '\n' || r == '\r' || r == '|' }) {
		if !p.word(w) {
			return time.Time{}, false
		}
	}
	if p.month == 0 {
		p.month = p.maybe
	}
	if !p.settle() {
		return time.Time{}, false
	}
	return p.in(p.loc)
}

// word takes the next word of the text.
func (p *parser) word(w string) bool {
	if p.hasTime && p.suffix(w) {
		return true
	}
	w = strings.TrimSuffix(strings.TrimPrefix(w, "l'"), ".")
	switch {
	case w == "" || strings.Trim(w, "-/.:'") == "" || fillers[w]:
		return true
	case strings.Contains(w, ":"):
		return !p.hasTime && p.timeAndZone(w)
	case w[0] >= '0' && w[0] <= '9':
		return p.numeric(w)
	}
	return p.name(w)
}

// suffix takes what follows a time: am, pm, a zone. A year may follow too
// ("Thu Aug 30 17:26:16 2012").
func (p *parser) suffix(w string) bool {
	switch strings.ReplaceAll(w, ".", "") {
	case "am", "pm":
		p.noon, p.pm = true, w[0] == 'p'
		return true
	}
	if p.zone != nil && p.zone != time.UTC {
		_, known := zones[w] // "+0200 CEST" says it twice
		return known
	}
	z, ok := zoneOf(w)
	if ok {
		p.zone = z
	}
	return ok
}

// timeAndZone reads "14:05", "14:05:00+02:00", "2:05pm".
func (p *parser) timeAndZone(w string) bool {
	end := strings.IndexFunc(w, func(r rune) bool { return (r < '0' || r > '9') && r != ':' && r != '.' })
	if end < 0 {
		end = len(w)
	}
	return p.clock(strings.TrimSuffix(w[:end], "."), ":") && (end == len(w) || w[end:] == "h" || w[end:] == "uhr" || p.suffix(w[end:]))
}

// numeric reads a word that starts with a digit: a date in numbers, a time
// without a colon, a day, a year.
func (p *parser) numeric(w string) bool {
	if digits(w) {
		p.numbers, p.four = append(p.numbers, number(w)), append(p.four, len(w) >= 4)
		return len(w) <= 4 && len(p.numbers) <= 2
	}
	for _, sep := range []string{"/", "-", "."} {
		if parts := strings.Split(w, sep); len(parts) == 3 && len(p.numbers) == 0 {
			return p.date(parts)
		}
	}
	if h, m, ok := strings.Cut(w, "h"); ok && !p.hasTime && digits(h) && (m == "" || digits(m)) { // 14h05, 14h
		return p.clock(h+":"+m+"00"[:2-min(len(m), 2)], ":")
	}
	if p.settledDate() && !p.hasTime && p.clock(w, ".") { // 14.05 Uhr
		return true
	}
	end := strings.IndexFunc(w, func(r rune) bool { return r < '0' || r > '9' })
	switch w[end:] {
	case "er", "ere", "re", "e", "eme", "st", "nd", "rd", "th", "te", "ste", "de", "a", "an", "ko", "eko", "º", "°", "ª", ".":
		return p.numeric(w[:end])
	case "am", "pm":
		return !p.hasTime && p.clock(w[:end]+":00", ":") && p.suffix(w[end:])
	}
	return false
}

func (p *parser) settledDate() bool { return p.day != 0 || len(p.numbers) == 2 }

// date reads day, month and year between separators. The month may be a name:
// 5-jan-2025.
func (p *parser) date(parts []string) bool {
	if monthOf(parts[1], p.lang) != 0 && digits(parts[0]) && digits(parts[2]) {
		p.month = monthOf(parts[1], p.lang)
		return p.numeric(parts[0]) && p.numeric(parts[2])
	}
	for _, x := range parts {
		if !digits(x) || len(x) > 4 {
			return false
		}
	}
	a, b, c := number(parts[0]), number(parts[1]), number(parts[2])
	switch {
	case p.day != 0:
		return false
	case len(parts[0]) == 4:
		p.year, p.month, p.day = a, b, c
	case len(parts[0]) > 2 || len(parts[1]) > 2:
		return false
	case b > 12 || p.monthFirst && a <= 12:
		p.year, p.month, p.day = c, a, b
	default:
		p.year, p.month, p.day = c, b, a
	}
	if len(parts[2]) == 2 && len(parts[0]) != 4 {
		p.year = century(c)
	}
	return true
}

// name takes a word that starts with a letter.
func (p *parser) name(w string) bool {
	if strings.Count(w, "-") == 2 {
		return false
	}
	m := monthOf(w, p.lang)
	switch {
	case m != 0 && weekdays[w]:
		p.maybe = m
	case m != 0 && p.month != 0:
		return p.month == m
	case m != 0:
		p.month = m
	case weekdays[w]:
	default:
		return false
	}
	return true
}

// settle gives day and year their numbers.
func (p *parser) settle() bool {
	if p.day != 0 {
		return len(p.numbers) == 0
	}
	if p.month == 0 || len(p.numbers) != 2 {
		return false
	}
	p.day, p.year = p.numbers[0], p.numbers[1]
	yearIsFour := p.four[1]
	if p.four[0] { // 2025ko otsailaren 7a
		p.day, p.year, yearIsFour = p.numbers[1], p.numbers[0], true
	}
	if !yearIsFour {
		p.year = century(p.year)
	}
	return true
}
