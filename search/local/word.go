package local

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// has reports whether an item that is not deleted has the form.
func (v *view) has(form string) bool {
	return slices.ContainsFunc(v.parts, func(p part) bool {
		n, ok := p.forms.find(form)
		return ok && p.alive([]match{{span: span{n, n + 1}, fields: fields}})
	})
}

// shortPrefix is how many letters a word needs to be gone on with everywhere;
// shorter ones are in titles only, or they would match nearly every item.
const shortPrefix = 3

func (w word) isShort() bool { return utf8.RuneCountInString(w.Form) < shortPrefix }

// correct returns the query with words replaced, by their position in it.
func correct(query string, fixes map[int]fix) string {
	if len(fixes) == 0 {
		return ""
	}
	var b strings.Builder
	at := 0
	for _, start := range sortedKeys(fixes) {
		if start < at {
			continue // a part of a compound that has been replaced
		}
		b.WriteString(query[at:start] + fixes[start].as)
		at = fixes[start].end
	}
	return b.String() + query[at:]
}
