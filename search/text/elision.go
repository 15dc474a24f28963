package text

import (
	"strings"
	"unicode/utf8"
)

// elided reports whether form, met before an apostrophe, is a French function word that lost its vowel.
func elided(form string) bool {
	switch form {
	case "l", "d", "j", "n", "s", "m", "t", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu":
		return true
	}
	return false
}

// joins reports whether an apostrophe stands inside one word: left before it, rest after it.
func joins(left, rest string) bool {
	switch left {
	case "aujourd", "prud", "presqu", "entr", "o": // O'Neill
		return true
	}
	// don't: people search for dont at least as often.
	return strings.HasSuffix(left, "n") && asciiLower(rest[0]) == 't' && endsAt(rest, 1)
}

// dropsS reports whether rest, met after an apostrophe, is the s of foto's and citizen's.
func dropsS(rest string, width int) bool {
	return width == 1 && asciiLower(rest[0]) == 's' && endsAt(rest, 1)
}

// endsAt reports whether no word character stands at s[i:].
func endsAt(s string, i int) bool {
	k, _ := kindAt(s, i)
	return k != wordRune && k != invisible
}

// endOfInclusive returns the end of the middle-dot endings that follow a word of French inclusive writing
// (habitant·e·s, acteur·rice·s), or i where there are none.
func endOfInclusive(s string, i int) int {
	for {
		n := middleDot(s[i:])
		if n == 0 {
			return i
		}
		end, _ := wordEnd(s, i+n)
		if !inclusiveEnding(s[i+n : end]) {
			return i
		}
		i = end
	}
}

func middleDot(s string) int {
	if s == "" || s[0] < utf8.RuneSelf {
		return 0
	}
	for _, dot := range [...]string{"·", "‧", "⋅"} {
		if strings.HasPrefix(s, dot) {
			return len(dot)
		}
	}
	return 0
}

func inclusiveEnding(s string) bool {
	switch Fold(s) {
	case "e", "s", "x", "es", "fe", "le", "les", "ne", "nes", "se", "ses", "te", "tes", "ve", "ves", "ere", "eres",
		"iere", "ieres", "euse", "euses", "esse", "esses", "rice", "rices", "trice", "trices":
		return true
	}
	return false
}

// acronymEnd returns the end of the dotted letters that start at i, their last dot included, or 0. They may all stand
// one space apart, e. V., and end in two letters with a dot, O.N.Em.
func acronymEnd(s string, i int) int {
	if i+1 < len(s) && s[i] < utf8.RuneSelf && s[i+1] < utf8.RuneSelf && s[i+1] != '.' {
		return 0 // as nearly always
	}
	letters, end, spaced := 0, 0, false
	for {
		n := loneLetter(s, i)
		if n == 0 {
			break
		}
		letters++
		i += n
		end = i
		if i == len(s) || s[i] != '.' {
			break
		}
		i++
		end = i
		if letters == 1 {
			spaced = dottedAfterSpace(s, i)
		}
		if spaced && dottedAfterSpace(s, i) {
			i++
		}
	}
	if letters > 1 && s[end-1] == '.' && twoLetters(s[end:]) {
		end += len("Em.")
	}
	if letters < 2 {
		return 0
	}
	return end
}

// dottedAfterSpace reports whether a space and a letter with a dot follow at i.
func dottedAfterSpace(s string, i int) bool {
	if i >= len(s) || s[i] != ' ' {
		return false
	}
	n := loneLetter(s, i+1)
	return n > 0 && strings.HasPrefix(s[i+1+n:], ".")
}

// twoLetters reports whether s begins with a capital, a small letter and a full stop.
func twoLetters(s string) bool {
	return len(s) >= 3 && 'A' <= s[0] && s[0] <= 'Z' && lower(s[1]) && s[2] == '.'
}

// loneLetter returns the width of a letter at i that no word character follows, or 0.
func loneLetter(s string, i int) int {
	if i >= len(s) || '0' <= s[i] && s[i] <= '9' {
		return 0
	}
	if k, _ := kindAt(s, i); k != wordRune {
		return 0
	}
	_, n := utf8.DecodeRuneInString(s[i:])
	for { // a letter may carry its accent as a mark of its own
		k, m := kindAt(s, i+n)
		if k != invisible {
			break
		}
		n += m
	}
	if !endsAt(s, i+n) {
		return 0
	}
	return n
}
