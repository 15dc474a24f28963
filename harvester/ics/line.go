package ics

import (
	"strings"

	ical "github.com/arran4/golang-ical"
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

func unescape(s string) string {
	s = strings.ToValidUTF8(ical.FromText(s), "\ufffd")
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0x7f {
			return -1
		}
		return r
	}, s)
}

// Bounds of what stands before the colon. The longest met has 400 bytes.
const (
	maxHead = 4 << 10
	maxName = 60
)

// readLine reads a content line. What stands before the colon goes through
// golang-ical; the value stays as it is, because the library undoes the
// escapes of lists before they are split.
func readLine(line string) (property, bool) {
	colon := valueAt(line)
	if colon < 0 {
		return property{}, false
	}
	head := line[:colon]
	name, _, _ := strings.Cut(head, ";")
	if !isName(name) {
		return property{}, false
	}
	p := property{name: strings.ToUpper(name), value: line[colon+1:]}
	if len(name) == len(head) || len(head) > maxHead {
		return p, true
	}
	p.params = params(head)
	return p, true
}

// params reads the parameters of a head; names come in upper case.
func params(head string) map[string][]string {
	base, err := ical.ParseProperty(ical.ContentLine(clean(head) + ":"))
	if err != nil || base == nil {
		return nil
	}
	out := make(map[string][]string, len(base.ICalParameters))
	for name, values := range base.ICalParameters {
		for _, v := range values {
			out[strings.ToUpper(name)] = append(out[strings.ToUpper(name)], strings.TrimSpace(caret.Replace(v)))
		}
	}
	return out
}

// caret undoes the encoding of parameter values of RFC 6868.
var caret = strings.NewReplacer("^n", "\n", "^'", `"`, "^^", "^")

// clean leaves of a head what the library reads: parameters that have a name
// and a value, and no control characters.
func clean(head string) string {
	var b strings.Builder
	for i, part := range splitOutside(head, ';') {
		name, value, ok := strings.Cut(part, "=")
		if i == 0 {
			b.WriteString(strings.TrimSpace(part))
			continue
		}
		if name = strings.TrimSpace(name); !ok || !isName(name) {
			continue
		}
		b.WriteString(";" + name + "=")
		for j, v := range splitOutside(value, ',') {
			if j > 0 {
				b.WriteByte(',')
			}
			b.WriteString(quoted(v))
		}
	}
	return b.String()
}

// quoted writes a parameter value so that nothing in it is special.
func quoted(v string) string {
	v = strings.TrimSpace(v)
	v = strings.Trim(v, `"`)
	v = strings.NewReplacer(`\n`, " ", `\,`, ",", `\;`, ";", `\:`, ":", `\\`, `\`).Replace(v)
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, "'").Replace(strings.Map(func(r rune) rune {
		switch {
		case r == '\t':
			return ' '
		case r < ' ':
			return -1
		}
		return r
	}, v)) + `"`
}

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
