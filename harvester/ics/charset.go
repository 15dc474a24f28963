package ics

import (
	"bytes"
	"mime"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// toUTF8 returns the unfolded text as UTF-8 and reports whether bytes had to be
// replaced. A calendar is UTF-8 (RFC 5545, 3.1.4) unless the media type says
// otherwise; bytes that are valid UTF-8 are taken as such whatever it says,
// others without a charset as Windows-1252.
//
// Lines are unfolded first: some systems fold in the middle of a character.
func toUTF8(body []byte, contentType string) (string, bool) {
	body = unfold(narrow(body))
	if utf8.Valid(body) {
		return string(body), false
	}
	_, params, _ := mime.ParseMediaType(contentType)
	label := strings.ToLower(params["charset"])
	if e, name := charset.Lookup(label); e != nil && name != "utf-8" && name != "replacement" && !strings.HasPrefix(name, "utf-16") {
		if out, err := e.NewDecoder().Bytes(body); err == nil {
			return strings.ToValidUTF8(string(out), "\ufffd"), bytes.Contains(out, []byte("\ufffd"))
		}
	}
	if whole, broken := characters(body); whole <= broken {
		if out, err := charmap.Windows1252.NewDecoder().Bytes(body); err == nil {
			return string(out), bytes.Contains(out, []byte("\ufffd"))
		}
	}
	return strings.ToValidUTF8(string(body), "\ufffd"), true
}

// narrow makes UTF-16 UTF-8 and takes off a byte order mark.
func narrow(body []byte) []byte {
	if len(body) >= 2 && (body[0] == 0xff && body[1] == 0xfe || body[0] == 0xfe && body[1] == 0xff || body[0] == 0 && body[1] == 'B' || body[0] == 'B' && body[1] == 0) {
		endian := unicode.LittleEndian
		if body[0] == 0 {
			endian = unicode.BigEndian
		}
		if out, err := unicode.UTF16(endian, unicode.UseBOM).NewDecoder().Bytes(body); err == nil {
			return bytes.TrimPrefix(out, []byte("\ufeff"))
		}
	}
	return bytes.TrimPrefix(body, []byte("\ufeff"))
}

// characters counts the ones beyond ASCII that are whole and that are not: one
// bad byte must not turn a French text into mojibake.
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

// unfold joins folded lines (RFC 5545, 3.1) and gives every line one LF. It
// takes CRLF, LF, CR CR LF and, where there is no LF at all, CR.
func unfold(body []byte) []byte {
	if bytes.IndexByte(body, '\n') < 0 {
		body = bytes.ReplaceAll(body, []byte{'\r'}, []byte{'\n'})
	}
	out := make([]byte, 0, len(body)+1)
	for line := range bytes.Lines(body) {
		line = bytes.TrimRight(line, "\r\n")
		switch {
		case len(line) == 0:
		case (line[0] == ' ' || line[0] == '\t') && len(out) > 0:
			out = append(out, line[1:]...)
		default:
			if len(out) > 0 {
				out = append(out, '\n')
			}
			out = append(out, line...)
		}
	}
	return out
}
