package local

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/plonegov/carillon/search/text"
)

// class is how well a form matches a word; smaller is better.
type class uint8

const (
	exactForm class = iota
	sameStem
	begunForm
	compoundForm
	inParts
	synonymForm
	abroadForm // a synonym in another language than the word's
	oneTypo
	twoTypos
)

// weights scale the score of a word by its best match in a document
// (reference/search.md 3, recommendation 2; of what was misspelt only the likeliest
// forms are left, so they weigh more than there).
var weights = [...]float32{exactForm: 1, sameStem: .8, begunForm: .7, compoundForm: .6, inParts: .7, synonymForm: .5, abroadForm: .2, oneTypo: .8, twoTypos: .6}

// match is a run of forms that match a word in the same way.
type match struct {
	span
	class  class
	fields field // matches in the fields before this one
}

// term is a word with the forms it stands for.
type term struct {
	word
	matches [][]match // by part, best class first, no form twice
	others  [][]other // by part: documents that say it in several words
	fixed   string    // spelling of the best correction, "" when none was needed
}

// expand finds what the words of a query stand for in all parts. Errors are
// forgiven only in words that nothing else matches: forgiving them in every
// word costs more in false hits than it gains.
func (v *view) expand(words []word, synonyms *text.Synonyms) []term {
	out := make([]term, len(words))
	for i, w := range words {
		out[i].word = v.withNumber(w)
	}
	speaks := languageOf(out)
	once := make(map[word]int)
	for i, w := range words {
		if n, seen := once[w]; seen {
			out[i] = out[n].clone()
			continue
		}
		once[w] = i
		out[i] = v.spelt(out[i].word, speaks)
	}
	v.widen(out, synonyms, speaks)
	sought := 0
	for i := range out {
		t := &out[i]
		if t.quoted || v.alive(*t) {
			continue
		}
		if v.split(t); sought < maxSought && t.typos && !v.alive(*t) && !t.isSpelt(synonyms) {
			sought++
			if v.forgive(t, speaks); !v.alive(*t) {
				v.forgiveSynonym(t, synonyms, speaks)
			}
		}
	}
	return out
}

// withNumber takes a letter beside a number, the R of R 3, for both together where
// that is known: by itself it says too little.
func (v *view) withNumber(w word) word {
	if w.quoted || len(w.Form) != 1 || hasDigit(w.Form) {
		return w
	}
	for _, form := range strings.Fields(w.Also) {
		if hasDigit(form) && v.has(form) {
			w.Form, w.Alt, w.Also = form, "", ""
		}
	}
	return w
}

func (t term) clone() term {
	t.matches = slices.Clone(t.matches)
	return t
}

// spelt finds the forms of a word as it is spelt, its inflections in the language
// speaks, or in all when that is not known.
func (v *view) spelt(w word, speaks string) term {
	t := term{word: w, matches: make([][]match, len(v.parts))}
	var related, compounds []string
	if !w.quoted {
		related, compounds = v.relatedIn(speaks, w), v.compoundsOf(w)
	}
	for i, p := range v.parts {
		known := p.known(w, related)
		t.matches[i] = known
		for _, form := range compounds {
			n, ok := p.forms.find(form)
			if ok && !slices.ContainsFunc(known, func(m match) bool { return m.lo <= n && n < m.hi }) {
				t.matches[i] = append(t.matches[i], match{span{n, n + 1}, compoundForm, fields})
			}
		}
	}
	return t
}

// known are the forms of a segment that match w as it is spelt.
func (s *segment) known(w word, related []string) []match {
	var out []match
	add := func(form string, c class) {
		n, ok := s.forms.find(form)
		one := span{n, n + 1}
		if ok && !slices.ContainsFunc(out, func(m match) bool { return m.span == one }) {
			out = append(out, match{one, c, fields})
		}
	}
	for _, form := range w.Spellings() {
		add(form, exactForm)
	}
	for _, form := range related {
		add(form, sameStem)
	}
	if len(w.Form) < shortPrefix && isNumber(w.Form) { // 1 mars is 1er mars
		for _, ending := range text.OrdinalEndings {
			add(w.Form+ending, begunForm)
		}
	}
	if !w.prefix {
		return out
	}
	limit := fields
	if w.isShort() {
		limit = titleField + 1
	}
	for _, form := range w.Spellings() {
		out = appendRest(out, match{s.begun(form), begunForm, limit})
	}
	return out
}

// begun are the forms that begin with form. A short number begins no longer one:
// of 12 nobody types 1234, but 12bis.
func (s *segment) begun(form string) span {
	all := s.forms.prefixed(form)
	if len(form) < shortPrefix && isNumber(form) && all.lo < all.hi {
		all.lo = max(all.lo, s.forms.prefixed(form+"9").hi)
	}
	return all
}

func isNumber(form string) bool { return strings.Trim(form, "0123456789") == "" }

// appendRest appends what of m is in none of list.
func appendRest(list []match, m match) []match {
	taken := slices.Clone(list)
	slices.SortFunc(taken, func(a, b match) int { return cmp.Compare(a.lo, b.lo) })
	at := m.lo
	for _, t := range taken {
		if t.hi <= at || t.lo >= m.hi {
			continue
		}
		if t.lo > at {
			list = append(list, match{span{at, t.lo}, m.class, m.fields})
		}
		at = t.hi
	}
	if at < m.hi {
		list = append(list, match{span{at, m.hi}, m.class, m.fields})
	}
	return list
}

// size is how many postings the matches have in a segment.
func (s *segment) size(list []match) int {
	n := 0
	for _, m := range list {
		for f := range m.fields {
			n += s.postings[f].across(m.span).len()
		}
	}
	return n
}

// frequency is about how many documents have one of the matches: exact for
// one form, as if none had two of them for several.
func (s *segment) frequency(list []match) int {
	var n [fields]int
	for _, m := range list {
		for f := range m.fields {
			n[f] += s.postings[f].across(m.span).len()
		}
	}
	return min(slices.Max(n[:]), s.len())
}

// alive reports whether a document that is not deleted has a form of t.
func (v *view) alive(t term) bool {
	for i, p := range v.parts {
		if p.alive(t.matches[i]) || t.others != nil && len(t.others[i]) > 0 {
			return true
		}
	}
	return false
}

func (p *part) alive(list []match) bool {
	for _, m := range list {
		for f := range m.fields {
			for _, d := range p.postings[f].across(m.span).docs {
				if !p.dead.has(uint32(d)) {
					return true
				}
			}
		}
	}
	return false
}

// fix is what a piece of a query, up to byte end, is replaced by.
type fix struct {
	end int
	as  string
}

// fixes are the corrections of terms by the byte they begin at.
func fixes(terms []term) map[int]fix {
	out := make(map[int]fix)
	for _, t := range terms {
		if t.fixed != "" {
			out[t.Start] = fix{t.End, t.fixed}
		}
	}
	return out
}

func sortedKeys[V any](m map[int]V) []int { return slices.Sorted(maps.Keys(m)) }
