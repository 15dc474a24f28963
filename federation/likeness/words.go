package likeness

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// maxWords is how much of an item is compared.
const (
	maxWords = 3000
	maxBytes = 64 << 10
)

// words are the words of a text, folded: lower case without accents; a run of
// letters or of digits is a word, so that 20h30 is three.
func words(s string) []string {
	var out []string
	s = fold(s[:min(len(s), maxBytes)])
	begin, digits := -1, false
	for i, r := range s {
		letter, digit := unicode.IsLetter(r), unicode.IsDigit(r)
		if begin >= 0 && (!letter && !digit || digit != digits) {
			out = append(out, s[begin:i])
			begin = -1
		}
		if begin < 0 && (letter || digit) {
			begin, digits = i, digit
		}
		if len(out) == maxWords {
			return out
		}
	}
	if begin >= 0 {
		out = append(out, s[begin:])
	}
	return out
}

// fold takes case and accents off, and what only type-setting tells apart.
func fold(s string) string {
	ascii := true
	for i := 0; i < len(s) && ascii; i++ {
		ascii = s[i] < 0x80
	}
	if ascii {
		return strings.ToLower(s)
	}
	s = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKD.String(strings.ToValidUTF8(s, " ")))
	return ligatures.Replace(s)
}

var ligatures = strings.NewReplacer("ß", "ss", "œ", "oe", "æ", "ae", "ø", "o")
