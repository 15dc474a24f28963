package feed

import (
	"bytes"
	"mime"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// toUTF8 returns body as valid UTF-8 without a byte order mark and reports
// whether bytes had to be replaced by U+FFFD.
//
// The order is: byte order mark; the shape of UTF-16 or UTF-32; bytes that are
// valid UTF-8, whatever is declared, because text in another encoding almost
// never is; the charset of the HTTP header; the XML declaration; what the bytes
// look like, in doubt windows-1252, of which ISO 8859-1 and ASCII are part as
// HTML reads them. UTF-7 is never decoded (T14).
func toUTF8(body []byte, contentType string) (text string, replaced bool) {
	if rest, ok := bytes.CutPrefix(body, []byte("\xef\xbb\xbf")); ok {
		return validUTF8(rest)
	}
	if e := wide(body); e != nil {
		return decoded(e, body)
	}
	declared := []string{headerCharset(contentType), prologCharset(body)}
	if utf8.Valid(body) && !escaped(body, declared) {
		return string(body), false
	}
	for _, label := range declared {
		if e := encodingOf(label); e != nil && (label != "utf-8" || mostlyUTF8(body)) {
			if e == encoding.Replacement || label == "utf-8" {
				return validUTF8(body)
			}
			return decoded(e, body)
		}
	}
	if mostlyUTF8(body) {
		return validUTF8(body)
	}
	return decoded(guess(body), body)
}

// wide recognises UTF-16 and UTF-32 by their byte order mark or by the zeros
// around the first "<" or "{". UTF-32 first: its mark begins with UTF-16's.
func wide(b []byte) encoding.Encoding {
	if len(b) < 4 {
		return nil
	}
	first := func(i int) bool { return b[i] == '<' || b[i] == '{' }
	switch {
	case bytes.HasPrefix(b, []byte("\xff\xfe\x00\x00")), first(0) && b[1] == 0 && b[2] == 0 && b[3] == 0:
		return utf32.UTF32(utf32.LittleEndian, utf32.UseBOM)
	case bytes.HasPrefix(b, []byte("\x00\x00\xfe\xff")), b[0] == 0 && b[1] == 0 && b[2] == 0 && first(3):
		return utf32.UTF32(utf32.BigEndian, utf32.UseBOM)
	case b[0] == 0xff && b[1] == 0xfe, first(0) && b[1] == 0:
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case b[0] == 0xfe && b[1] == 0xff, b[0] == 0 && first(1):
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	}
	return nil
}

func decoded(e encoding.Encoding, body []byte) (string, bool) {
	out, err := e.NewDecoder().Bytes(body)
	if err != nil {
		return validUTF8(body)
	}
	text, bad := validUTF8(out)
	return strings.TrimPrefix(text, "\ufeff"), bad || bytes.Contains(out, []byte("\ufffd"))
}

func validUTF8(b []byte) (string, bool) {
	if utf8.Valid(b) {
		return string(b), false
	}
	return strings.ToValidUTF8(string(b), "\ufffd"), true
}

// mostlyUTF8 reports whether more characters beyond ASCII are whole than
// broken: one bad byte must not turn a French page into mojibake.
func mostlyUTF8(b []byte) bool {
	whole, broken := 0, 0
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
	return whole > broken
}

// escaped reports whether the text is of the one declared kind that looks like
// ASCII without being it.
func escaped(body []byte, labels []string) bool {
	for _, l := range labels {
		if strings.HasPrefix(l, "iso-2022-") {
			return bytes.IndexByte(body, 0x1b) >= 0
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

// prologCharset is the encoding that the XML declaration names, wherever it
// stands: text before it is a common mistake.
func prologCharset(body []byte) string {
	head := body[:min(len(body), 2048)]
	start := bytes.Index(head, []byte("<?xml"))
	if start < 0 {
		return ""
	}
	head = head[start:]
	if end := bytes.Index(head, []byte("?>")); end > 0 {
		head = head[:end]
	}
	_, after, ok := strings.Cut(string(head), "encoding")
	if !ok {
		return ""
	}
	after = strings.TrimLeft(after, " \t\r\n=")
	if after == "" || after[0] != '"' && after[0] != '\'' {
		return ""
	}
	name, _, ok := strings.Cut(after[1:], after[:1])
	if !ok {
		return ""
	}
	return strings.ToLower(strings.TrimSpace(name))
}

// encodingOf returns nil for a label that is unknown or says nothing: the
// name of a wide encoding on bytes that are not wide.
func encodingOf(label string) encoding.Encoding {
	if label == "" || strings.HasPrefix(label, "utf-16") || strings.HasPrefix(label, "utf-32") || label == "utf-7" {
		return nil
	}
	e, _ := charset.Lookup(label)
	return e
}
