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

// needsCleaning looks at bytes: U+0080 to U+009F are C2 80 to C2 9F, U+FFFE and
// U+FFFF are EF BF BE and EF BF BF.
func needsCleaning(s string) bool {
	plain := true
	for i := range len(s) {
		c := s[i]
		switch {
		case c < ' ' && c != '\t' && c != '\n' || c == 0x7F:
			return true
		case c < utf8.RuneSelf:
			continue
		case c == 0xC2 && i+1 < len(s) && s[i+1] < 0xA0:
			return true
		case c == 0xEF && i+2 < len(s) && s[i+1] == 0xBF && s[i+2] >= 0xBE:
			return true
		}
		plain = false
	}
	return !plain && !utf8.ValidString(s)
}
