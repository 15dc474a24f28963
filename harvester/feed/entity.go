package feed

import (
	"html"
	"strings"
	"unicode/utf8"

	"github.com/plonegov/carillon/harvester/read"
)

// longestEntity is the length of &CounterClockwiseContourIntegral; .
const longestEntity = 33

// unescape replaces the character references of XML and HTML once. One that is
// unknown, unfinished or stands for a character XML forbids stays or goes, but
// never fails. Entities that a document declares itself are not expanded (T10).
func unescape(s string) string {
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
		b.WriteString(read.Legal(text))
	}
	return end + 1
}

// escapeText makes plain text fit to stand in HTML.
var escapeText = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// escapeAttr makes text fit to stand between double quotes in XML. White space
// is kept from being normalised away.
var escapeAttr = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "\n", "&#10;", "\t", "&#9;", "\r", "&#13;")

// writeCDATA writes s so that an XML reader gets exactly s, but for line ends.
func writeCDATA(b *strings.Builder, s string) {
	if s == "" {
		return
	}
	b.WriteString("<![CDATA[")
	for {
		i := strings.Index(s, "]]>")
		if i < 0 {
			break
		}
		b.WriteString(s[:i+2])
		b.WriteString("]]><![CDATA[")
		s = s[i+2:]
	}
	b.WriteString(s)
	b.WriteString("]]>")
}

func cutRunes(s string, max int) string {
	if len(s) <= max {
		return s
	}
	for max > 0 && !utf8.RuneStart(s[max]) {
		max--
	}
	return s[:max]
}
