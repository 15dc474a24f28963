package local

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/plonegov/carillon/search/text"
)

// widen adds to terms what says the same in more or fewer words: neighbours
// written as one (Bürger Büro, stadt park), a word written as two (counciltax),
// and synonyms. Of a phrase in quotes every word is taken as it is.
//
// Synonyms in other languages than the word's count little, and of a query that is
// surely in the language speaks only where nothing in it is found.
func (v *view) widen(terms []term, synonyms *text.Synonyms, speaks string) {
	for i := range terms {
		v.join(terms[i:min(i+2, len(terms))])
		v.join(terms[i:min(i+3, len(terms))])
		if !terms[i].quoted {
			v.part(&terms[i])
			v.partNumber(&terms[i])
		}
		for n := 1; n <= synonyms.MaxWords() && i+n <= len(terms); n++ {
			v.synonyms(terms[i:i+n], synonyms, speaks)
		}
	}
}

// join adds to neighbours the form that they make together.
func (v *view) join(terms []term) {
	var b strings.Builder
	for i := range terms {
		if t := &terms[i]; t.quoted || len(terms) < 2 || t.isLittle() {
			return
		}
		b.WriteString(terms[i].Form)
	}
	if joined := b.String(); !isNumber(joined) && v.has(joined) { // numbers are joined where they are cut
		v.also(terms, inParts, joined)
	}
}

// isLittle reports whether t is a function word of any language; a letter is
// none beside a number.
func (t *term) isLittle() bool {
	return len(t.Form) >= 2 && text.IsStopAnywhere(t.Form)
}

// also adds a form, and those that share a stem with it, to all terms.
func (v *view) also(terms []term, c class, form string) {
	w := word{Token: text.Token{Form: form}}
	related := v.related(w)
	for i, p := range v.parts {
		for _, m := range p.known(w, related) {
			m.class = c
			for n := range terms {
				terms[n].matches[i] = appendRest(terms[n].matches[i], m)
			}
		}
	}
}

// part adds to a word the two words that it is made of, where they stand next
// to each other; of several ways to part it the one whose shorter half is
// longest.
func (v *view) part(t *term) {
	form := t.Form
	if len(form) < shortestCompound || len(form) > text.MaxRunes || hasDigit(form) {
		return
	}
	for off := 0; off <= len(form)/2-3; off++ {
		for _, at := range [...]int{len(form)/2 + off, (len(form)+1)/2 - off} {
			if at >= 3 && len(form)-at >= 3 && v.has(form[:at]) && v.has(form[at:]) {
				v.standing([]*term{t}, inParts, []string{form[:at], form[at:]})
				return
			}
		}
	}
}

// partNumber adds to a word of letters and digits the two words that it is made
// of, where they stand next to each other: covid19, 30km, SW1A2AA.
func (v *view) partNumber(t *term) {
	form := t.Form
	if len(form) > text.MaxRunes || !hasDigit(form) {
		return
	}
	for at := 1; at < len(form); at++ {
		if hasDigit(form[at-1:at]) != hasDigit(form[at:at+1]) && utf8.RuneStart(form[at]) && v.has(form[:at]) && v.has(form[at:]) {
			v.standing([]*term{t}, inParts, []string{form[:at], form[at:]})
			return
		}
	}
}

// synonyms adds to neighbours what may be said instead of all of them.
func (v *view) synonyms(terms []term, synonyms *text.Synonyms, speaks string) {
	forms := make([]string, len(terms))
	each := make([]*term, len(terms))
	for i := range terms {
		if terms[i].quoted {
			return
		}
		forms[i], each[i] = terms[i].Form, &terms[i]
	}
	own, abroad := synonyms.Apart(forms)
	v.alternatives(terms, each, synonymForm, own)
	if len(abroad) > 0 && (speaks == "" || !slices.ContainsFunc(terms, v.alive)) {
		v.alternatives(terms, each, abroadForm, abroad)
	}
}

func (v *view) alternatives(terms []term, each []*term, c class, list [][]string) {
	for _, to := range list {
		if len(to) == 1 {
			if one := (term{word: word{Token: text.Token{Form: to[0]}}}); !one.isLittle() { // of another language it is in every item
				v.also(terms, c, to[0])
			}
		} else {
			v.standing(each, c, to)
		}
	}
}

// forgiveSynonym fills a word that is near nothing that items say with what may be
// said instead of the synonym that it is likeliest a misspelling of.
func (v *view) forgiveSynonym(t *term, synonyms *text.Synonyms, speaks string) {
	as := synonyms.Misspelt(t.Form)
	if as == "" {
		return
	}
	one := []term{{word: word{Token: text.Token{Form: as}}, matches: t.matches}}
	if v.synonyms(one, synonyms, speaks); v.alive(one[0]) {
		t.matches, t.others, t.fixed = one[0].matches, one[0].others, as
	}
}
