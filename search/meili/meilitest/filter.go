package meilitest

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxFilterDepth is how deep a filter may be nested.
const maxFilterDepth = 150

// condition is a filter, read.
type condition func(d *document) bool

// parser reads a filter by the server's grammar (crates/filter-parser of
// version 1.50: BNF at its head).
type parser struct {
	in    string
	index *index
	depth int
}

// parseFilter reads a filter; the fault is the server's.
func (x *index) parseFilter(s string) (condition, *fault) {
	if strings.TrimSpace(s) == "" {
		return func(*document) bool { return true }, nil
	}
	p := &parser{in: s, index: x}
	c, err := p.or()
	if err == nil && strings.TrimSpace(p.in) != "" {
		err = badFilter("Found unexpected characters at the end of the filter: `%s`. You probably forgot an `OR` or an `AND` rule.", p.in)
	}
	if err != nil {
		return nil, &fault{Message: err.Error(), Code: "invalid_search_filter", Type: "invalid_request"}
	}
	return c, nil
}

func (p *parser) space() { p.in = strings.TrimLeftFunc(p.in, unicode.IsSpace) }

// keyword takes a word that white space must follow.
func (p *parser) keyword(w string) bool {
	p.space()
	rest, ok := strings.CutPrefix(p.in, w)
	r, _ := utf8.DecodeRuneInString(rest)
	if !ok || !unicode.IsSpace(r) {
		return false
	}
	p.in = rest
	return true
}

func (p *parser) or() (condition, error) {
	if p.depth++; p.depth > maxFilterDepth {
		return nil, badFilter("The filter exceeded the maximum depth limit. Try rewriting the filter so that it contains fewer nested conditions.")
	}
	defer func() { p.depth-- }()
	all, err := p.separated("OR", p.and)
	return func(d *document) bool { return slices.ContainsFunc(all, func(c condition) bool { return c(d) }) }, err
}

func (p *parser) and() (condition, error) {
	all, err := p.separated("AND", p.not)
	return func(d *document) bool { return !slices.ContainsFunc(all, func(c condition) bool { return !c(d) }) }, err
}

func (p *parser) separated(by string, one func() (condition, error)) ([]condition, error) {
	var all []condition
	for {
		c, err := one()
		if err != nil {
			return nil, err
		}
		all = append(all, c)
		if !p.keyword(by) {
			return all, nil
		}
	}
}

func (p *parser) not() (condition, error) {
	p.space()
	if strings.HasPrefix(p.in, "NOT(") {
		p.in = "NOT " + p.in[3:]
	}
	if p.keyword("NOT") {
		c, err := p.not()
		return func(d *document) bool { return !c(d) }, err
	}
	return p.primary()
}

func (p *parser) primary() (condition, error) {
	p.space()
	if rest, ok := strings.CutPrefix(p.in, "("); ok {
		p.in = rest
		c, err := p.or()
		if err != nil {
			return nil, err
		}
		if err := p.expect(")"); err != nil {
			return nil, err
		}
		return c, nil
	}
	if rest, ok := strings.CutPrefix(p.in, "_geoRadius("); ok {
		p.in = rest
		return p.geoRadius()
	}
	field, err := p.value()
	if err != nil {
		return nil, err
	}
	if f := p.index.mayFilter(field); f != nil {
		return nil, fmt.Errorf("%s", f.Message)
	}
	return p.onField(field)
}

func (p *parser) onField(field string) (condition, error) {
	for _, negated := range []bool{true, false} {
		words := "IN"
		if negated {
			words = "NOT IN"
		}
		rest, ok := strings.CutPrefix(strings.TrimLeftFunc(p.in, unicode.IsSpace), words)
		if !ok || !strings.HasPrefix(strings.TrimSpace(rest), "[") {
			continue
		}
		p.in = rest
		values, err := p.valueList()
		return func(d *document) bool {
			return slices.ContainsFunc(values, func(v string) bool { return equals(d.value[field], v) }) != negated
		}, err
	}
	p.space()
	switch {
	case strings.HasPrefix(p.in, "EXISTS"):
		p.in = p.in[len("EXISTS"):]
		return func(d *document) bool { _, has := d.value[field]; return has }, nil
	case strings.HasPrefix(p.in, "NOT EXISTS"):
		p.in = p.in[len("NOT EXISTS"):]
		return func(d *document) bool { _, has := d.value[field]; return !has }, nil
	}
	for _, op := range []string{"!=", ">=", "<=", "=", ">", "<"} {
		if rest, ok := strings.CutPrefix(p.in, op); ok {
			p.in = rest
			v, err := p.value()
			if err != nil {
				return nil, err
			}
			return compare(field, op, v)
		}
	}
	return nil, badFilter("Was expecting an operation `=`, `!=`, `>=`, `>`, `<=`, `<`, `IN`, `NOT IN`, `TO`, `EXISTS` … at `%s`.", p.in)
}

func compare(field, op, v string) (condition, error) {
	switch op {
	case "=":
		return func(d *document) bool { return equals(d.value[field], v) }, nil
	case "!=":
		return func(d *document) bool { return !equals(d.value[field], v) }, nil
	}
	want, err := strconv.ParseFloat(v, 64)
	if err != nil {
		return nil, badFilter("Invalid value `%s`: only numbers can be compared here", v)
	}
	holds := map[string]func(a float64) bool{
		">": func(a float64) bool { return a > want }, ">=": func(a float64) bool { return a >= want },
		"<": func(a float64) bool { return a < want }, "<=": func(a float64) bool { return a <= want },
	}[op]
	return func(d *document) bool {
		return slices.ContainsFunc(scalars(d.value[field]), func(v any) bool {
			n, ok := v.(float64)
			return ok && holds(n)
		})
	}, nil
}

// equals compares as the server does: without regard to case, and a number
// with the text that is one.
func equals(have any, want string) bool {
	return slices.ContainsFunc(scalars(have), func(v any) bool {
		switch v := v.(type) {
		case string:
			return strings.EqualFold(strings.TrimSpace(v), strings.TrimSpace(want))
		case float64:
			n, err := strconv.ParseFloat(want, 64)
			return err == nil && n == v
		case bool:
			return strconv.FormatBool(v) == want
		}
		return false
	})
}

func scalars(v any) []any {
	if list, ok := v.([]any); ok {
		return list
	}
	return []any{v}
}

func (p *parser) expect(s string) error {
	p.space()
	rest, ok := strings.CutPrefix(p.in, s)
	if !ok {
		return badFilter("Expression `%s` is missing the following closing delimiter: `%s`.", p.in, s)
	}
	p.in = rest
	return nil
}

func (p *parser) valueList() ([]string, error) {
	if err := p.expect("["); err != nil {
		return nil, err
	}
	var out []string
	for {
		p.space()
		if rest, ok := strings.CutPrefix(p.in, "]"); ok {
			p.in = rest
			return out, nil
		}
		v, err := p.value()
		if err != nil {
			return nil, err
		}
		out = append(out, v)
		p.space()
		if rest, ok := strings.CutPrefix(p.in, ","); ok {
			p.in = rest
		} else if !strings.HasPrefix(p.in, "]") {
			return nil, badFilter("Expected only comma-separated field names inside `IN[..]` but instead found `%s`.", p.in)
		}
	}
}

// keywords cannot be values without quotes.
var keywords = []string{"AND", "OR", "IN", "NOT", "TO", "EXISTS", "IS", "NULL", "EMPTY", "CONTAINS", "STARTS", "WITH", "_geoRadius", "_geoBoundingBox"}

// value takes a word, or what stands in single or double quotes.
func (p *parser) value() (string, error) {
	p.space()
	if p.in == "" {
		return "", badFilter("Was expecting a value but instead got nothing.")
	}
	if q := p.in[0]; q == '"' || q == '\'' {
		return p.quoted(q)
	}
	n := strings.IndexFunc(p.in, func(r rune) bool {
		return !(unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_' || r == '-' || r == '.')
	})
	if n < 0 {
		n = len(p.in)
	}
	word := p.in[:n]
	if word == "" || slices.Contains(keywords, word) {
		return "", badFilter("Was expecting a value but instead got `%.40s`.", p.in)
	}
	p.in = p.in[n:]
	return word, nil
}

func (p *parser) quoted(q byte) (string, error) {
	for i := 1; i < len(p.in); i++ {
		switch p.in[i] {
		case '\\':
			i++
		case q:
			raw := p.in[1:i]
			p.in = p.in[i+1:]
			return unescape(strings.ReplaceAll(raw, `\`+string(q), string(q)))
		}
	}
	return "", badFilter("Expression `%.40s` is missing the following closing delimiter: `%c`.", p.in, q)
}

// unescape reads what stands behind a backslash, as the server does in every
// value: \n and \u{…} are characters.
func unescape(s string) (string, error) {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' {
			b.WriteByte(s[i])
			continue
		}
		if i++; i == len(s) {
			return "", badFilter("Malformed value")
		}
		switch c := s[i]; c {
		case 'n':
			b.WriteByte('\n')
		case 't':
			b.WriteByte('\t')
		case 'r':
			b.WriteByte('\r')
		case '\\', '"', '\'', '/':
			b.WriteByte(c)
		default:
			return "", badFilter("Malformed value: `%s`", s)
		}
	}
	return b.String(), nil
}

func (p *parser) geoRadius() (condition, error) {
	args, rest, ok := strings.Cut(p.in, ")")
	if !ok {
		return nil, badFilter("The `_geoRadius` filter expects three arguments: `_geoRadius(latitude, longitude, radius)`.")
	}
	p.in = rest
	var n []float64
	for _, a := range strings.Split(args, ",") {
		f, err := strconv.ParseFloat(strings.TrimSpace(a), 64)
		if err != nil {
			return nil, badFilter("The `_geoRadius` filter expects three arguments: `_geoRadius(latitude, longitude, radius)`.")
		}
		n = append(n, f)
	}
	if len(n) < 3 || math.Abs(n[0]) > 90 || math.Abs(n[1]) > 180 {
		return nil, badFilter("Bad geo filter `%s`", args)
	}
	if f := p.index.mayFilter("_geo"); f != nil {
		return nil, fmt.Errorf("%s", f.Message)
	}
	return func(d *document) bool {
		m, ok := d.metres(n[0], n[1])
		return ok && m <= n[2]
	}, nil
}

// metres is how far a document's place is.
func (d *document) metres(lat, lng float64) (float64, bool) {
	place, _ := d.value["_geo"].(map[string]any)
	a, ok1 := place["lat"].(float64)
	b, ok2 := place["lng"].(float64)
	if !ok1 || !ok2 {
		return 0, false
	}
	rad := math.Pi / 180
	y, x := math.Sin((a-lat)*rad/2), math.Sin((b-lng)*rad/2)
	h := y*y + math.Cos(lat*rad)*math.Cos(a*rad)*x*x
	return 2 * 6372797.56 * math.Asin(math.Sqrt(min(h, 1))), true
}

func (x *index) mayFilter(field string) *fault {
	if slices.Contains(x.names("filterableAttributes"), field) {
		return nil
	}
	return &fault{Message: fmt.Sprintf("Attribute `%s` is not filterable. Available filterable attribute patterns are: `%s`.", field,
		strings.Join(x.names("filterableAttributes"), ", ")), Code: "invalid_search_filter", Type: "invalid_request"}
}

// badFilter is what the server says of a filter, in its own words.
func badFilter(format string, args ...any) error { return filterError(fmt.Sprintf(format, args...)) }

type filterError string

func (e filterError) Error() string { return string(e) }
