package read

import (
	"iter"
	"strings"
)

// maxAttrs bounds the attributes that are read of one element (T11).
const maxAttrs = 64

// Attributes yields the names and values of a tag's attributes in order, the
// values with their references replaced. Values without quotes and names
// without value are taken as HTML takes them.
func Attributes(raw string) iter.Seq2[string, string] {
	return func(yield func(string, string) bool) {
		for n := 0; n < maxAttrs; n++ {
			raw = strings.TrimLeft(raw, " \t\r\n/")
			if raw == "" {
				return
			}
			end := strings.IndexAny(raw, "= \t\r\n/")
			if end < 0 {
				end = len(raw)
			}
			name, value := raw[:end], ""
			raw = strings.TrimLeft(raw[end:], " \t\r\n")
			if rest, ok := strings.CutPrefix(raw, "="); ok {
				value, raw = attrValue(strings.TrimLeft(rest, " \t\r\n"))
			}
			if !yield(name, Unescape(value)) {
				return
			}
		}
	}
}

func attrValue(s string) (value, rest string) {
	if s == "" {
		return "", ""
	}
	if q := s[0]; q == '"' || q == '\'' {
		if end := strings.IndexByte(s[1:], q); end >= 0 {
			return s[1 : end+1], s[end+2:]
		}
		return s[1:], ""
	}
	end := strings.IndexAny(s, " \t\r\n")
	if end < 0 {
		end = len(s)
	}
	return s[:end], s[end:]
}

// Attr returns the value of the attribute with the local name, "" when absent.
func Attr(raw, local string) string {
	if !strings.Contains(raw, local) {
		return ""
	}
	for name, value := range Attributes(raw) {
		if name == local || strings.HasSuffix(name, local) && strings.HasSuffix(name, ":"+local) {
			return value
		}
	}
	return ""
}
