package local

import (
	"slices"

	"github.com/plonegov/carillon/search/text"
)

// other is several words that say together what one word of a query says.
type other struct {
	docs  []uint32 // living documents with all of them, in order
	forms []match  // of all of them
}

// split takes a word that no item has apart, into words that some have
// together.
func (v *view) split(t *term) {
	for _, as := range t.Spellings() {
		if parts := text.Compounds(as, v.has); parts != nil {
			v.together(t, parts)
			return
		}
	}
}

// together adds to t the documents that have all of some words, wherever.
func (v *view) together(t *term, parts []string) {
	if t.others == nil {
		t.others = make([][]other, len(v.parts))
	}
	words := make([]word, len(parts))
	related := make([][]string, len(parts))
	for n, form := range parts {
		words[n] = word{Token: text.Token{Form: form}}
		related[n] = v.related(words[n])
	}
	for i, p := range v.parts {
		var o other
		for n := range words {
			list := p.known(words[n], related[n])
			if n == 0 {
				o.docs = p.holding(list)
			} else {
				o.docs = p.among(o.docs, list)
			}
			o.forms = append(o.forms, list...)
		}
		if len(o.docs) > 0 {
			t.others[i] = append(t.others[i], o)
		}
	}
}

// holding are the living documents that have one of the forms, in order.
func (p *part) holding(list []match) []uint32 {
	var out []uint32
	for _, m := range list {
		for f := range m.fields {
			for _, e := range p.postings[f].across(m.span) {
				if d := e >> tfBits; !p.dead.has(d) {
					out = append(out, d)
				}
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// among are those of the sorted docs that have one of the forms.
func (s *segment) among(docs []uint32, list []match) []uint32 {
	var has []uint32
	for _, m := range list {
		for form := m.lo; form < m.hi; form++ {
			for f := range m.fields {
				has = appendMeeting(has, s.postings[f].of(form), docs)
			}
		}
	}
	slices.Sort(has)
	return slices.Compact(has)
}

// appendMeeting appends the docs that postings have; both are sorted.
func appendMeeting(out, postings, docs []uint32) []uint32 {
	for len(postings) > 0 && len(docs) > 0 {
		switch first := postings[0] >> tfBits; {
		case first == docs[0]:
			out = append(out, first)
			docs, postings = docs[1:], postings[1:]
		case first > docs[0]:
			docs = docs[1:]
		default:
			postings = skip(postings, docs[0])
		}
	}
	return out
}
