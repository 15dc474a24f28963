package likeness

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxWords is how much of an item is compared.
const (
	maxWords = 3000
	maxBytes = 64 << 10
)

// words are the words of a folded text: a run of letters or of digits is a word,
// so that 20h30 is three.
func words(s string) []string {
	out := make([]string, 0, min(maxWords, len(s)/5+1))
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
	table := foldTable()
	b := make([]byte, 0, len(s))
	for i, r := range s {
		switch {
		case 'A' <= r && r <= 'Z':
			b = append(b, byte(r)+'a'-'A')
		case r < utf8.RuneSelf:
			b = append(b, s[i])
		case r < maxLatin:
			b = append(b, table.latin[r]...)
		case r >= firstSign && r < maxSign:
			b = append(b, table.signs[r-firstSign]...)
		default:
			return foldAny(s)
		}
	}
	return string(b)
}

// Of these characters each is folded whatever stands beside it: Latin, and the
// punctuation and currencies that go with it.
const (
	maxLatin  = 0x250
	firstSign = 0x2000
	maxSign   = 0x20D0
)

type foldedRunes struct {
	latin [maxLatin]string
	signs [maxSign - firstSign]string
}

var foldTable = sync.OnceValue(func() *foldedRunes {
	var t foldedRunes
	for r := range rune(maxLatin) {
		t.latin[r] = foldAny(string(r))
	}
	for r := range rune(maxSign - firstSign) {
		t.signs[r] = foldAny(string(firstSign + r))
	}
	return &t
})

// foldAny is [fold] for any text.
func foldAny(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKD.String(strings.ToValidUTF8(s, " ")))
	return ligatures.Replace(s)
}

var ligatures = strings.NewReplacer("ß", "ss", "œ", "oe", "æ", "ae", "ø", "o")
