package feed

import (
	"strings"

	"github.com/plonegov/carillon/harvester/read"
)

// bases are the scopes of the elements that are open in a text, the text's own
// first: XHTML may give any of them an xml:base (XML Base, 3).
type bases []*scope

// maxBases bounds how deep a base is looked for.
const maxBases = 100

// see goes on by one token and returns its attributes, the addresses in them
// resolved where a base was given within the text.
func (b *bases) see(t read.Token) string {
	last := (*b)[len(*b)-1]
	if last == nil {
		return t.Attrs
	}
	switch t.Kind {
	case read.CloseTag:
		if len(*b) > 1 {
			*b = (*b)[:len(*b)-1]
		}
	case read.OpenTag, read.EmptyTag:
		in := last.within(t.Attrs)
		if t.Kind == read.OpenTag && len(*b) < maxBases {
			*b = append(*b, in)
		}
		if in.base != (*b)[0].base {
			return rebased(t.Attrs, in.base)
		}
	}
	return t.Attrs
}

// rebased is attributes with their addresses as seen from base.
func rebased(attrs, base string) string {
	var out strings.Builder
	for name, value := range read.Attributes(attrs) {
		switch strings.ToLower(name) {
		case "href", "src", "poster", "cite":
			if !strings.HasPrefix(value, "#") {
				value = resolve(base, value)
			}
		}
		out.WriteString(" " + name + `="` + escapeAttr.Replace(value) + `"`)
	}
	return out.String()
}
