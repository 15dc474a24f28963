package text

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// kind says what a character does to words. The low bits are exclusive.
type kind uint8

const (
	separator  kind = 0
	wordRune   kind = 1 // letters and digits
	invisible  kind = 2 // nothing by itself, part of the word it stands in
	apostrophe kind = 3
	signRune   kind = 4 // a word by itself
	kindMask   kind = 7
	changes    kind = 8 // Fold may change it
)

// latinLetter is what folding and cutting need to know about one character below U+0250.
type latinLetter struct {
	text [3]byte // folded
	n    uint8   // bytes of text in use
	kind kind
	slow bool // folded form does not fit text
	e    bool // German and Danish writers without the key append an e
}

// asciiKind and latin spare nearly all text the walk through Unicode tables; they are never written after start.
var (
	asciiKind = newASCII()
	latin     = newLatin()
)

func newASCII() (t [256]kind) {
	for c := range t {
		switch r := rune(c); {
		case r >= utf8.RuneSelf:
			t[c] = changes
		case unicode.IsUpper(r):
			t[c] = wordRune | changes
		case unicode.IsLower(r), unicode.IsDigit(r):
			t[c] = wordRune
		case r == '`':
			t[c] = apostrophe | changes
		case r == '\'':
			t[c] = apostrophe
		}
	}
	return t
}

func newLatin() (t [0x250]latinLetter) {
	for i := range t {
		r := rune(i)
		s := string(r)
		out := foldSlow(nil, s, r)
		l := &t[i]
		l.kind = slowKind(r)
		l.slow = len(out) > len(l.text)
		l.n = uint8(copy(l.text[:], out))
		d := norm.NFD.String(s)
		l.e = r == 'ø' || r == 'Ø' || isUmlauted(d)
	}
	return t
}

// isUmlauted reports whether the decomposed letter d is a, o or u with a diaeresis and nothing else.
func isUmlauted(d string) bool {
	if len(d) == 0 || d[1:] != diaeresis {
		return false
	}
	switch asciiLower(d[0]) {
	case 'a', 'o', 'u':
		return true
	}
	return false
}

const diaeresis = "\u0308"

// kindAt returns the kind and the width in bytes of the character of s at i.
func kindAt(s string, i int) (kind, int) {
	if i >= len(s) {
		return separator, 0
	}
	if c := s[i]; c < utf8.RuneSelf {
		return asciiKind[c] & kindMask, 1
	}
	r, n := utf8.DecodeRuneInString(s[i:])
	if int(r) < len(latin) {
		return latin[r].kind, n
	}
	if r == utf8.RuneError {
		return separator, n
	}
	return slowKind(r), n
}

// slowKind is kindAt by Unicode's tables. Ordinal signs separate, so that "nº5" is n and 5 just as "n°5" is.
func slowKind(r rune) kind {
	switch {
	case r == 'ª' || r == 'º':
		return separator
	case isApostrophe(r):
		return apostrophe
	case isInvisible(r):
		return invisible
	case r == '¹' || r == '²' || r == '³', unicode.In(r, unicode.L, unicode.Nd, unicode.Nl, unicode.Mc):
		return wordRune
	case isSign(r):
		return signRune
	}
	return separator
}

func asciiLower(c byte) byte {
	switch {
	case 'A' <= c && c <= 'Z':
		return c + 'a' - 'A'
	case c == '`':
		return '\''
	}
	return c
}
