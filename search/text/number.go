package text

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// People group digits in many ways; grouped or not, a number is the same. Every group stays a word, and each is also
// found under the number in one piece: telephone numbers (in the form used within their country), thousands, numbers
// of firms, accounts and persons. Hours, years and postal codes are not glued, and dates have a form of their own.

const (
	longestGap = 6  // bytes between two groups: "071 / 00"
	mostGroups = 12 // of one number
	mostDigits = 18
	tailDigits = 6 // what is searched for without its prefix has as many
)

// joinNumbers gives the groups of a number its further spellings.
func (c *cutter) joinNumbers() {
	tokens := c.dst[c.base:]
	for i := 0; i < len(tokens); {
		if !isDigits(tokens[i].Form) {
			if n := c.account(tokens[i:]); n > 0 {
				i += n
			} else {
				i++
			}
			continue
		}
		run := c.run(tokens[i:])
		n := c.number(run)
		if n == 0 {
			n = 1
		}
		i += n
	}
	for i := range tokens {
		c.numberAndLetter(tokens[i:])
	}
	c.dated(tokens)
}

func isDigits(form string) bool {
	for i := range len(form) {
		if form[i] < '0' || form[i] > '9' {
			return false
		}
	}
	return true
}

// run are the groups of digits that begin tokens, with nothing but separators of numbers between them.
func (c *cutter) run(tokens []Token) []Token {
	n := 1
	for n < len(tokens) && n < mostGroups && isDigits(tokens[n].Form) && isGap(c.gap(tokens, n)) {
		n++
	}
	return tokens[:n]
}

// gap is what stands before token n.
func (c *cutter) gap(tokens []Token, n int) string { return c.s[tokens[n-1].End:tokens[n].Start] }

func isGap(s string) bool {
	if len(s) > longestGap {
		return false
	}
	for _, r := range s {
		if !strings.ContainsRune(" .,/-()'’\u00a0\u2009\u202f\u2011", r) {
			return false
		}
	}
	return !strings.Contains(s, ", ")
}

// number joins the groups at the beginning of run that are one number, and returns how many there are.
func (c *cutter) number(run []Token) int {
	if n := c.international(run); n > 0 {
		return n
	}
	if n := c.date(run); n > 0 {
		return n
	}
	if n := c.telephone(run); n > 0 {
		c.joinGroups(run[:n], digitsOf(run[:n]))
		addTail(run[1:n])
		return n
	}
	if n := c.thousands(run); n > 0 {
		c.joinGroups(run[:n], digitsOf(run[:n]))
		return n
	}
	if c.grouped(run) {
		c.joinGroups(run, digitsOf(run))
		return len(run)
	}
	return 0
}

func digitsOf(run []Token) string {
	var b strings.Builder
	for _, t := range run {
		b.WriteString(t.Form)
	}
	return b.String()
}

// joinGroups adds the spelling in one piece to each group.
func (c *cutter) joinGroups(run []Token, joined string) {
	for i := range run {
		run[i].also(joined)
	}
}

// addTail adds to the first of the groups behind a prefix the number without it.
func addTail(rest []Token) {
	if tail := digitsOf(rest); len(rest) > 1 && len(tail) >= tailDigits {
		rest[0].also(tail)
	}
}

// trunk0 are the countries whose numbers have a 0 before them within the country.
var trunk0 = []string{"31", "32", "33", "41", "43", "44", "49"}

// countries are others that are called from around here; their numbers are the same within.
var countries = []string{"352", "351", "353", "34", "39"}

// international joins a number that begins with + or 00 and the country.
func (c *cutter) international(run []Token) int {
	first, plus := strings.CutPrefix(run[0].Form, "00")
	if !plus {
		plus = run[0].Start > 0 && c.s[run[0].Start-1] == '+'
	}
	if !plus {
		return 0
	}
	for _, list := range [...][]string{trunk0, countries} {
		for _, country := range list {
			rest, ok := strings.CutPrefix(first, country)
			if !ok {
				continue
			}
			n := 1
			for n < len(run) && len(rest) < 9 && !(len(rest) >= 8 && run[n].Form[0] == '0' && len(run[n].Form) > 2) {
				rest += run[n].Form
				n++
			}
			rest = strings.TrimPrefix(rest, "0")
			if len(rest) < tailDigits || len(rest) > mostDigits {
				return 0
			}
			if &list[0] == &trunk0[0] {
				rest = "0" + rest
			}
			c.joinGroups(run[:n], rest)
			if first == country && n > 2 {
				if run[1].Form == "0" && n > 3 { // +32 (0)71
					addTail(run[3:n])
				} else {
					addTail(run[2:n])
				}
			}
			return n
		}
	}
	return 0
}

// date joins a date in numbers at the beginning of run and returns how many groups it has.
func (c *cutter) date(run []Token) int {
	if len(run) < 3 || c.gap(run, 1) != c.gap(run, 2) {
		return 0
	}
	a, b, y := run[0].Form, run[1].Form, run[2].Form
	if len(a) == 4 {
		a, y = y, a
	}
	day, month := small(a, 31), small(b, 12)
	if day == 0 || month == 0 {
		return 0
	}
	switch {
	case isYear(y):
	case len(y) == 2 && len(run) == 3 && strings.Trim(c.gap(run, 1), " ") != "":
		y = "20" + y
	default:
		return 0
	}
	c.joinDate(run[:3], day, month, y)
	return 3
}

// telephone returns how many groups at the beginning of run are a telephone number as it is written within a country
// where they begin with 0: nine or ten digits, or what there is of up to twelve.
func (c *cutter) telephone(run []Token) int {
	if len(run) < 2 || run[0].Form[0] != '0' || len(run[0].Form) < 2 || len(run[0].Form) > 5 || c.hours(run) {
		return 0
	}
	digits := 0
	for i, t := range run {
		digits += len(t.Form)
		ends := i+1 == len(run) || run[i+1].Form[0] == '0' && len(run[i+1].Form) > 2
		if i > 0 && (digits == 9 || digits == 10) && (ends || digits == 10) || digits > 8 && digits <= 12 && i+1 == len(run) {
			return i + 1
		}
		if digits > 12 {
			break
		}
	}
	return 0
}

// hours reports whether run is pairs of two digits whose separators differ, such as 09.00-12.30.
func (c *cutter) hours(run []Token) bool {
	for i, t := range run {
		if len(t.Form) != 2 {
			return false
		}
		if i > 1 && c.gap(run, i) != c.gap(run, 1) {
			return true
		}
	}
	return false
}

// thousands returns how many groups at the beginning of run are one number with its thousands apart: 1.200, 12 500.
func (c *cutter) thousands(run []Token) int {
	if len(run[0].Form) > 3 || run[0].Form[0] == '0' {
		return 0
	}
	n := 1
	for n < len(run) && len(run[n].Form) == 3 && c.gap(run, n) == c.gap(run, 1) && isThousands(c.gap(run, n), c.lang) {
		n++
	}
	if n == 1 {
		return 0
	}
	return n
}

func isThousands(gap string, lang langSet) bool {
	switch gap {
	case ".", " ", "'", "’", "\u00a0", "\u2009", "\u202f":
		return true
	case ",":
		return lang&langBit("en") != 0
	}
	return false
}

// grouped reports whether run is three groups or more of two to four digits, alike apart, as numbers of firms, of
// persons and of telephones without a 0 are.
func (c *cutter) grouped(run []Token) bool {
	if len(run) < 3 || c.hours(run) {
		return false
	}
	digits := 0
	for _, t := range run {
		if len(t.Form) < 2 || len(t.Form) > 4 {
			return false
		}
		digits += len(t.Form)
	}
	return digits >= tailDigits && digits <= mostDigits
}

// account joins an account number, BE68 5390 0754 7034, and returns how many groups it has.
func (c *cutter) account(tokens []Token) int {
	first := tokens[0].Form
	if len(first) != 4 || !lower(first[0]) || !lower(first[1]) || !isDigits(first[2:]) {
		return 0
	}
	n := 1
	for n < len(tokens) && n < mostGroups && len(tokens[n].Form) <= 4 && isDigits(tokens[n].Form) && len(c.gap(tokens, n)) == 1 && len(tokens[n-1].Form) == 4 {
		n++
	}
	if n < 4 {
		return 0
	}
	c.joinGroups(tokens[:n], digitsOf(tokens[:n]))
	return n
}

// numberAndLetter joins a number and the letter or ending beside it, 63 a, A 4, 1 er, 19 h 30, and an hour and its
// minutes.
func (c *cutter) numberAndLetter(tokens []Token) {
	if len(tokens) < 2 {
		return
	}
	a, b := &tokens[0], &tokens[1]
	gap := c.gap(tokens, 1)
	if gap == ":" && isHour(a.Form, 24) && len(b.Form) == 2 && isHour(b.Form, 60) {
		c.joinGroups(tokens[:2], a.Form+"h"+b.Form)
		return
	}
	if gap != " " && gap != "\u00a0" && gap != "\u202f" && gap != "-" {
		return
	}
	switch {
	case isShortNumber(a.Form) && b.Form == "h" && len(tokens) > 2 && len(c.gap(tokens, 2)) <= 2 && len(tokens[2].Form) == 2 && isHour(a.Form, 24) && isHour(tokens[2].Form, 60):
		c.joinGroups(tokens[:3], a.Form+"h"+tokens[2].Form)
	case isShortNumber(a.Form) && c.isMark(*b), isShortNumber(b.Form) && c.isRoad(*a):
		c.joinGroups(tokens[:2], a.Form+b.Form)
	}
}

func isShortNumber(form string) bool { return len(form) <= 4 && isDigits(form) }

// isHour reports whether form is one or two digits below most.
func isHour(form string, most int) bool {
	if len(form) == 0 || len(form) > 2 || !isDigits(form) {
		return false
	}
	n := 0
	for _, d := range form {
		n = 10*n + int(d-'0')
	}
	return n < most
}

// isMark reports whether t, behind a number, belongs to it: the ending of an ordinal, or a letter that is no word by
// itself where it stands (il y en a 4 a priori). What is asked is not written with such care: there every letter
// belongs.
func (c *cutter) isMark(t Token) bool {
	if len(t.Form) > 1 {
		return slices.Contains([]string{"er", "re", "ere", "eme", "nd", "nde", "rd", "th", "ste", "bis", "ter"}, t.Form)
	}
	if !c.isPlainLetter(t) {
		return false
	}
	return c.lang == allLangs || unicode.IsUpper(rune(c.s[t.Start])) || !strings.HasPrefix(c.s[t.End:], " ") || !c.isWord(t.Form)
}

// isWord reports whether a letter is a word in the language of the text.
func (c *cutter) isWord(letter string) bool {
	for i, words := range [len(Langs)]string{"ay", "u", "", "ai", "aeouy", ""} {
		if c.lang == 1<<i {
			return strings.Contains(words, letter)
		}
	}
	return true
}

// isRoad reports whether t, before a number, belongs to it: A 4, N 57.
func (c *cutter) isRoad(t Token) bool {
	return c.isPlainLetter(t) && (c.lang == allLangs || unicode.IsUpper(rune(c.s[t.Start])))
}

// isPlainLetter reports whether t is one letter without a mark: à is no name of anything.
func (c *cutter) isPlainLetter(t Token) bool {
	return t.End == t.Start+1 && c.s[t.Start] < utf8.RuneSelf && lower(t.Form[0])
}
