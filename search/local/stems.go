package local

import (
	"slices"
	"strings"

	"github.com/plonegov/carillon/search/text"
)

// stemClasses files each form under its stem in each language that it occurs
// in. byRank gives the number, in langs, of a form.
func stemClasses(forms dictionary, byRank []uint32, langs []uint8) (dictionary, lists) {
	type member struct {
		key  string
		form uint32
	}
	var all []member
	for r, n := range byRank {
		form := forms.at(uint32(r))
		for i, lang := range text.Langs {
			if langs[n]&(1<<i) != 0 {
				all = append(all, member{lang + ":" + text.Stem(lang, form), uint32(r)})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b member) int { return strings.Compare(a.key, b.key) })
	var keys dictionaryBuilder
	var l lists
	for i, m := range all {
		l.entries = append(l.entries, m.form)
		if i+1 == len(all) || all[i+1].key != m.key {
			keys.add(m.key)
			l.end()
		}
	}
	return keys.done(), l.clipped()
}
