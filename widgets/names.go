package widgets

import (
	"fmt"
	"slices"
	"strings"
)

// mostNames is how many other publishers a card names.
const mostNames = 3

// andOthers count those that a list leaves out, one and several: "…" is no
// word to who hears it.
var andOthers = map[string][2]string{
	"fr": {"%s et %d autre", "%s et %d autres"},
	"nl": {"%s en %d andere", "%s en %d andere"},
	"de": {"%s und %d weiteren", "%s und %d weiteren"}, // after "von"
	"en": {"%s and %d other", "%s and %d others"},
}

// ListNames lists the first of names, each once and the one left out never,
// and counts the rest. The language is one of federation.Languages.
func ListNames(lang string, names []string, leftOut string) string {
	var list []string
	for _, n := range names {
		if n != leftOut && !slices.Contains(list, n) {
			list = append(list, n)
		}
	}
	rest := len(list) - mostNames
	if rest <= 0 {
		return strings.Join(list, ", ")
	}
	form := andOthers[lang][1]
	if rest == 1 {
		form = andOthers[lang][0]
	}
	return fmt.Sprintf(form, strings.Join(list[:mostNames], ", "), rest)
}
