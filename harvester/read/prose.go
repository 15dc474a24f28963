package read

import (
	"html"
	"regexp"
	"strings"

	"github.com/plonegov/carillon/federation/markup"
)

var (
	// tag is what only HTML has: a word in pointed brackets is none.
	tag = regexp.MustCompile(`(?i)</?(?:p|br|a|b|i|u|em|strong|small|sup|sub|ul|ol|li|dl|dt|dd|div|span|font|h[1-6]|hr|table|tr|td|th|tbody|thead|img|blockquote|figure|section|article|iframe|video|html-blob)(?:\s[^<>]*)?/?>`)
	// block is a tag that makes lines of its own.
	block = regexp.MustCompile(`(?i)<(?:p|br|div|ul|ol|dl|table|h[1-6]|hr|blockquote|section|article|figure)[\s/>]`)
	// reference is a character reference that nobody means as it is written.
	references = regexp.MustCompile(`&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});`)
	address    = regexp.MustCompile(`(?:https?://|www\.)[^\s<>"]+[^\s<>".,;:!?)\]'’»]`)
	breaks     = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n\n")
	escaper    = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")
)

// IsHTML reports whether a text that a format calls plain is HTML after all.
func IsHTML(s string) bool { return tag.MatchString(s) }

// Line is a field that a format calls plain text as one line of plain text:
// character references and tags that a web form left in it are taken for what
// they stand for, and every other "<" and "&" for itself.
func Line(s string) string {
	if s = opened(s); !IsHTML(s) {
		s = Escape(s)
	}
	return markup.Text(s)
}

// Unwrapped takes away a CDATA section that was escaped or put into another one:
// to HTML it is a comment, but the publisher means the text in it.
func Unwrapped(s string) string {
	s = Legal(strings.TrimSpace(s))
	for range 3 {
		rest, ok := strings.CutPrefix(s, "<![CDATA[")
		if !ok {
			break
		}
		s = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(rest), "]]>"))
	}
	return s
}

// opened undoes references, once more where an editor escaped what was escaped,
// and CDATA sections.
func opened(s string) string {
	for range 2 {
		s = Unwrapped(s)
		if !references.MatchString(s) {
			break
		}
		s = html.UnescapeString(s)
	}
	return Unwrapped(s)
}

// Prose is a longer field that a format calls plain text, or does not say what
// it is, as HTML that is still to be sanitised: HTML stays, HTML that was escaped
// is opened, and in plain text line breaks, empty lines and addresses become
// what they mean to a reader.
func Prose(s string) string {
	s = Unwrapped(breaks.Replace(s))
	if !IsHTML(s) {
		open := opened(s)
		if !IsHTML(open) {
			return Paragraphs(open)
		}
		s = open
	}
	if block.MatchString(s) {
		return s
	}
	return "<p>" + strings.ReplaceAll(s, "\n", "<br>") + "</p>"
}

// Paragraphs is plain text as HTML: an empty line parts paragraphs, a line break
// stays one, an address becomes a link. Nothing in it is taken for markup.
func Paragraphs(s string) string {
	var b strings.Builder
	for part := range strings.SplitSeq(breaks.Replace(s), "\n\n") {
		if part = strings.TrimSpace(part); part != "" {
			b.WriteString("<p>" + Lines(part) + "</p>")
		}
	}
	return b.String()
}

// Lines is plain text as HTML within a paragraph.
func Lines(s string) string {
	s = strings.TrimSpace(breaks.Replace(s))
	var b strings.Builder
	at := 0
	for _, m := range address.FindAllStringIndex(s, -1) {
		b.WriteString(Escape(s[at:m[0]]))
		to := s[m[0]:m[1]]
		if strings.HasPrefix(to, "www.") {
			to = "https://" + to
		}
		b.WriteString(Anchor(to, s[m[0]:m[1]]))
		at = m[1]
	}
	b.WriteString(Escape(s[at:]))
	return strings.ReplaceAll(b.String(), "\n", "<br>")
}

// Escape is plain text fit to stand in HTML between tags, every character for
// itself. What stands in an attribute is for html.EscapeString.
func Escape(s string) string { return escaper.Replace(s) }

// Anchor is a link as HTML; text is plain.
func Anchor(to, text string) string {
	return `<a href="` + html.EscapeString(to) + `">` + Escape(text) + `</a>`
}

// Clip is the first characters of s, at most n of them.
func Clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for i := range s {
		if n--; n < 0 {
			return s[:i]
		}
	}
	return s
}
