package markup

import (
	"strings"
	"unicode/utf8"
)

// The output is bounded too, or text that grows by escaping would be cut when
// sanitised a second time. Beyond textEnd no text is written, beyond elementEnd
// no element: the rest up to maxBytes has room for the last start tag with its
// attributes, and for the end tags.
const (
	textEnd    = maxBytes - 8<<10
	elementEnd = maxBytes - 96<<10
)

var (
	textEscapes  = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")
	valueEscapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;")
)

// writeText cleans and escapes text, and writes as much of it as there is room.
// Quotation marks stay, so that French keeps its apostrophes.
func writeText(b *strings.Builder, s string) {
	room := textEnd - b.Len()
	if room <= 0 {
		return
	}
	s = textEscapes.Replace(cleanRunes(s))
	if len(s) > room {
		s = cut(s, room)
	}
	b.WriteString(s)
}

// writeValue escapes < and > too, so that a page which copies the output into a
// raw text element gains no tag from an attribute: T6 of the threat model.
func writeValue(b *strings.Builder, s string) { valueEscapes.WriteString(b, s) }

// escaped returns s as text of HTML.
func escaped(s string) string {
	var b strings.Builder
	writeText(&b, s)
	return strings.Trim(b.String(), space)
}

// cut shortens s to at most limit bytes, before a rune, character reference or
// tag that the limit would break.
func cut(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	s = s[:limit]
	for i := 0; i < 4 && len(s) > 0 && !endsWhole(s); i++ {
		s = s[:len(s)-1]
	}
	if i := strings.LastIndexByte(s, '&'); i >= max(0, len(s)-longestReference) && strings.IndexByte(s[i:], ';') < 0 {
		s = s[:i]
	}
	if i := strings.LastIndexByte(s, '<'); i > strings.LastIndexByte(s, '>') {
		s = s[:i]
	}
	return s
}

// endsWhole reports whether the last rune of s is not the beginning of one.
func endsWhole(s string) bool {
	for size := 1; size <= utf8.UTFMax && size <= len(s); size++ {
		if tail := s[len(s)-size:]; utf8.RuneStart(tail[0]) {
			return utf8.FullRuneInString(tail)
		}
	}
	return true
}
