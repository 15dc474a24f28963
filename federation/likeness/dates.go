package likeness

import (
	"slices"
	"strings"
)

// calendar gives the number of a month or of a day of the week, folded, in the
// languages of the hub. Two announcements made from one template differ in
// little else.
var calendar = func() map[string]string {
	months := []string{
		"janvier januari januar january jan", "fevrier februari februar february feb", "mars maart marz march",
		"avril april avr apr", "mai mei may", "juin juni june jun", "juillet juli july jul", "aout augustus august aug",
		"septembre september sept sep", "octobre oktober october oct okt", "novembre november nov",
		"decembre december dezember dec dez",
	}
	days := []string{
		"lundi maandag montag monday", "mardi dinsdag dienstag tuesday", "mercredi woensdag mittwoch wednesday",
		"jeudi donderdag donnerstag thursday", "vendredi vrijdag freitag friday", "samedi zaterdag samstag saturday",
		"dimanche zondag sonntag sunday",
	}
	out := map[string]string{}
	for i, names := range months {
		for name := range strings.FieldsSeq(names) {
			out[name] = number(i + 1)
		}
	}
	for i, names := range days {
		for name := range strings.FieldsSeq(names) {
			out[name] = "day " + number(i+1)
		}
	}
	// What stands between the numbers of a date or an hour and says nothing.
	for name := range strings.FieldsSeq("h hr hrs uhr uur u er ste de e st nd rd th am pm") {
		out[name] = ""
	}
	return out
}()

func number(n int) string { return string(rune('0'+n/10)) + string(rune('0'+n%10)) }

// figures are the numbers, months and days of the week of one place in a text.
type figures []string

// maxDigits: what has more is a telephone or an account number, which is the
// publisher's own; a date with its hour has twelve.
const maxDigits = 12

// slots returns the figures of a text by the words before and after them. A
// place met twice is left out: it cannot be told which is which.
func slots(w []string) map[string]figures {
	out := map[string]figures{}
	for i := 0; i < len(w); {
		end, f := run(w, i)
		if end == i {
			i++
			continue
		}
		if len(f) > 0 {
			before, after := "", ""
			if i > 0 {
				before = w[i-1]
			}
			if end < len(w) {
				after = w[end]
			}
			place := before + " " + after
			if _, twice := out[place]; twice {
				f = nil
			}
			out[place] = f
		}
		i = end
	}
	return out
}

// run reads the figures that begin at word i; end is i when none do. Leading
// zeros, and a zero of its own as in 20:00, say nothing.
func run(w []string, i int) (end int, f figures) {
	digits := 0
	for end = i; end < len(w); end++ {
		value, named := calendar[w[end]]
		isNumber := w[end][0] >= '0' && w[end][0] <= '9'
		if !named && !isNumber || end == i && named && value == "" {
			break
		}
		if isNumber {
			digits += len(w[end])
			if value = strings.TrimLeft(w[end], "0"); len(value) == 1 {
				value = "0" + value
			}
		}
		if value != "" && !slices.Contains(f, value) {
			f = append(f, value)
		}
	}
	if telephone := end > i && w[i][0] == '0' && digits >= 9 && !year(f); telephone || digits > maxDigits {
		f = nil
	}
	return end, f
}

// year reports whether figures have one: a date has it, a telephone does not.
func year(f figures) bool {
	return slices.ContainsFunc(f, func(s string) bool { return len(s) == 4 && (s[:2] == "19" || s[:2] == "20") })
}

// contradict reports whether two texts give other figures at one place. One
// that says less (a date without its year) does not contradict.
func contradict(a, b map[string]figures) bool {
	for place, f := range a {
		g := b[place]
		if len(f) > 0 && len(g) > 0 && !within(f, g) && !within(g, f) {
			return true
		}
	}
	return false
}

func within(f, g figures) bool {
	for _, s := range f {
		if !slices.Contains(g, s) {
			return false
		}
	}
	return true
}
