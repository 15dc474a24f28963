package region

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// pairs is a mapping in the order in which it is written.
type pairs []pair

type pair struct {
	key   string
	value any // string, bool, int, float64, []string, map[string]string, pairs or []pairs
}

// yamlText writes mappings as YAML 1.2. It is our own because the texts are
// foreign: the library leaves some bare that it reads back as something else.
// Lists and maps of texts stand on one line, as people write them.
func yamlText(p pairs) string {
	var b strings.Builder
	writePairs(&b, p, 0)
	return b.String()
}

func writePairs(b *strings.Builder, p pairs, depth int) {
	for i, one := range p {
		if i > 0 {
			b.WriteString(strings.Repeat("  ", depth))
		}
		b.WriteString(one.key + ":")
		switch v := one.value.(type) {
		case pairs:
			b.WriteString("\n" + strings.Repeat("  ", depth+1))
			writePairs(b, v, depth+1)
		case []pairs:
			b.WriteByte('\n')
			for _, item := range v {
				b.WriteString(strings.Repeat("  ", depth+1) + "- ")
				writePairs(b, item, depth+2)
			}
		default:
			b.WriteString(" " + scalarText(v) + "\n")
		}
	}
}

// scalarText is a value on one line.
func scalarText(v any) string {
	switch v := v.(type) {
	case string:
		return quoted(v)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case []string:
		list := make([]string, len(v))
		for i, s := range v {
			list[i] = quoted(s)
		}
		return "[" + strings.Join(list, ", ") + "]"
	case map[string]string:
		var list []string
		for _, k := range slices.Sorted(maps.Keys(v)) {
			list = append(list, quoted(k)+": "+quoted(v[k]))
		}
		return "{" + strings.Join(list, ", ") + "}"
	}
	return fmt.Sprint(v)
}

var (
	// plain is what no reader of YAML takes for anything but a text, in a block
	// or on one line.
	plain = regexp.MustCompile(`^[\pL/][\pL\pN/._ -]*$|^https?://[\pL\pN/._~%?=+:-]*[\pL\pN/]$|^([0-9]+h)?([0-9]+m)?([0-9]+s)?$`)
	// words of YAML 1.1 and 1.2 that are no texts.
	reserved = regexp.MustCompile(`(?i)^(y|n|yes|no|on|off|true|false|null|nan|inf)$`)
)

// quoted is a text as a YAML scalar, in double quotes unless it is plain.
func quoted(s string) string {
	if s != "" && plain.MatchString(s) && !reserved.MatchString(s) && strings.TrimSpace(s) == s {
		return s
	}
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteString(`\` + string(r))
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r < ' ' || r >= 0x7f && r < 0xa0 || r == 0x2028 || r == 0x2029 || r == 0xfeff:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String() + `"`
}
