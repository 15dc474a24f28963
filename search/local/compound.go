package local

import (
	"index/suffixarray"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/plonegov/carillon/search/text"
)

// compounding are the languages that write compounds as one word.
var compounding = []string{"de", "nl"}

// Of compounds: shortestCompound is the letters that one has at least,
// shortestPart those of a part that is found within one, and surePart those
// from which a part is believed without knowing what stands beside it.
const (
	shortestCompound = 7
	shortestPart     = 4
	surePart         = 5
)

// compounds are the forms of a segment that may be compounds, made to find
// letters within them.
type compounds struct {
	once  sync.Once
	forms []uint32 // in order
	text  dictionary
	index *suffixarray.Index // of the text, when it is long
}

// maxScanned is the length of text that is gone through without an index.
const maxScanned = 1 << 15

// compound makes what finds parts of compounds, the first time that it is asked.
func (s *segment) compound() *compounds {
	c := &s.compounds
	c.once.Do(func() {
		for n := range uint32(s.forms.len()) {
			if form := s.forms.at(n); s.stems.compounds(n) && len(form) >= shortestCompound && !hasDigit(form) {
				c.forms = append(c.forms, n)
			}
		}
		var b dictionaryBuilder
		for _, n := range c.forms {
			b.add(s.forms.at(n))
		}
		if c.text = b.done(); len(c.text.blob) > maxScanned {
			c.index = suffixarray.New([]byte(c.text.blob))
		}
	})
	return c
}

func hasDigit(s string) bool { return strings.ContainsAny(s, "0123456789") }

// having calls take with each form that has part in it, and where.
func (c *compounds) having(part string, take func(form string, at int)) {
	visit := func(pos int) {
		n := uint32(firstAfter(c.text.off, uint32(pos))) - 1
		at := pos - int(c.text.off[n])
		if form := c.text.at(n); at+len(part) <= len(form) && len(form) > len(part) {
			take(form, at)
		}
	}
	if c.index != nil {
		for _, pos := range c.index.Lookup([]byte(part), -1) {
			visit(pos)
		}
		return
	}
	for from := 0; ; {
		i := strings.Index(c.text.blob[from:], part)
		if i < 0 {
			return
		}
		visit(from + i)
		from += i + 1
	}
}

// firstAfter is the first place in the sorted list of what is greater than n.
func firstAfter(list []uint32, n uint32) int {
	i, _ := slices.BinarySearch(list, n+1)
	return i
}

// compoundsOf are the forms in any part of v that are Dutch or German compounds
// of the word, sorted.
func (v *view) compoundsOf(w word) []string {
	var out []string
	for _, part := range partsOf(w) {
		for _, p := range v.parts {
			p.compound().having(part, func(form string, at int) {
				if isPart(form, at, len(part), v.has) {
					out = append(out, form)
				}
			})
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// partsOf are the letters by which a word is looked for in compounds: its
// spellings, and its stems in the languages that make compounds.
func partsOf(w word) []string {
	var out []string
	for _, form := range w.Spellings() {
		if hasDigit(form) {
			continue
		}
		out = append(out, form)
		for _, lang := range compounding {
			out = append(out, text.Stem(lang, form))
		}
		if base := strings.TrimSuffix(form, "n"); len(base) > surePart { // Steuern, which the stems leave alone
			out = append(out, base)
		}
	}
	slices.Sort(out)
	return slices.DeleteFunc(slices.Compact(out), func(s string) bool { return len(s) < shortestPart && !isHead(s, "") })
}

// isPart reports whether the size letters at a place of a form are a part of a
// compound, as far as one can tell: what stands before and behind them must be
// words by their looks, and when the part is short or in the middle, words
// that has knows.
func isPart(form string, at, size int, has func(string) bool) bool {
	before, behind := form[:at], form[at+size:]
	if inflection(behind) {
		behind = ""
	}
	switch {
	case before == "" && behind == "":
		return false
	case before != "" && !wordLike(before) || behind != "" && !wordLike(behind):
		return false
	case before == "" && derives(behind), before != "" && leads(before):
		return false
	case before != "" && behind != "":
		return size >= surePart && (knownPart(before, has) || knownPart(behind, has) || size > surePart)
	}
	return size >= surePart || knownPart(before+behind, has) || before != "" && isHead(form[at:at+size], before)
}

// isHead reports whether a short word is what so many compounds end in that it is
// believed behind any word: Wertstoffhof, Burgeramt, zwembad, grofvuil. Words
// that merely end so are none.
func isHead(s, before string) bool {
	switch s {
	case "hof", "amt", "bad", "weg", "bus", "rad", "zug", "bau", "wahl", "haus", "plan", "park", "saal", "heim", "geld", "pass", "mull",
		"netz", "lauf", "buch", "holz", "dorf", "bahn", "bank", "feld", "wald", "see", "pad", "raad", "vuil", "huis", "zorg", "gids", "taks",
		"veld", "baan", "brug", "dorp":
	default:
		return false
	}
	switch before {
	case "insges", "kame", "uber":
		return false
	}
	return before == "" || len(before) > 3
}

// wordLike reports whether s may be a word of a compound: three letters, a
// vowel among them.
func wordLike(s string) bool {
	return len(s) >= 3 && strings.ContainsAny(s, "aeiouy") && utf8.RuneStart(s[0])
}

// knownPart reports whether s is a known word, with or without what links it.
func knownPart(s string, has func(string) bool) bool {
	if has(s) || has(s+"e") {
		return true
	}
	for _, link := range [...]string{"s", "es", "en", "n", "er", "e"} {
		if base, ok := strings.CutSuffix(s, link); ok && len(base) >= 3 && has(base) {
			return true
		}
	}
	return false
}

// inflection reports whether s is what the last word of a compound may end in.
func inflection(s string) bool {
	switch s {
	case "", "e", "n", "s", "en", "er", "es", "ern", "em", "ens", "ns", "nen", "je", "jes", "tje", "tjes", "pje", "pjes", "etje", "etjes":
		return true
	}
	return false
}

// leads reports whether s begins words without being one.
func leads(s string) bool {
	switch s {
	case "ver", "ent", "zer", "emp", "miss", "vor", "auf", "aus", "ein", "ont", "her", "wieder", "bei", "mit", "nach", "uber", "unter", "durch",
		"gegen", "voor", "aan", "door", "over", "onder", "mis", "hin", "weg", "zusammen", "uit", "terug", "samen", "bij", "mee", "neer", "unge", "unver":
		return true
	}
	return false
}

// derives reports whether s makes another word of the one before it.
func derives(s string) bool {
	switch s {
	case "ung", "ungen", "heit", "keit", "lich", "liche", "lichen", "licher", "liches", "lichkeit", "isch", "ische", "ischen", "schaft", "haft", "bar",
		"sam", "los", "lose", "losen", "end", "ende", "enden", "igen", "ige", "iger", "innen", "lijk", "lijke", "lijkheid", "heid", "heden", "loos",
		"loze", "ing", "ingen", "baar", "bare", "zaam", "achtig", "sten", "ste", "eren", "iert", "ieren", "erin", "erinnen":
		return true
	}
	return false
}

// other is several words that say together what one word of a query says.
type other struct {
	class class
	docs  []uint32 // living documents with all of them, in order
	title []uint32 // those that have them in the title, in order
	forms []match  // of all of them
}

// field is where a document counts as having them.
func (o *other) field(d uint32) field {
	if _, in := slices.BinarySearch(o.title, d); in {
		return titleField
	}
	return bodyField
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
	words := make([]word, len(parts))
	related := make([][]string, len(parts))
	for n, form := range parts {
		words[n] = word{Token: text.Token{Form: form}}
		related[n] = v.related(words[n])
	}
	for i, p := range v.parts {
		o := other{class: inParts}
		for n := range words {
			list := p.known(words[n], related[n])
			if n == 0 {
				o.docs = p.holding(list)
			} else {
				o.docs = p.among(o.docs, list)
			}
			o.forms = append(o.forms, list...)
		}
		t.add(i, len(v.parts), o)
	}
}

// standing adds to terms the documents in which words stand together.
func (v *view) standing(terms []*term, c class, words []string) {
	list := make([]word, len(words))
	for n, form := range words {
		list[n] = word{Token: text.Token{Form: form}}
	}
	for i := range v.parts {
		o := other{class: c}
		at := v.literal(i, list)
		o.docs = v.parts[i].phrase(at)
		o.title = v.parts[i].phraseIn(titleField, at)
		for _, forms := range at {
			o.forms = append(o.forms, forms...)
		}
		for _, t := range terms {
			t.add(i, len(v.parts), o)
		}
	}
}

func (t *term) add(part, parts int, o other) {
	if len(o.docs) == 0 {
		return
	}
	if t.others == nil {
		t.others = make([][]other, parts)
	}
	t.others[part] = append(t.others[part], o)
}

// holding are the living documents that have one of the forms, in order.
func (p *part) holding(list []match) []uint32 {
	if p.size(list) > p.len()/manyHold {
		has := newBitmap(p.len())
		p.eachHolding(list, has.set)
		return has.appendTo(nil)
	}
	var out []uint32
	p.eachHolding(list, func(d uint32) { out = append(out, d) })
	slices.Sort(out)
	return slices.Compact(out)
}

// manyHold is the part of all documents from which on going through a bitmap is
// quicker than sorting.
const manyHold = 64

// eachHolding visits them, once or more.
func (p *part) eachHolding(list []match, visit func(d uint32)) {
	for _, m := range list {
		for f := range m.fields {
			for _, n := range p.postings[f].across(m.span).docs {
				if d := uint32(n); !p.dead.has(d) {
					visit(d)
				}
			}
		}
	}
}

// among are those of the sorted docs that have one of the forms.
func (s *segment) among(docs []uint32, list []match) []uint32 {
	var has []uint32
	for _, m := range list {
		for form := m.lo; form < m.hi; form++ {
			for f := range m.fields {
				has = appendMeeting(has, s.postings[f].of(form).docs, docs)
			}
		}
	}
	slices.Sort(has)
	return slices.Compact(has)
}

// appendMeeting appends the docs that postings have; both are sorted.
func appendMeeting(out []uint32, postings []uint16, docs []uint32) []uint32 {
	for len(postings) > 0 && len(docs) > 0 {
		switch first := uint32(postings[0]); {
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
