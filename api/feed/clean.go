package feed

import (
	"html"
	"net/url"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"
)

// clean removes what XML 1.0 (2.2) forbids or discourages: control characters
// but tab and line feed, surrogates, noncharacters; bytes that are not UTF-8
// become U+FFFD.
func clean(s string) string {
	if utf8.ValidString(s) && !strings.ContainsFunc(s, unfit) {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch {
		case !unfit(r):
			return r
		case unicode.IsSpace(r): // a vertical tab still parts two words
			return ' '
		}
		return -1
	}, strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\r\n", "\n"))
}

func unfit(r rune) bool {
	return r != '\t' && r != '\n' && unicode.IsControl(r) || r&0xFFFE == 0xFFFE || r >= 0xFDD0 && r <= 0xFDEF
}

// oneLine is clean text without line breaks or runs of white space.
func oneLine(s string) string { return strings.Join(strings.FieldsFunc(clean(s), breaks), " ") }

// breaks reports whether a line may end at r: not at the no-break spaces of
// French, which are kept.
func breaks(r rune) bool { return unicode.IsSpace(r) && r != '\u00a0' }

// plain is plain text where a reader may suspect HTML. The RSS profile asks for
// hexadecimal references there: they mean the character itself to every reader
// (rssboard.org/rss-profile, Character Data).
type plain struct {
	XML string `xml:",innerxml"`
}

var plainEscapes = strings.NewReplacer("&", "&#x26;", "<", "&#x3C;", ">", "&#x3E;")

func plainText(s string) plain { return plain{plainEscapes.Replace(clean(s))} }

// cut shortens a text that stands in for a title.
func cut(s string) string {
	const most = 80
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

// asHTML writes plain text where a format expects HTML.
func asHTML(s string) string { return html.EscapeString(s) }

func firstText(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}

// uriMarks are the characters besides letters and digits that a URI may hold
// (RFC 3986, 2.2 and 2.3), brackets left out: they belong in an IPv6 host only.
const uriMarks = ";/?:@&=+$.-_!~*'(),#%"

// cleanURI percent-encodes what a URI cannot hold and leaves the rest as it
// is, so that a correct address comes out unchanged.
func cleanURI(s string) string {
	s = strings.TrimSpace(clean(s))
	var b strings.Builder
	const hex = "0123456789ABCDEF"
	for i := range len(s) {
		switch c := s[i]; {
		case c == '%' && !escaped(s[i:]):
			b.WriteString("%25")
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', strings.IndexByte(uriMarks, c) >= 0:
			b.WriteByte(c)
		default:
			b.Write([]byte{'%', hex[c>>4], hex[c&15]})
		}
	}
	return b.String()
}

// canonicalURI is the one spelling of an http address that serves as an
// identity (RFC 3986, 6.2.3): host in lower case, no default port, a path.
func canonicalURI(s string) string {
	s = cleanURI(s)
	u, err := url.Parse(s)
	if err != nil || !isHTTP(s) {
		return s
	}
	u.Host = strings.ToLower(u.Host)
	for scheme, port := range map[string]string{"http": ":80", "https": ":443"} {
		if u.Scheme == scheme {
			u.Host = strings.TrimSuffix(u.Host, port)
		}
	}
	if u.Path == "" {
		u.Path = "/"
	}
	return u.String()
}

// escaped reports whether s begins with a percent-encoded byte.
func escaped(s string) bool {
	const digits = "0123456789abcdefABCDEF"
	return len(s) > 2 && strings.IndexByte(digits, s[1]) >= 0 && strings.IndexByte(digits, s[2]) >= 0
}

func isHTTP(s string) bool {
	rest, ok := strings.CutPrefix(strings.ToLower(s), "http")
	return ok && (strings.HasPrefix(rest, "://") || strings.HasPrefix(rest, "s://")) && !strings.HasSuffix(rest, "://")
}

var (
	mediaType = regexp.MustCompile(`^[a-zA-Z0-9!#$&^_.+-]+/[a-zA-Z0-9!#$&^_.+-]+$`)
	spdx      = regexp.MustCompile(`^[A-Za-z0-9.+]+(-[A-Za-z0-9.+]+)+$`)
)

// cleanType is a media type without parameters, application/octet-stream for
// what is not one: every format demands a type of an attachment.
func cleanType(s string) string {
	s, _, _ = strings.Cut(s, ";")
	if s = strings.TrimSpace(s); mediaType.MatchString(s) {
		return strings.ToLower(s)
	}
	return "application/octet-stream"
}

// cleanLanguage is a registered language tag, "" for any other text.
func cleanLanguage(s string) string {
	tag, err := language.Parse(s)
	if err != nil || tag == language.Und {
		return ""
	}
	return tag.String()
}

var (
	inBrackets = regexp.MustCompile(`\(([^()@]+)\)`)
	address    = regexp.MustCompile(`[<(]?\S+@\S+[>)]?`)
)

// withoutEmail is a person's name without an e-mail address: RSS writes
// "address (name)", others "name <address>". A feed is not the place where an
// address should be gathered by others.
func withoutEmail(s string) string {
	if !strings.Contains(s, "@") {
		return s
	}
	if m := inBrackets.FindStringSubmatch(s); m != nil {
		return strings.TrimSpace(m[1])
	}
	return oneLine(address.ReplaceAllString(s, " "))
}
