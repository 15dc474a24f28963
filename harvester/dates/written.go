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
	words      []string // those that are still to come
	maybe      int      // a month whose name is also a weekday's: "mar."
	numbers    []string // day and year, or all three, as they came
	hourNext   bool     // after a word like "at"
	minuteNext bool     // after an hour with its unit: "14 h"
}

func (p *parser) parse(s string) (time.Time, bool) {
	p.words = strings.FieldsFunc(tidy(s), func(r rune) bool {
		return r == ' ' || r == ',' || r == '\t' || r == '\n' || r == '\r' || r == '|'
	})
	for len(p.words) > 0 {
		w := p.words[0]
		p.words = p.words[1:]
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

var marks = strings.NewReplacer("(e)", "e", "(a)", "a", "(an)", "an", "p. m.", "pm", "a. m.", "am", "1ᵉʳ", "1er", "1ᵉ", "1e")

// tidy folds case and accents and makes what is written together or in pieces
// words: comments go, but for a time in brackets; "4.Februar" is two words and
// "ore 14,05" has a time.
func tidy(s string) string {
	s = marks.Replace(fold.Replace(strings.ToLower(s)))
	for {
		start := strings.IndexByte(s, '(')
		length := strings.IndexByte(s[max(start, 0):], ')')
		if start < 0 || length < 0 {
			break
		}
		inside := s[start+1 : start+length]
		if strings.Trim(inside, "0123456789:. ") != "" {
			inside = ""
		}
		s = s[:start] + " " + inside + " " + s[start+length+1:]
	}
	b := []byte(s)
	digit := func(i int) bool { return i >= 0 && i < len(b) && b[i] >= '0' && b[i] <= '9' }
	for i := 1; i+1 < len(b); i++ {
		if b[i] == ',' && digit(i-1) && digit(i+1) && digit(i+2) && !digit(i+3) {
			b[i] = '.'
		}
		if b[i] == '.' && digit(i-1) && b[i+1] >= 'a' && b[i+1] <= 'z' {
			b[i] = ' '
		}
	}
	return string(b)
}

// word takes the next word of the text.
func (p *parser) word(w string) bool {
	afterAt, afterHour := p.hourNext, p.minuteNext
	p.hourNext, p.minuteNext = false, false
	if p.hasTime && p.suffix(w) {
		return true
	}
	w = strings.TrimRight(strings.TrimPrefix(w, "l'"), ".:'")
	switch {
	case w == "" || strings.Trim(w, "-/.:'") == "":
		return true
	case fillers[w]:
		p.hourNext = hourAfter[w]
		return true
	case noons[w] || midnights[w]:
		return p.halfDay(w)
	case strings.Contains(w, ":"):
		return !p.hasTime && p.timeAndZone(w)
	case digits(w):
		return p.bare(w, afterAt, afterHour)
	case w[0] >= '0' && w[0] <= '9':
		return p.numeric(w)
	}
	return p.name(w)
}

// halfDay takes noon and midnight, which may only repeat an hour: "12 Uhr
// mittags". Midnight is the beginning of its day.
func (p *parser) halfDay(w string) bool {
	hour := 0
	if noons[w] {
		hour = 12
	}
	if p.hasTime {
		return p.hour == hour && p.min == 0 && p.named != w && p.named == ""
	}
	p.hour, p.hasTime, p.named = hour, true, w
	return true
}

// suffix takes what follows a time: am, pm, a zone. A year may follow too
// ("Thu Aug 30 17:26:16 2012").
func (p *parser) suffix(w string) bool {
	switch strings.ReplaceAll(w, ".", "") {
	case "am", "pm":
		if p.noon {
			return false
		}
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

// timeAndZone reads "14:05", "14:05:00+02:00", "2:05pm", "14:05etan".
func (p *parser) timeAndZone(w string) bool {
	end := strings.IndexFunc(w, func(r rune) bool { return (r < '0' || r > '9') && r != ':' && r != '.' })
	if end < 0 {
		end = len(w)
	}
	return p.clock(strings.TrimSuffix(w[:end], "."), ":") && (end == len(w) || hourUnits[w[end:]] || p.suffix(w[end:]))
}

// numeric reads a word that starts with a digit: a date in numbers, a time
// without a colon, a day, a year.
func (p *parser) numeric(w string) bool {
	for _, sep := range []string{"/", "-", "."} {
		if parts := strings.Split(w, sep); len(parts) == 3 && len(p.numbers) == 0 {
			return p.date(parts, sep)
		}
	}
	for _, unit := range []string{"h", "u"} {
		h, m, ok := strings.Cut(w, unit)
		if m = strings.TrimRight(m, "minhr"); ok && !p.hasTime && digits(h) && (m == "" || digits(m)) { // 14h05, 14u
			return p.clock(h+":"+m+"00"[:2-min(len(m), 2)], ":")
		}
	}
	if p.settledDate() && !p.hasTime && p.clock(w, ".") { // 14.05 Uhr
		return true
	}
	end := strings.IndexFunc(w, func(r rune) bool { return (r < '0' || r > '9') && r != '.' })
	if end < 0 {
		return false
	}
	clock := strings.TrimSuffix(w[:end], ".")
	switch unit := strings.Trim(w[end:], ".-"); {
	case ordinals[unit] && digits(clock):
		return p.number(clock)
	case unit == "am" || unit == "pm":
		if !strings.Contains(clock, ".") {
			clock += ".00"
		}
		return !p.hasTime && p.clock(clock, ".") && p.suffix(unit)
	case hourUnits[unit] && strings.Contains(clock, "."): // 14.05Uhr
		return !p.hasTime && p.clock(clock, ".")
	}
	return false
}

// bare takes a number that has nothing with it. The words around it make it an
// hour or minutes.
func (p *parser) bare(w string, afterAt, afterHour bool) bool {
	next := ""
	if len(p.words) > 0 {
		next = strings.ReplaceAll(p.words[0], ".", "")
		if next == "del" && len(p.words) > 1 { // 12 del mediodía
			next = p.words[1]
		}
	}
	switch {
	case afterHour && len(w) == 2 && p.settledDate():
		p.min = number(w)
	case p.hasTime || len(w) > 2:
		return p.number(w)
	case w == "12" && noons[next]: // which says it again
	case hourUnits[next]:
		p.words = p.words[1:]
		p.hour, p.hasTime, p.minuteNext = number(w), true, true
	case next == "am", next == "pm", afterAt && p.settledDate(): // alle 14
		p.hour, p.hasTime = number(w), true
	default:
		return p.number(w)
	}
	return true
}

// number takes a day or a year, or a month between the two.
func (p *parser) number(w string) bool {
	p.numbers = append(p.numbers, w)
	return len(w) <= 4 && len(p.numbers) <= 3
}

func (p *parser) settledDate() bool { return p.day != 0 || len(p.numbers) >= 2 }

// date reads day, month and year between separators. The month may be a name:
// 5-jan-2025. Two digits each are the year first where ISO 8601:1988 is the
// custom, in Basque, and where nothing says what is.
func (p *parser) date(parts []string, sep string) bool {
	if m := monthOf(strings.TrimSuffix(parts[1], "."), p.lang); m != 0 && digits(parts[0]) && digits(parts[2]) {
		p.month = m
		return p.number(parts[0]) && p.number(parts[2])
	}
	short := true
	for _, x := range parts {
		if !digits(x) || len(x) > 4 {
			return false
		}
		short = short && len(x) <= 2
	}
	a, b, c := number(parts[0]), number(parts[1]), number(parts[2])
	if p.day != 0 {
		return false
	}
	yearFirst := len(parts[0]) == 4
	if short {
		iso := sep == "-" && (p.lang == "" || p.lang == "en" && !p.monthFirst) && len(parts[0]) == 2 && len(parts[1]) == 2 && len(parts[2]) == 2
		yearFirst = (iso || p.lang == "eu" && sep == "/") && b >= 1 && b <= 12 && c >= 1 && c <= 31
	}
	switch {
	case yearFirst:
		p.year, p.month, p.day = completed(a, parts[0]), b, c
		return true
	case len(parts[0]) > 2 || len(parts[1]) > 2 || len(parts[2]) == 1 || len(parts[2]) == 3:
		return false
	case b > 12 || p.monthFirst && a <= 12:
		p.year, p.month, p.day = completed(c, parts[2]), a, b
	default:
		p.year, p.month, p.day = completed(c, parts[2]), b, a
	}
	return true
}

// completed completes a year that was written with two digits.
func completed(year int, written string) int {
	if len(written) <= 2 {
		return century(year)
	}
	return year
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
	if p.month == 0 && len(p.numbers) == 3 { // 04. 02. 2025
		return p.date(p.numbers, ".")
	}
	if p.month == 0 || len(p.numbers) != 2 {
		return false
	}
	day, year := p.numbers[0], p.numbers[1]
	if len(day) >= 4 { // 2025ko otsailaren 7a
		day, year = year, day
	}
	p.day, p.year = number(day), number(year)
	if len(year) < 4 {
		p.year = century(p.year)
	}
	return true
}
