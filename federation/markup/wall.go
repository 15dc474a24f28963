package markup

import (
	"strings"

	"golang.org/x/net/html/atom"
)

// recognised reports whether s is HTML exactly as the walk writes it: text
// without brackets, and tags of the tables with quoted values that the tables
// allow. It reads the text, not the tree it came from, and does not repair:
// whatever is spelt in any other way, though it may mean the same, is refused.
// No element of the tables changes how a browser reads what follows it, so that
// the tags found here are those a browser finds.
func recognised(s string) bool {
	for {
		text, rest, tag := strings.Cut(s, "<")
		if strings.Contains(text, ">") {
			return false
		}
		if !tag {
			return true
		}
		inside, after, closed := strings.Cut(rest, ">")
		if !closed || !recognisedTag(inside) {
			return false
		}
		s = after
	}
}

// recognisedTag reads what stands between the brackets of a tag.
func recognisedTag(tag string) bool {
	if name, end := strings.CutPrefix(tag, "/"); end {
		a := atom.Lookup([]byte(name))
		_, known := elements[a]
		return known && !void[a]
	}
	name, rest, more := strings.Cut(tag, " ")
	element := atom.Lookup([]byte(name))
	own, known := elements[element]
	if !known {
		return false
	}
	for more {
		key, value, quoted := strings.Cut(rest, `="`)
		if !quoted {
			return false
		}
		value, rest, quoted = strings.Cut(value, `"`)
		if !quoted || !recognisedAttribute(element, own, key, value) {
			return false
		}
		if rest, more = strings.CutPrefix(rest, " "); !more && rest != "" {
			return false
		}
	}
	return true
}

// recognisedAttribute judges a value as it is escaped: no pattern allows a
// character that is, and no scheme has one.
func recognisedAttribute(element atom.Atom, own attributes, key, value string) bool {
	if element == atom.A && key == "rel" {
		return value == linkRel
	}
	r, known := own[key]
	if !known {
		if r, known = everywhere[key]; !known {
			return false
		}
	}
	switch {
	case r.pattern != nil:
		return r.pattern.MatchString(value)
	case r.address == noAddress:
		return !strings.Contains(value, "<")
	case r.address == linkAddress && (strings.HasPrefix(value, "mailto:") || strings.HasPrefix(value, "tel:")):
		return true
	}
	return strings.HasPrefix(value, "https://") || strings.HasPrefix(value, "http://")
}
