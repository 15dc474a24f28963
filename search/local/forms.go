package local

import (
	"slices"
	"strings"
)

// forms are the forms by which hits matched, sorted. Others that the terms
// stand for are left out: a prefix may have thousands.
func (r *run) forms(hits []hit) []string {
	var out []string
	for i, p := range r.view.parts {
		var docs []uint32
		for _, h := range hits {
			if h.part == p.segment {
				docs = append(docs, h.doc)
			}
		}
		if len(docs) == 0 {
			continue
		}
		slices.Sort(docs)
		for _, t := range r.terms {
			for _, m := range t.matches[i] {
				out = p.formsIn(out, m, docs)
			}
			if t.others == nil {
				continue
			}
			for _, o := range t.others[i] {
				for _, m := range o.forms {
					out = p.formsIn(out, m, docs)
				}
			}
		}
	}
	slices.Sort(out)
	out = slices.Compact(out)
	for i := range out {
		out[i] = strings.Clone(out[i])
	}
	return out
}

// formsIn appends the forms of m that any of the sorted docs has.
func (s *segment) formsIn(out []string, m match, docs []uint32) []string {
	for form := m.lo; form < m.hi; form++ {
		for f := range m.fields {
			if meet(s.postings[f].of(form).docs, docs) {
				out = append(out, s.forms.at(form))
				break
			}
		}
	}
	return out
}

// meet reports whether postings have one of docs; both are sorted.
func meet(postings []uint16, docs []uint32) bool {
	for len(postings) > 0 && len(docs) > 0 {
		switch first := uint32(postings[0]); {
		case first == docs[0]:
			return true
		case first > docs[0]:
			docs = docs[1:]
		default:
			postings = skip(postings, docs[0])
		}
	}
	return false
}
