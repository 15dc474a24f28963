package local

import (
	"slices"
	"strings"

	"github.com/plonegov/carillon/search"
)

var (
	fieldNames = [fields]string{titleField: "title", summaryField: "summary", bodyField: "body", labelField: "labels", fileField: "files"}
	classNames = [...]string{exactForm: "exact", sameStem: "stem", begunForm: "begun", compoundForm: "compound", inParts: "parts",
		synonymForm: "synonym", abroadForm: "translation", oneTypo: "typo", twoTypos: "typos"}
)

// mostForms is how many forms of a word are told of one field.
const mostForms = 10

// explain reckons the score of a hit again, word by word, as match did.
func (r *run) explain(h hit) *search.Why {
	i := slices.IndexFunc(r.view.parts, func(p part) bool { return p.segment == h.part })
	why := &search.Why{Factors: []search.WhyFactor{}}
	cover := 0
	for n, t := range r.terms {
		w, has := r.explainWord(i, n, t, h.doc)
		if has {
			cover += int(r.ranking.rarity[n])
		}
		why.Words = append(why.Words, w)
	}
	factor := func(name string, value float64) {
		if value != 1 {
			why.Factors = append(why.Factors, search.WhyFactor{Name: name, Value: value})
		}
	}
	factor("coverage", float64(r.ranking.coverage(uint16(cover))))
	factor("language", r.order.languageFactor(h.part, h.doc))
	factor("recency", r.order.recency(h.part, h.doc))
	if r.order.member != nil {
		m := r.order.member[h.part.ord(memberColumn, h.doc)]
		factor("authority", m.authority)
		factor(m.near.String(), search.HomeFactor(m.near))
	}
	if r.near != nil {
		factor("nearness", r.near.factor(h.part, h.doc))
	}
	return why
}

// explainWord is what document d of a part has of word n.
func (r *run) explainWord(part, n int, t term, d uint32) (search.WhyWord, bool) {
	p := r.view.parts[part].segment
	w := search.WhyWord{Word: strings.Clone(t.Form), Weight: float64(r.ranking.rarity[n]) / 16}
	var s sum
	var forms [fields][]string
	for _, m := range t.matches[part] {
		for f := range m.fields {
			for form := m.lo; form < m.hi; form++ {
				if tf := timesOf(p.postings[f].of(form), d); tf > 0 {
					s.add(f, tf, m.class)
					forms[f] = append(forms[f], strings.Clone(p.forms.at(form)))
				}
			}
		}
	}
	if t.others != nil && !s.some {
		for _, o := range t.others[part] {
			if _, in := slices.BinarySearch(o.docs, d); in {
				s.add(o.field(d), 1, o.class)
				break
			}
		}
	}
	if !s.some || r.ranking.rarity[n] == 0 {
		return w, false
	}
	for f := range fields {
		if s.tf[f] == 0 {
			continue
		}
		w.Fields = append(w.Fields, search.WhyField{Field: fieldNames[f], Match: classNames[s.class[f]], Times: int(s.tf[f]),
			Forms: append([]string{}, forms[f][:min(len(forms[f]), mostForms)]...),
			Score: float64(weights[s.class[f]] * r.ranking.fieldScore(f, s.tf[f], p, d))})
	}
	w.Score = float64(r.ranking.score(&s, n, p, d)) / scoreUnit
	return w, true
}

// timesOf is how often a form stands in document d, by its postings.
func timesOf(list postingList, d uint32) uint32 {
	if i, has := list.find(d); has {
		return list.tf(i)
	}
	return 0
}
