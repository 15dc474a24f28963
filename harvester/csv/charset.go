package csv

import (
	"bytes"
	"mime"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// toUTF8 returns body as valid UTF-8 without a byte order mark. The order is:
// the mark or the zeros of UTF-16, which spreadsheets call "Unicode text";
// bytes that are valid UTF-8; the charset of the HTTP header; windows-1252,
// which a spreadsheet in Western Europe writes and never declares.
func toUTF8(body []byte, contentType string) string {
	body = bytes.TrimPrefix(body, []byte("\xef\xbb\xbf"))
	if e := wide(body); e != nil {
		return decoded(e, body)
	}
	if utf8.Valid(body) {
		return string(body)
	}
	_, params, _ := mime.ParseMediaType(contentType)
	e, name := charset.Lookup(params["charset"])
	switch {
	case mostlyUTF8(body):
		return strings.ToValidUTF8(string(body), "\ufffd")
	case e == nil, e == encoding.Replacement, strings.HasPrefix(name, "utf-"):
		e = charmap.Windows1252
	}
	return decoded(e, body)
}

// wide is the encoding of a text that begins with a mark of UTF-16, or with a
// letter of the header as UTF-16 writes it.
func wide(b []byte) encoding.Encoding {
	switch {
	case len(b) < 2:
		return nil
	case b[0] == 0xff && b[1] == 0xfe, b[0] != 0 && b[1] == 0:
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case b[0] == 0xfe && b[1] == 0xff, b[0] == 0 && b[1] != 0:
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	}
	return nil
}

func decoded(e encoding.Encoding, body []byte) string {
	out, err := e.NewDecoder().Bytes(body)
	if err != nil {
		out = body
	}
	return strings.TrimPrefix(strings.ToValidUTF8(string(out), "\ufffd"), "\ufeff")
}

// mostlyUTF8 reports whether more characters beyond ASCII are whole than
// broken: one bad byte must not turn a whole table into mojibake.
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
