package local

import (
	"slices"

	"github.com/plonegov/carillon/search/text"
)

// within are, by part, the living documents that have the phrases of a query
// and nothing that it leaves out; nil when it asks for neither.
func (v *view) within(a asked) []bitmap {
	if len(a.phrases) == 0 && len(a.without) == 0 {
		return nil
	}
	out := make([]bitmap, len(v.parts))
	for i := range v.parts {
		p := &v.parts[i]
		out[i] = newBitmap(p.len()).fillAbsent(p.dead, p.len())
		for _, words := range a.phrases {
			has := newBitmap(p.len())
			for _, d := range p.phrase(v.literal(i, words)) {
				has.set(d)
			}
			out[i].and(has)
		}
		for _, words := range a.without {
			v.eachLeftOut(i, words, out[i].clear)
		}
	}
	return out
}

// eachLeftOut visits the documents of a part that a minus leaves out, once or
// more: those with a phrase as it is written, or with a word in any of its
// inflections.
func (v *view) eachLeftOut(i int, words []word, visit func(d uint32)) {
	p := &v.parts[i]
	if len(words) == 1 {
		p.eachHolding(p.known(words[0], v.related(words[0])), visit)
		return
	}
	for _, d := range p.phrase(v.literal(i, words)) {
		visit(d)
	}
}

// literal makes a phrase of a query of several words that are all function words
// of one language: each by itself is everywhere.
func (a asked) literal() asked {
	little := func(lang string) bool {
		return !slices.ContainsFunc(a.words, func(w word) bool { return !text.IsStop(lang, w.Form) })
	}
	if len(a.words) < 2 || len(a.phrases) > 0 || !slices.ContainsFunc(text.Langs[:], little) {
		return a
	}
	for i := range a.words {
		a.words[i].quoted, a.words[i].typos = true, false
	}
	a.phrases = [][]word{a.words}
	return a
}
