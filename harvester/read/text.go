package read

import (
	"bytes"
	"fmt"
	"mime"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// Text returns body as valid UTF-8 without a byte order mark, and what is wrong
// with its encoding as a sentence for a webmaster, "" when nothing is.
//
// The order is: byte order mark; the zeros of UTF-16 and UTF-32 (RFC 4627, 3;
// XML 1.0, appendix F); bytes that are UTF-8, whatever is declared, because text
// in another encoding almost never is; the charset of the media type, which
// RFC 7303, 3 sets before the declaration of XML, and the one of a page's meta
// element (WHATWG HTML, 13.2.3.2); UTF-8 again when more characters are whole
// than broken; what the bytes look like, in doubt windows-1252, of which ISO
// 8859-1 and ASCII are part as the Encoding Standard reads them. UTF-7 is never
// decoded. Characters that no text holds are taken away, see Legal.
func Text(body []byte, contentType string) (text, fault string) {
	if e := wide(body); e != nil {
		return decoded(e, body)
	}
	body = bytes.TrimPrefix(body, []byte("\ufeff"))
	if utf8.Valid(body) && bytes.IndexByte(body, 0x1b) < 0 { // ESC begins what ISO 2022 hides in ASCII
		return Legal(string(body)), ""
	}
	labels := []string{headerCharset(contentType), declared(body)}
	whole, broken := characters(body)
	if fewBroken*broken <= whole && !hidden(labels) {
		return decoded(encoding.Nop, body)
	}
	said := ""
	for _, label := range labels {
		e := encodingOf(label)
		switch {
		case e == encoding.Replacement:
			return decoded(encoding.Nop, body)
		case e != nil && e != unicode.UTF8:
			return decoded(e, body)
		case label != "" && said == "":
			said = label
		}
	}
	if whole > broken {
		return decoded(encoding.Nop, body)
	}
	e := guess(body)
	if text, fault = decoded(e, body); fault == "" && said != "" {
		fault = fmt.Sprintf("The document says that it is in %.40s and is not; it was read as %v.", strings.ToUpper(said), e)
	}
	return text, fault
}

// fewBroken is how many whole characters of UTF-8 prove one broken to be a slip.
const fewBroken = 20

const damaged = "Some characters are not in the encoding that the document declares; they are shown as �."

// Narrow returns a body in UTF-16 or UTF-32 as UTF-8, and any other without its
// byte order mark but otherwise as it is: the first step of Text, for formats
// that work on bytes before their charset is known.
func Narrow(body []byte) []byte {
	if e := wide(body); e != nil {
		text, _ := decoded(e, body)
		return []byte(text)
	}
	return bytes.TrimPrefix(body, []byte("\ufeff"))
}

// wide recognises UTF-16 and UTF-32 by their byte order mark, or by the zeros of
// the first two characters, which are ASCII in every format. UTF-32 first: its
// mark begins with UTF-16's.
func wide(b []byte) encoding.Encoding {
	if len(b) < 4 {
		return nil
	}
	zero := [4]bool{b[0] == 0, b[1] == 0, b[2] == 0, b[3] == 0}
	switch {
	case bytes.HasPrefix(b, []byte("\xff\xfe\x00\x00")), zero == [4]bool{false, true, true, true}:
		return utf32.UTF32(utf32.LittleEndian, utf32.UseBOM)
	case bytes.HasPrefix(b, []byte("\x00\x00\xfe\xff")), zero == [4]bool{true, true, true, false}:
		return utf32.UTF32(utf32.BigEndian, utf32.UseBOM)
	case b[0] == 0xff && b[1] == 0xfe, zero == [4]bool{false, true, false, true}:
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case b[0] == 0xfe && b[1] == 0xff, zero == [4]bool{true, false, true, false}:
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	}
	return nil
}

func decoded(e encoding.Encoding, body []byte) (text, fault string) {
	out, err := e.NewDecoder().Bytes(body)
	if err != nil {
		out = body
	}
	if !utf8.Valid(out) || bytes.Contains(out, []byte("\ufffd")) {
		fault = damaged
	}
	return Legal(strings.TrimPrefix(strings.ToValidUTF8(string(out), "\ufffd"), "\ufeff")), fault
}

// characters counts those beyond ASCII that are whole in UTF-8 and that are not:
// one bad byte must not turn a French text into mojibake.
func characters(b []byte) (whole, broken int) {
	for len(b) > 0 {
		r, size := utf8.DecodeRune(b)
		switch {
		case r == utf8.RuneError && size == 1:
			broken++
		case size > 1:
			whole++
		}
		b = b[size:]
	}
	return whole, broken
}

// hidden reports whether the text is of the declared kind that looks like ASCII
// without being it.
func hidden(labels []string) bool {
	for _, l := range labels {
		if strings.HasPrefix(l, "iso-2022-") {
			return true
		}
	}
	return false
}

func headerCharset(contentType string) string {
	_, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		return ""
	}
	return strings.ToLower(strings.TrimSpace(params["charset"]))
}

var declaration = regexp.MustCompile(`(?i)<\?xml[^>]*\sencoding\s*=\s*["']\s*([\w.:-]+)|<meta\s[^>]*charset\s*=\s*["']?\s*([\w.:-]+)`)

// declared is the encoding that an XML declaration or a meta element names,
// wherever it stands in the beginning: text before it is a common mistake.
func declared(body []byte) string {
	m := declaration.FindSubmatch(body[:min(len(body), 2048)])
	if m == nil {
		return ""
	}
	return strings.ToLower(string(m[1]) + string(m[2]))
}

// encodingOf returns nil for a label that is unknown or says nothing: the name
// of a wide encoding on bytes that are not wide.
func encodingOf(label string) encoding.Encoding {
	if label == "" || strings.HasPrefix(label, "utf-16") || strings.HasPrefix(label, "utf-32") || label == "utf-7" {
		return nil
	}
	e, name := charset.Lookup(label)
	if name == "utf-8" {
		return unicode.UTF8
	}
	return e
}

// Legal takes away the control characters that no format allows in a text (XML
// 1.0, 2.2), or puts a space for those that part words, and makes the C1
// controls what they are in windows-1252, from which they always come: pages
// that were pasted into a system that took them for ISO 8859-1. s is valid UTF-8.
func Legal(s string) string {
	clean := true
	for i := 0; i < len(s) && clean; i++ {
		switch c := s[i]; {
		case c < 0x20:
			clean = c == '\t' || c == '\n' || c == '\r'
		case c == 0xc2:
			clean = s[i+1] >= 0xa0
		case c == 0xef:
			clean = s[i+1] != 0xbf || s[i+2] < 0xbe
		}
	}
	if clean {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\v', r == '\f':
			return ' '
		case r < 0x20 && r != '\t' && r != '\n' && r != '\r', r == 0xfffe, r == 0xffff:
			return -1
		case r >= 0x80 && r < 0xa0:
			return charmap.Windows1252.DecodeByte(byte(r))
		}
		return r
	}, s)
}
