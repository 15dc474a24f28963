package ics

import (
	"io"
	"mime/quotedprintable"
	"strings"

	"github.com/plonegov/carillon/harvester/read"
)

// property is one content line.
type property struct {
	name   string // upper case
	params map[string][]string
	value  string // as written, escapes and all
}

// param is the first value of a parameter, "" without.
func (p property) param(name string) string {
	if v := p.params[name]; len(v) > 0 {
		return v[0]
	}
	return ""
}

// text is the value with its escapes undone (RFC 5545, 3.3.11).
func (p property) text() string { return unescape(p.value) }

// list is the value split at its commas (CATEGORIES, RESOURCES).
func (p property) list() []string {
	var out []string
	start := 0
	for i := 0; i <= len(p.value); i++ {
		if i < len(p.value) && p.value[i] == '\\' {
			i++
			continue
		}
		if i >= len(p.value) || p.value[i] == ',' {
			if s := strings.TrimSpace(unescape(p.value[start:min(i, len(p.value))])); s != "" {
				out = append(out, s)
			}
			start = i + 1
		}
	}
	return out
}

// unescape leaves a backslash that escapes nothing as it is.
func unescape(s string) string {
	s = escapes.Replace(s)
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0x7f {
			return -1
		}
		return r
	}, s)
}

var escapes = strings.NewReplacer(`\\`, `\`, `\n`, "\n", `\N`, "\n", `\;`, ";", `\,`, ",", `\:`, ":", `\"`, `"`)

// Bounds of what stands before the colon. The longest met has 400 bytes.
const (
	maxHead = 4 << 10
	maxName = 60
)

// readLine reads a content line (RFC 5545, 3.1). A colon in a parameter of a
// date must stand between quotation marks and often does not, as in
// TZID=GMT+02:00: then the date is what follows the last colon.
func readLine(line string) (property, bool) {
	colon := valueAt(line)
	if colon < 0 {
		return property{}, false
	}
	name, _, _ := strings.Cut(line[:colon], ";")
	if !isName(name) {
		return property{}, false
	}
	if last := strings.LastIndexByte(line, ':'); last > colon && ofDates[strings.ToUpper(name)] && isDate(line[last+1:]) {
		colon = last
	}
	p := property{name: strings.ToUpper(name), value: line[colon+1:]}
	if head := line[:colon]; len(name) < len(head) && len(head) <= maxHead {
		p.params = params(head)
	}
	if strings.EqualFold(p.param("ENCODING"), "QUOTED-PRINTABLE") {
		p.value = printable(p.value, p.param("CHARSET"))
	}
	return p, true
}

// ofDates are the properties whose values are dates.
var ofDates = map[string]bool{"DTSTART": true, "DTEND": true, "DUE": true, "RECURRENCE-ID": true, "EXDATE": true, "RDATE": true}

// isDate reports whether a value is of dates as RFC 5545, 3.3.5 writes them.
func isDate(value string) bool {
	value, _, _ = strings.Cut(value, ",")
	value, _, _ = strings.Cut(value, "/")
	_, _, _, ok := digitsOf(strings.ToUpper(strings.TrimSpace(value)))
	return ok
}

// printable undoes the encoding that vCalendar 1.0 has for texts (RFC 2045,
// 6.7). What cannot be undone stays as it is.
func printable(value, charset string) string {
	out, err := io.ReadAll(quotedprintable.NewReader(strings.NewReader(value)))
	if err != nil {
		return value
	}
	text, _ := read.Text(out, "text/plain; charset="+charset)
	return strings.NewReplacer("\r\n", `\n`, "\n", `\n`, "\r", `\n`).Replace(text)
}

// params reads the parameters of a head; names come in upper case. One without
// a name or a value is passed over.
func params(head string) map[string][]string {
	out := map[string][]string{}
	for i, part := range splitOutside(head, ';') {
		name, value, ok := strings.Cut(part, "=")
		if i > 0 && !ok && strings.EqualFold(name, "QUOTED-PRINTABLE") { // vCalendar 1.0 lets names go
			name, value, ok = "ENCODING", name, true
		}
		if name = strings.ToUpper(strings.TrimSpace(name)); i == 0 || !ok || !isName(name) {
			continue
		}
		for _, v := range splitOutside(value, ',') {
			v = strings.NewReplacer(`\n`, " ", `\,`, ",", `\;`, ";", `\:`, ":", `\\`, `\`, "\t", " ").Replace(strings.Trim(strings.TrimSpace(v), `"`))
			v = strings.ReplaceAll(v, `"`, "'")
			out[name] = append(out[name], strings.TrimSpace(caret.Replace(v)))
		}
	}
	return out
}

// caret undoes the encoding of parameter values of RFC 6868.
var caret = strings.NewReplacer("^n", "\n", "^'", `"`, "^^", "^")

// splitOutside cuts s at sep outside of quotation marks and escapes.
func splitOutside(s string, sep byte) []string {
	var out []string
	quote, start := false, 0
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '"':
			quote = !quote
		case s[i] == '\\' && !quote:
			i++
		case s[i] == sep && !quote:
			out = append(out, s[start:i])
			start = i + 1
		}
	}
	return append(out, s[start:])
}

// valueAt is where the colon before the value stands, -1 without one. Where a
// quotation mark is never closed, the first colon is it.
func valueAt(line string) int {
	quote, first := false, -1
	for i := 0; i < len(line); i++ {
		switch {
		case line[i] == '"':
			quote = !quote
		case line[i] == '\\' && !quote && first < 0 && i+1 < len(line):
			i++
		case line[i] == ':' && first < 0 && quote:
			first = i
		case line[i] == ':' && !quote:
			return i
		}
	}
	return first
}

func isName(s string) bool {
	if s == "" || len(s) > maxName {
		return false
	}
	for i := range len(s) {
		if c := s[i]; (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != '-' && c != '_' && c != '.' {
			return false
		}
	}
	return true
}
