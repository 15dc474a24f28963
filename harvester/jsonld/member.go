package jsonld

import (
	"slices"
	"strings"
)

// members are the members of enumerations that a value names, in any of the
// ways JSON-LD has (JSON-LD 1.1, 4.2.1 and 9.3): an address, full, compact or
// relative, a reference to one, an object of that name, a list of them.
func members(v any) []string {
	var out []string
	for _, v := range list(v) {
		switch v := v.(type) {
		case string:
			out = append(out, v)
		case map[string]any:
			for _, key := range []string{"@id", "@value", "@list", "@set", "name", "url", "@type"} {
				if found := members(v[key]); len(found) > 0 && len(out) < maxList {
					out = append(out, found...)
					break
				}
			}
		}
	}
	return slices.DeleteFunc(out, func(s string) bool { return strings.TrimSpace(s) == "" })
}

// isMember reports whether a value names the member of an enumeration.
func isMember(v any, name string) bool {
	return slices.ContainsFunc(members(v), func(s string) bool { return memberName(s) == name })
}

// memberName is the name that an address of an enumeration's member ends in.
func memberName(s string) string {
	s = strings.TrimRight(strings.TrimSpace(s), "/#")
	return s[strings.LastIndexAny(s, "/#:")+1:]
}
