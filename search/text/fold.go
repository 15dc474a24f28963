package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold returns s in lower case, without marks (é is e, ü is u), with ligatures and compatibility forms written out
// (œ is oe, æ is ae, ß is ss, ﬁ is fi) and every kind of apostrophe as '. Invisible characters, such as the soft
// hyphen, go. Fold(Fold(s)) equals Fold(s). It returns s itself when there is nothing to change.
//
// Each byte that is not UTF-8 becomes U+FFFD.
func Fold(s string) string {
	i := 0
	for i < len(s) && asciiKind[s[i]]&changes == 0 {
		i++
	}
	if i == len(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + len(s)/8)
	var part [256]byte
	out := part[:0]
	b.WriteString(s[:i])
	for i < len(s) {
		out, i = foldNext(out, s, i)
		if len(out) > len(part)-maxFold {
			b.Write(out)
			out = part[:0]
		}
	}
	b.Write(out)
	return b.String()
}

// maxFold bounds the bytes that one character can fold to: U+FDFA, the longest decomposition, needs 33.
const maxFold = 64

// foldNext appends the folded form of the character of s at i and returns the place of the next one.
func foldNext(dst []byte, s string, i int) ([]byte, int) {
	c := s[i]
	if c < utf8.RuneSelf {
		return append(dst, asciiLower(c)), i + 1
	}
	r, n := utf8.DecodeRuneInString(s[i:])
	if int(r) < len(latin) {
		if l := &latin[r]; !l.slow {
			return append(dst, l.text[:l.n]...), i + n
		}
	}
	if r == utf8.RuneError && n == 1 {
		return utf8.AppendRune(dst, utf8.RuneError), i + 1
	}
	return foldSlow(dst, s[i:i+n], r), i + n
}

// foldSlow folds r, whose encoding is s, through its compatibility decomposition.
func foldSlow(dst []byte, s string, r rune) []byte {
	d := norm.NFKD.PropertiesString(s).Decomposition()
	if d == nil {
		return foldAtom(dst, r)
	}
	for len(d) > 0 {
		r, n := utf8.DecodeRune(d)
		dst = foldAtom(dst, r)
		d = d[n:]
	}
	return dst
}

// foldAtom folds a character that does not decompose.
func foldAtom(dst []byte, r rune) []byte {
	switch {
	case isApostrophe(r):
		return append(dst, '\'')
	case isInvisible(r):
		return dst
	}
	r = unicode.ToLower(r)
	if x := undecomposed(r); x != "" {
		return append(dst, x...)
	}
	return utf8.AppendRune(dst, r)
}

// undecomposed writes out the lower-case Latin letters that Unicode gives no decomposition for, as people type them
// who lack the key.
func undecomposed(r rune) string {
	switch r {
	case 'ß':
		return "ss"
	case 'æ':
		return "ae"
	case 'œ':
		return "oe"
	case 'ø':
		return "o"
	case 'ð', 'đ':
		return "d"
	case 'þ':
		return "th"
	case 'ħ':
		return "h"
	case 'ı':
		return "i"
	case 'ł':
		return "l"
	case 'ŋ':
		return "n"
	case 'ŧ':
		return "t"
	case 'ƒ':
		return "f"
	}
	return ""
}

// isInvisible reports whether r is a mark or one of the characters that shape a word without being part of it.
func isInvisible(r rune) bool {
	switch r {
	case '\u00AD', '\u200C', '\u200D', '\u2060', '\uFEFF':
		return true
	}
	return unicode.In(r, unicode.Mn, unicode.Me)
}

// isApostrophe lists what is met for ' in real text. U+0092 is a Windows-1252 ’ that was read as Latin-1.
func isApostrophe(r rune) bool {
	switch r {
	case '\'', '`', '\u0092', '´', 'ʹ', 'ʻ', 'ʼ', 'ˈ', '‘', '’', '‛', '′', '＇':
		return true
	}
	return false
}
