package text

import "unicode/utf8"

// Highlight appends to dst the plain text s as HTML, with every word that match accepts inside <mark>. All of s is
// escaped for use as element content or in a quoted attribute; <mark> and </mark> are the only tags in the result,
// and they are balanced. A nil match accepts nothing. Bytes that are not UTF-8, and NUL, become U+FFFD.
func Highlight(dst []byte, s string, match func(Token) bool) []byte {
	if match == nil {
		return escape(dst, s)
	}
	m := NewMarker(match)
	m.cut(s)
	return mark(dst, s, 0, len(s), m.hits)
}

// mark writes s[from:to] as Highlight does; hits are tokens of s, in order.
func mark(dst []byte, s string, from, to int, hits []Token) []byte {
	for _, t := range hits {
		if t.Start < from || t.End > to {
			continue
		}
		dst = escape(dst, s[from:t.Start])
		dst = append(dst, "<mark>"...)
		dst = escape(dst, s[t.Start:t.End])
		dst = append(dst, "</mark>"...)
		from = t.End
	}
	return escape(dst, s[from:to])
}

// escape appends s with the five characters escaped that HTML gives a meaning to.
func escape(dst []byte, s string) []byte {
	for i := 0; i < len(s); {
		c := s[i]
		if c >= utf8.RuneSelf {
			r, n := utf8.DecodeRuneInString(s[i:])
			dst = utf8.AppendRune(dst, r)
			i += n
			continue
		}
		i++
		switch c {
		case '&':
			dst = append(dst, "&amp;"...)
		case '<':
			dst = append(dst, "&lt;"...)
		case '>':
			dst = append(dst, "&gt;"...)
		case '"':
			dst = append(dst, "&#34;"...)
		case '\'':
			dst = append(dst, "&#39;"...)
		case 0:
			dst = utf8.AppendRune(dst, utf8.RuneError)
		default:
			dst = append(dst, c)
		}
	}
	return dst
}
