package local

import (
	"cmp"
	"slices"
	"unicode"

	"github.com/plonegov/carillon/search/text"
)

// Of the forms near a word those are meant that are likeliest mistyped into it:
// slips that fingers and ears make weigh less than others, and hardly anybody
// gets a first letter wrong.
const (
	// maxSlips is how far a form may be from the word: two errors of any kind,
	// or one and another first letter.
	maxSlips = 2.1
	// slipMargin is how much farther than the nearest forms others may be.
	slipMargin = .35
	// begunSlip makes whole words nearer than those that go on.
	begunSlip = .1
	// maxMeant bounds the forms that are looked at; there are more only where
	// a short beginning is near thousands of words.
	maxMeant = 4000
)

// forgive fills t with the living forms that its word is likeliest a misspelling
// of or, where the word may go on, with forms that begin so.
func (v *view) forgive(t *term, speaks string) {
	most := text.MaxTypos(t.Form)
	if most == 0 {
		v.exchange(t)
		return
	}
	var all []meant
	for i, p := range v.parts {
		all = p.appendMeant(all, i, t.word, most)
	}
	if speaks != "" {
		all = slices.DeleteFunc(all, func(m meant) bool { return !v.speaks(speaks, v.parts[m.part].forms.at(m.form)) })
	}
	if len(all) == 0 {
		return
	}
	nearest := slices.MinFunc(all, func(a, b meant) int { return cmp.Compare(a.slips, b.slips) }).slips
	all = slices.DeleteFunc(all, func(m meant) bool { return m.slips > nearest+slipMargin })
	best := slices.MinFunc(all, func(a, b meant) int {
		return cmp.Or(cmp.Compare(a.slips, b.slips), cmp.Compare(b.docs, a.docs))
	})
	t.fixed = v.parts[best.part].spelled(best.form)
	for _, m := range all {
		t.matches[m.part] = appendForm(t.matches[m.part], m.form, m.class)
	}
	v.addInflected(t, v.parts[best.part].forms.at(best.form), best.class)
	for i := range t.matches {
		slices.SortStableFunc(t.matches[i], func(a, b match) int { return int(a.class) - int(b.class) })
	}
}

// speaks reports whether an item in a language has the form.
func (v *view) speaks(lang, form string) bool {
	i := slices.Index(text.Langs[:], lang)
	return slices.ContainsFunc(v.parts, func(p part) bool {
		n, has := p.forms.find(form)
		return has && p.stems.in(i, n)
	})
}

// addInflected adds to t the forms that share a stem with the one that was
// meant: nobody means one inflection alone.
func (v *view) addInflected(t *term, form string, c class) {
	related := v.related(word{Token: text.Token{Form: form}})
	for i, p := range v.parts {
		for _, as := range related {
			n, ok := p.forms.find(as)
			if ok && !slices.ContainsFunc(t.matches[i], func(m match) bool { return m.lo <= n && n < m.hi }) {
				t.matches[i] = append(t.matches[i], match{span{n, n + 1}, c, fields})
			}
		}
	}
}

// meant is a form that a misspelt word may have meant.
type meant struct {
	part, docs int
	form       uint32
	class      class
	slips      float32
}

// appendMeant appends the living forms of p, part i, near w.
func (p part) appendMeant(all []meant, i int, w word, most int) []meant {
	looked := 0
	for _, m := range p.forms.near(p.sharing(), w.Form, most, w.prefix) {
		for form := m.lo; form < m.hi && looked < maxMeant; form++ {
			looked++
			as := p.forms.at(form)
			slips := text.Slips(w.Form, as, false)
			class := m.class
			if w.prefix {
				slips = min(slips, text.Slips(w.Form, as, true)+begunSlip)
			}
			if slips > maxSlips || !p.alive([]match{{span: span{form, form + 1}, fields: fields}}) {
				continue
			}
			docs := p.frequency([]match{{span: span{form, form + 1}, fields: fields}})
			all = append(all, meant{i, docs, form, class, slips})
		}
	}
	return all
}

// appendForm appends a form, in one run with the one before it where they match
// in the same way.
func appendForm(list []match, form uint32, c class) []match {
	if n := len(list); n > 0 && list[n-1].hi == form && list[n-1].class == c {
		list[n-1].hi++
		return list
	}
	return append(list, match{span{form, form + 1}, c, fields})
}

// exchanged is the length, in letters, of words too short for any error but two
// neighbours exchanged: bsu is left alone, pacr is parc.
const exchanged = 4

// exchange puts a word right that is too short for other errors.
func (v *view) exchange(t *term) {
	letters := []rune(t.Form)
	if len(letters) != exchanged || t.prefix || slices.ContainsFunc(letters, func(r rune) bool { return !unicode.IsLetter(r) }) {
		return
	}
	docs := 0
	for i := 1; i+1 < len(letters); i++ {
		letters[i], letters[i+1] = letters[i+1], letters[i]
		as := string(letters)
		letters[i], letters[i+1] = letters[i+1], letters[i]
		for n, p := range v.parts {
			form, ok := p.forms.find(as)
			one := []match{{span{form, form + 1}, oneTypo, fields}}
			if !ok || as == t.Form || !p.alive(one) {
				continue
			}
			t.matches[n] = append(t.matches[n], one...)
			if f := p.frequency(one); f > docs {
				docs, t.fixed = f, p.spelled(form)
			}
		}
	}
}
