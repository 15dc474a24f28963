package likeness

import (
	"cmp"
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

// figures are the numbers, months and days of the week that stand between two
// words of a text.
type figures struct {
	before, after string // "" = there is no word
	values        []string
}

func (f figures) compare(g figures) int {
	return cmp.Or(strings.Compare(f.before, g.before), strings.Compare(f.after, g.after))
}

// maxDigits: what has more is a telephone or an account number, which is the
// publisher's own; a date with its hour has twelve.
const maxDigits = 12

// allFigures returns the figures of a text, sorted by the words before and
// after them. Two words between which there are figures twice are left out: it
// cannot be told which are which.
func allFigures(w []string) []figures {
	var out []figures
	for i := 0; i < len(w); {
		end, values := run(w, i)
		if end == i {
			i++
			continue
		}
		if len(values) > 0 {
			at := figures{values: values}
			if i > 0 {
				at.before = w[i-1]
			}
			if end < len(w) {
				at.after = w[end]
			}
			out = append(out, at)
		}
		i = end
	}
	slices.SortFunc(out, figures.compare)
	once := out[:0]
	for i, at := range out {
		if (i == 0 || at.compare(out[i-1]) != 0) && (i+1 == len(out) || at.compare(out[i+1]) != 0) {
			once = append(once, at)
		}
	}
	return once
}

// run reads the figures that begin at word i; end is i when none do. Leading
// zeros, and a zero of its own as in 20:00, say nothing.
func run(w []string, i int) (end int, f []string) {
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
func year(f []string) bool {
	return slices.ContainsFunc(f, func(s string) bool { return len(s) == 4 && (s[:2] == "19" || s[:2] == "20") })
}

// contradict reports whether two texts give other figures between the same
// words. One that says less (a date without its year) does not contradict.
func contradict(a, b []figures) bool {
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch c := a[i].compare(b[j]); {
		case c < 0:
			i++
		case c > 0:
			j++
		case !within(a[i].values, b[j].values) && !within(b[j].values, a[i].values):
			return true
		default:
			i, j = i+1, j+1
		}
	}
	return false
}

func within(f, g []string) bool {
	for _, s := range f {
		if !slices.Contains(g, s) {
			return false
		}
	}
	return true
}
