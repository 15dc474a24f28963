package markup

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Text returns the one-line plain text of a title, name or other short field
// that may or may not hold HTML: feeds do not say. Tags of known elements go,
// character references that end in a semicolon are decoded once, and everything
// else stays as it is written: "A < B", "AT&T", "<Name>" or "x<y and y>z".
//
// Control characters are removed, invalid UTF-8 becomes U+FFFD, white space is
// collapsed and direction controls are balanced (T14). Only the first 512 KiB
// are read. The result is plain text and must be escaped before it goes into a
// page.
func Text(raw string) string {
	raw = cleanRunes(cut(raw, maxBytes))
	if strings.Contains(raw, "<") {
		raw = untag(raw)
	} else {
		raw = decode(raw)
	}
	// A reference may decode to a control character or to more white space.
	return oneLine(balanceBidi(cleanRunes(raw)))
}

func untag(raw string) string {
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(raw))
	var silent atom.Atom
	for {
		kind := z.Next()
		piece := z.Raw()
		switch kind {
		case html.ErrorToken:
			b.WriteString(decode(string(piece))) // an unfinished tag
			return b.String()
		case html.TextToken:
			if silent == 0 {
				b.WriteString(decode(string(piece)))
			}
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
			piece = bytes.Clone(piece) // reading the attributes may reuse it
			name := knownTag(z)
			switch {
			case name == 0:
				b.WriteString(decode(string(piece)))
			case breaksLine[name.String()]:
				b.WriteByte(' ')
			}
			silent = silence(silent, kind, name)
		}
	}
}

// silence returns the element whose content is being left out after a tag.
func silence(silent atom.Atom, kind html.TokenType, name atom.Atom) atom.Atom {
	switch {
	case kind == html.StartTagToken && (name == atom.Script || name == atom.Style):
		return name
	case kind == html.EndTagToken && name == silent:
		return 0
	}
	return silent
}

// knownTag returns the element whose tag the tokenizer has read, or zero when
// the tag is more likely text: no element has that name, or it is followed by
// words that are not name="value", as in "x<b and b>y".
func knownTag(z *html.Tokenizer) atom.Atom {
	tag, more := z.TagName()
	name := atom.Lookup(tag)
	if _, kept := elements[name]; !kept && renamed[name] == 0 && !removed[name] && !formatting[name] {
		return 0
	}
	for more {
		var key, val []byte
		key, val, more = z.TagAttr()
		if len(val) == 0 && len(key) > 0 {
			return 0
		}
	}
	return name
}

// longestReference is the length of &CounterClockwiseContourIntegral; .
const longestReference = 33

// decode replaces the character references that end in a semicolon. HTML also
// decodes some that do not, which would spoil "R&D&copy" as often as help.
func decode(s string) string {
	var b strings.Builder
	for {
		i := strings.IndexByte(s, '&')
		if i < 0 {
			b.WriteString(s)
			return b.String()
		}
		b.WriteString(s[:i])
		s = s[i:]
		end := strings.IndexByte(s[:min(len(s), longestReference)], ';')
		if end < 0 || strings.ContainsAny(s[1:end], "& ") {
			b.WriteByte('&')
			s = s[1:]
			continue
		}
		b.WriteString(html.UnescapeString(s[:end+1]))
		s = s[end+1:]
	}
}
