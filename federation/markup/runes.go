package markup

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// cleanRunes makes s valid UTF-8 that XML and a terminal can bear (T14): each
// byte that is not UTF-8 becomes U+FFFD, a carriage return becomes a line feed,
// and control characters other than tab and line feed go, as do the two
// noncharacters that XML 1.0 forbids.
func cleanRunes(s string) string {
	if !needsCleaning(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	s = strings.ReplaceAll(s, "\r\n", "\n")
	for _, r := range s { // an invalid byte ranges as U+FFFD
		switch {
		case r == '\r':
			b.WriteByte('\n')
		case r == '\t' || r == '\n' || !unicode.IsControl(r) && r != 0xFFFE && r != 0xFFFF:
			b.WriteRune(r)
		}
	}
	return b.String()
}

func needsCleaning(s string) bool {
	plain := true
	for i := range len(s) {
		c := s[i]
		if c < ' ' && c != '\t' && c != '\n' || c == 0x7F {
			return true
		}
		plain = plain && c < utf8.RuneSelf
	}
	if plain {
		return false
	}
	return !utf8.ValidString(s) || strings.ContainsFunc(s, func(r rune) bool {
		return r >= 0x80 && unicode.IsControl(r) || r == 0xFFFE || r == 0xFFFF
	})
}
