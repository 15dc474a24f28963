package jsonld

import (
	"encoding/json"
	"errors"
	"html"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/plonegov/carillon/harvester/read"
)

var (
	errMany   = errors.New("it holds too many values")
	errSyntax = errors.New("it is not JSON")
)

// parse reads a block of JSON-LD: usually one value, several when somebody
// wrote them one after the other. It reports whether anything had to be mended:
// commas too many, comments, line breaks and quotation marks inside strings, an
// end that is missing.
func parse(block string) (values []any, mended bool, err error) {
	block = unwrap(block)
	whole, mended, err := read.Mend(block, maxDepth)
	if err != nil {
		return nil, false, err
	}
	if values, err = strict(whole); err == nil {
		return values, mended, nil
	}
	if !strings.Contains(block, `"`) && strings.Contains(block, "&quot;") {
		block = html.UnescapeString(block)
		if values, err = strict(block); err == nil {
			return values, true, nil
		}
	}
	p := lenient{s: block}
	for p.space(); p.i < len(p.s); p.space() {
		if c := p.s[p.i]; c != '{' && c != '[' {
			p.i++
			continue
		}
		v, err := p.value(0)
		if err != nil {
			return nil, false, err
		}
		values = append(values, v)
	}
	if len(values) == 0 {
		return nil, false, errSyntax
	}
	return values, true, nil
}

// unwrap takes away what old scripts were wrapped in for browsers that knew
// none, and CDATA of XHTML.
func unwrap(block string) string {
	block = strings.TrimSpace(strings.TrimPrefix(block, "\ufeff"))
	for _, wrap := range []struct{ before, after string }{
		{"/*<![CDATA[*/", "/*]]>*/"}, {"/* <![CDATA[ */", "/* ]]> */"}, {"//<![CDATA[", "//]]>"}, {"// <![CDATA[", "// ]]>"},
		{"<![CDATA[", "]]>"}, {"<!--//", "//-->"}, {"<!--", "-->"},
	} {
		if rest, ok := strings.CutPrefix(block, wrap.before); ok {
			block = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(rest), wrap.after))
		}
	}
	return strings.TrimSpace(strings.TrimRight(block, "; \t\r\n"))
}

// strict reads the values of s as RFC 8259 has them.
func strict(s string) ([]any, error) {
	var values []any
	d := json.NewDecoder(strings.NewReader(s))
	d.UseNumber()
	for {
		var v any
		if err := d.Decode(&v); errors.Is(err, io.EOF) && len(values) > 0 {
			return values, nil
		} else if err != nil {
			return nil, err
		}
		values = append(values, v)
	}
}

// lenient reads JSON that is not quite.
type lenient struct {
	s      string
	i      int
	values int
}

// space skips white space and comments.
func (p *lenient) space() {
	for p.i < len(p.s) {
		switch c := p.s[p.i]; {
		case c == ' ' || c == '\t' || c == '\r' || c == '\n':
			p.i++
		case strings.HasPrefix(p.s[p.i:], "\u00a0"):
			p.i += len("\u00a0")
		case strings.HasPrefix(p.s[p.i:], "//"):
			p.skipTo("\n")
		case strings.HasPrefix(p.s[p.i:], "/*"):
			p.skipTo("*/")
		default:
			return
		}
	}
}

func (p *lenient) skipTo(end string) {
	n := strings.Index(p.s[p.i:], end)
	if n < 0 {
		p.i = len(p.s)
		return
	}
	p.i += n + len(end)
}

func (p *lenient) value(depth int) (any, error) {
	if p.values++; p.values > maxValues {
		return nil, errMany
	}
	if depth > maxDepth {
		return nil, read.Deep
	}
	p.space()
	if p.i == len(p.s) {
		return nil, nil
	}
	switch p.s[p.i] {
	case '{':
		return p.object(depth)
	case '[':
		return p.array(depth)
	case '"':
		return p.str('}', false), nil
	}
	return p.word(), nil
}

func (p *lenient) object(depth int) (any, error) {
	out := map[string]any{}
	for p.i++; ; {
		switch p.space(); {
		case p.i == len(p.s):
			return out, nil
		case p.s[p.i] == '}':
			p.i++
			return out, nil
		case p.s[p.i] == ',':
			p.i++
			continue
		case p.s[p.i] != '"':
			return nil, errSyntax
		}
		key := p.str(':', true)
		if p.space(); p.i == len(p.s) {
			return out, nil
		}
		if p.s[p.i] != ':' {
			return nil, errSyntax
		}
		p.i++
		v, err := p.value(depth + 1)
		if err != nil {
			return nil, err
		}
		if v != nil {
			out[key] = v
		}
	}
}

func (p *lenient) array(depth int) (any, error) {
	var out []any
	for p.i++; ; {
		switch p.space(); {
		case p.i == len(p.s):
			return out, nil
		case p.s[p.i] == ']':
			p.i++
			return out, nil
		case p.s[p.i] == ',':
			p.i++
			continue
		case p.s[p.i] == '}' || p.s[p.i] == ':':
			return nil, errSyntax
		}
		var v any
		var err error
		if p.s[p.i] == '"' {
			v = p.str(']', false)
		} else if v, err = p.value(depth + 1); err != nil {
			return nil, err
		}
		out = append(out, v)
	}
}

// word reads a number or a name up to what can follow a value.
func (p *lenient) word() any {
	n := strings.IndexAny(p.s[p.i:], ",]}: \t\r\n\"{[")
	if n < 0 {
		n = len(p.s) - p.i
	}
	w := p.s[p.i : p.i+n]
	p.i += max(n, 1)
	switch w {
	case "true":
		return true
	case "false":
		return false
	case "null", "undefined", "NaN", "":
		return nil
	}
	if _, err := strconv.ParseFloat(w, 64); err == nil && len(w) < 64 {
		return json.Number(w)
	}
	return w
}

// str reads a string up to the quotation mark that is followed by what can
// follow it: a colon after a key, a comma and the next value or the end of the
// container after a value. Other quotation marks belong to the text.
func (p *lenient) str(end byte, key bool) string {
	var b strings.Builder
	for p.i++; p.i < len(p.s); p.i++ {
		switch c := p.s[p.i]; {
		case c == '\\' && p.i+1 < len(p.s):
			p.escape(&b)
		case c == '"' && p.ends(p.i+1, end, key):
			p.i++
			return strings.ToValidUTF8(b.String(), "\ufffd")
		default:
			b.WriteByte(c)
		}
	}
	return strings.ToValidUTF8(b.String(), "\ufffd")
}

// ahead is how far is looked to tell whether a quotation mark ends a string.
const ahead = 200

// ends reports whether what begins at i can follow the end of a string.
func (p *lenient) ends(i int, end byte, key bool) bool {
	rest := strings.TrimLeft(p.s[i:min(len(p.s), i+ahead)], " \t\r\n")
	switch {
	case rest == "":
		return true
	case key:
		return rest[0] == ':'
	case rest[0] == '}' || rest[0] == ']':
		return true
	case rest[0] != ',':
		return end == '}' && looksLikeKey(rest) // a comma is missing
	}
	next := strings.TrimLeft(rest, ", \t\r\n")
	if next == "" || next[0] == end || strings.HasPrefix(next, "//") || strings.HasPrefix(next, "/*") {
		return true
	}
	if end == ']' {
		return strings.IndexByte("\"{[-0123456789", next[0]) >= 0
	}
	return looksLikeKey(next)
}

// looksLikeKey reports whether s begins with a short quoted name and a colon.
func looksLikeKey(s string) bool {
	if s[0] != '"' {
		return false
	}
	n := strings.IndexByte(s[1:], '"')
	if n < 1 || strings.ContainsAny(s[1:1+n], "<>=;\n") {
		return false
	}
	after := strings.TrimLeft(s[n+2:], " \t\r\n")
	return after != "" && after[0] == ':'
}

// escape reads the escape at p.i and leaves p.i on its last byte. What is none
// stands for itself.
func (p *lenient) escape(b *strings.Builder) {
	p.i++
	switch c := p.s[p.i]; c {
	case 'n', 'r':
		b.WriteByte('\n')
	case 't':
		b.WriteByte('\t')
	case 'b', 'f':
		b.WriteByte(' ')
	case 'u':
		var v any
		for _, n := range []int{11, 5} { // a surrogate pair, one character
			if end := p.i + n; end <= len(p.s) && json.Unmarshal([]byte(`"`+p.s[p.i-1:end]+`"`), &v) == nil {
				if text := v.(string); n == 5 || utf8.RuneCountInString(text) == 1 {
					b.WriteString(text)
					p.i = end - 1
					return
				}
			}
		}
		b.WriteByte('u')
	default:
		b.WriteByte(c)
	}
}
