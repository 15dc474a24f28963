package web

import (
	"net/url"
	"slices"
	"strings"
)

// Query reads a query as browsers do (URL Standard, 5.1): it never fails. What
// is no escape stands for itself, so that "?q=100%" asks for "100%", and
// nothing but "&" parts pairs. Links that a mail program has escaped as HTML
// ("&amp;type=news") are read as they were meant.
func Query(raw string) url.Values {
	v := url.Values{}
	for pair := range strings.SplitSeq(raw, "&") {
		for strings.HasPrefix(pair, "amp;") {
			pair = pair[len("amp;"):]
		}
		if pair == "" {
			continue
		}
		name, value, _ := strings.Cut(pair, "=")
		name = unescape(name)
		v[name] = append(v[name], unescape(value))
	}
	return v
}

// Known is what v has of the keys, and whether that is all of it. Shared links
// carry what others added: fbclid, utm_source, a session.
func Known(v url.Values, keys ...string) (known url.Values, all bool) {
	known = url.Values{}
	for key, values := range v {
		if slices.Contains(keys, key) {
			known[key] = values
		}
	}
	return known, len(known) == len(v)
}

// unescape decodes what is escaped and leaves the rest.
func unescape(s string) string {
	if !strings.ContainsAny(s, "%+") {
		return s
	}
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		switch c, ok := escaped(s, i); {
		case ok:
			b = append(b, c)
			i += 2
		case s[i] == '+':
			b = append(b, ' ')
		default:
			b = append(b, s[i])
		}
	}
	return string(b)
}

// escaped is the byte that an escape at s[i] stands for (RFC 3986, 2.1).
func escaped(s string, i int) (c byte, ok bool) {
	if s[i] != '%' || i+2 >= len(s) {
		return 0, false
	}
	hi, lo := strings.IndexByte(hex, s[i+1]|0x20), strings.IndexByte(hex, s[i+2]|0x20)
	if hi < 0 || lo < 0 {
		return 0, false
	}
	return byte(hi<<4 | lo), true
}

const hex = "0123456789abcdef"
