package text

import (
	"slices"
	"strings"
)

// A date is the same however it is written: 01/02/2026, 1.2.26, 2026-02-01, 1er février 2026, 1. Februar 2026 and
// February 1, 2026 are each found under 20260201, the form of ISO 8601 without its hyphens. Where only numbers are
// written the day stands before the month, as everywhere around here.

// months are the names of the months, folded, in the languages of [Langs].
var months = readMonths(`janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre
januari februari maart april mei juni juli augustus september oktober november december
januar februar marz april mai juni juli august september oktober november dezember
january february march april may june july august september october november december
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
urtarrila otsaila martxoa apirila maiatza ekaina uztaila abuztua iraila urria azaroa abendua`)

func readMonths(names string) map[string]int {
	out := map[string]int{}
	for i, name := range strings.Fields(names) {
		out[name] = i%12 + 1
	}
	return out
}

// dated gives the words of the dates in tokens the date in one piece.
func (c *cutter) dated(tokens []Token) {
	for i := 2; i < len(tokens); i++ {
		if year := tokens[i].Form; !isYear(year) {
			continue
		}
		c.written(tokens[:i+1])
	}
}

// written looks for a day and a month in words before the year that ends tokens.
func (c *cutter) written(tokens []Token) {
	last := len(tokens) - 1
	at := c.before(tokens, last)
	if at < 1 {
		return
	}
	if month := months[tokens[at].Form]; month > 0 { // 1er février 2026
		if day := c.before(tokens, at); day >= 0 {
			c.joinDate(tokens[day:], dayOf(tokens[day].Form), month, tokens[last].Form)
		}
	} else if month := months[tokens[at-1].Form]; month > 0 { // February 1, 2026
		c.joinDate(tokens[at-1:], dayOf(tokens[at].Form), month, tokens[last].Form)
	}
}

// before is the token before n, but for a "de" between; -1 = none near.
func (c *cutter) before(tokens []Token, n int) int {
	if n > 1 && (tokens[n-1].Form == "de" || tokens[n-1].Form == "of") {
		n--
	}
	if n == 0 || len(c.gap(tokens, n)) > 3 {
		return -1
	}
	return n - 1
}

// joinDate adds the date to all of tokens; a day of 0 is none.
func (c *cutter) joinDate(tokens []Token, day, month int, year string) {
	if day == 0 || month == 0 {
		return
	}
	b := append(make([]byte, 0, 8), year...)
	b = append(b, byte('0'+month/10), byte('0'+month%10), byte('0'+day/10), byte('0'+day%10))
	c.joinGroups(tokens, string(b))
}

func isYear(form string) bool {
	return len(form) == 4 && (form[:2] == "19" || form[:2] == "20") && isDigits(form)
}

// dayOf reads a day of a month, with or without the ending of an ordinal; 0 = it is none.
func dayOf(form string) int {
	if n := ordinal(form); n > 0 {
		form = form[:n]
	}
	return small(form, 31)
}

// small reads a number of one or two digits from 1 to most; 0 = it is none.
func small(form string, most int) int {
	if len(form) == 0 || len(form) > 2 || !isDigits(form) {
		return 0
	}
	n := 0
	for i := range len(form) {
		n = 10*n + int(form[i]-'0')
	}
	if n > most {
		return 0
	}
	return n
}

// ordinal returns how many digits form begins with, where nothing but the ending of an ordinal follows them: 1er, 3e,
// 2nd, 1ste. 0 = it is no ordinal.
func ordinal(form string) int {
	n := 0
	for n < len(form) && '0' <= form[n] && form[n] <= '9' {
		n++
	}
	if n == 0 || n > 3 {
		return 0
	}
	if slices.Contains(OrdinalEndings[:], form[n:]) {
		return n
	}
	return 0
}

// OrdinalEndings are what makes an ordinal of a number, in any language.
var OrdinalEndings = [...]string{"er", "re", "ere", "e", "eme", "nd", "nde", "rd", "st", "th", "ste", "de"}
