package text

import "strings"

// longestPrefix bounds the first half of a pair that is also written as one word: week-end, e-mail, co-working,
// porte-monnaie. Longer ones are mostly place names, which nobody contracts.
const longestPrefix = 5

// pair follows a hyphenated word as its tokens come, the newest from start to end. When exactly two words turn out
// to be joined, each gets the joined spelling as Alt, so that either spelling finds the other, also when a query
// asks for every word.
func (c *cutter) pair(start, end int) {
	n := len(c.dst) - 1
	if start != c.last || c.first < c.base {
		c.first = n
	}
	c.last = end + hyphen(c.s[end:])
	more := c.last > end && !endsAt(c.s, c.last)
	if c.last == end {
		c.last = -1
	}
	if more || c.first != n-1 {
		return
	}
	a, b := &c.dst[n-1], &c.dst[n]
	if len(a.Form) > longestPrefix || len(b.Form) < 2 || pronoun(b.Form) || hasDigit(a.Form) || hasDigit(b.Form) {
		return
	}
	joined := c.keep([]byte(a.Form + b.Form))
	if a.Alt == "" {
		a.Alt = joined
	}
	if b.Alt == "" {
		b.Alt = joined
	}
}

// hyphen returns the width of the hyphen s starts with, or 0.
func hyphen(s string) int {
	switch {
	case s == "":
		return 0
	case s[0] == '-':
		return 1
	case strings.HasPrefix(s, "\u2010"), strings.HasPrefix(s, "\u2011"):
		return len("\u2010")
	}
	return 0
}

// pronoun lists what French hangs on verbs and nouns: peut-on, est-ce, celui-ci.
func pronoun(form string) bool {
	switch form {
	case "on", "il", "ils", "elle", "elles", "ce", "je", "tu", "nous", "vous", "moi", "toi", "lui", "leur", "la", "le",
		"les", "ci", "en", "meme":
		return true
	}
	return false
}

func hasDigit(s string) bool { return strings.ContainsAny(s, "0123456789") }
