package read

import (
	"html"
	"strings"
)

// longestEntity is the length of &CounterClockwiseContourIntegral; .
const longestEntity = 33

// Unescape replaces the character references of XML and HTML once. One that is
// unknown, unfinished or stands for a character XML forbids stays or goes, but
// never fails. Entities that a document declares itself are not expanded (T10).
func Unescape(s string) string {
	i := strings.IndexByte(s, '&')
	if i < 0 {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for ; i >= 0; i = strings.IndexByte(s, '&') {
		b.WriteString(s[:i])
		s = s[i:]
		n := reference(&b, s)
		if n == 0 {
			b.WriteByte('&')
			n = 1
		}
		s = s[n:]
	}
	b.WriteString(s)
	return b.String()
}

// reference writes what the reference at the start of s stands for and returns
// its length, 0 when there is none. HTML also knows references without a
// semicolon; they would spoil the "&copy=2" of addresses.
func reference(b *strings.Builder, s string) int {
	end := strings.IndexByte(s[:min(len(s), longestEntity)], ';')
	if end < 2 {
		return 0
	}
	switch s[1:end] {
	case "lt":
		b.WriteByte('<')
	case "gt":
		b.WriteByte('>')
	case "amp":
		b.WriteByte('&')
	case "quot":
		b.WriteByte('"')
	case "apos":
		b.WriteByte('\'')
	default:
		whole := s[:end+1]
		if strings.ContainsAny(whole[1:], "& \t\r\n<") {
			return 0
		}
		text := html.UnescapeString(whole)
		if text == whole || strings.HasSuffix(text, ";") && s[1] != '#' {
			return 0
		}
		b.WriteString(Legal(text))
	}
	return end + 1
}
