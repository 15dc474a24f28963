package local

import (
	"slices"
	"unicode/utf8"

	"github.com/plonegov/carillon/search/text"
)

// forgive fills t with forms at a few typing errors from its word, or, where
// the word may go on, with forms that begin with such a form.
func (v *view) forgive(t *term) {
	most := text.MaxTypos(t.Form)
	if most == 0 {
		return
	}
	best := candidate{errors: most + 1}
	for i, p := range v.parts {
		found := p.forms.near(t.Form, most, t.prefix)
		t.matches[i] = found
		for _, m := range found {
			for form := m.lo; form < m.hi; form++ {
				best = best.better(p, form, int(m.class-oneTypo)+1)
			}
		}
	}
	t.fixed = best.as
}

// candidate is a form that a misspelt word may have meant.
type candidate struct {
	errors, docs int
	as           string
}

// better returns the one with fewer errors, then in more documents.
func (c candidate) better(p part, form uint32, errors int) candidate {
	if errors > c.errors {
		return c
	}
	docs := p.frequency([]match{{span: span{form, form + 1}, fields: fields}})
	if errors == c.errors && docs <= c.docs {
		return c
	}
	return candidate{errors, docs, p.spelled(form)}
}

// near are the strings at most most errors from word: letters added, missing,
// wrong, or two neighbours exchanged. With prefix, those that begin with such.
// Strings with fewer errors come first.
func (d *dictionary) near(word string, most int, prefix bool) []match {
	if d.len() == 0 {
		return nil
	}
	w := typoWalk{dict: d, word: []rune(word), most: most, prefix: prefix}
	for j := range w.row(0) {
		w.rows[0][j] = int8(j)
	}
	w.walk(span{0, uint32(d.len())}, 0, 0, 0, most+1)
	slices.SortStableFunc(w.found, func(a, b match) int { return int(a.class) - int(b.class) })
	return w.found
}

// typoWalk goes through a sorted dictionary as through a tree of letters. For
// each letter on the way it has a row of the matrix of optimal string alignment
// that compares the letters so far with the word, and it turns back where no
// cell leaves hope.
type typoWalk struct {
	dict   *dictionary
	word   []rune
	most   int
	prefix bool
	rows   [][]int8 // by number of letters
	found  []match
}

func (w *typoWalk) row(letters int) []int8 {
	if letters == len(w.rows) {
		w.rows = append(w.rows, make([]int8, len(w.word)+1))
	}
	return w.rows[letters]
}

// walk visits the strings of s, which share their first letters, depth bytes
// of them, last being the last. best is the fewest errors of a prefix so far.
func (w *typoWalk) walk(s span, letters, depth int, last rune, best int) {
	errors := w.errors(letters)
	best = min(best, errors)
	if len(w.dict.at(s.lo)) == depth { // it ends here, and sorts first
		w.take(span{s.lo, s.lo + 1}, errors, best)
		s.lo++
	}
	for s.lo < s.hi {
		first := w.dict.at(s.lo)
		r, n := utf8.DecodeRuneInString(first[depth:])
		child := span{s.lo, w.dict.prefixEnd(s.lo, s.hi, first[:depth+n])}
		if w.fill(letters+1, r, last) <= w.most {
			w.walk(child, letters+1, depth+n, r, best)
		} else {
			w.take(child, w.most+1, best)
		}
		s.lo = child.hi
	}
}

// take keeps strings at errors, or at best if their prefixes count.
func (w *typoWalk) take(s span, errors, best int) {
	if w.prefix {
		errors = best
	}
	if errors > w.most || errors == 0 {
		return
	}
	c := oneTypo + class(errors-1)
	if n := len(w.found); n > 0 && w.found[n-1].hi == s.lo && w.found[n-1].class == c {
		w.found[n-1].hi = s.hi
		return
	}
	w.found = append(w.found, match{s, c, fields})
}

// errors are those between all letters so far and the whole word.
func (w *typoWalk) errors(letters int) int {
	if letters+w.most < len(w.word) {
		return w.most + 1
	}
	return int(w.rows[letters][len(w.word)])
}

// fill computes the row at a number of letters, the last of them r, the one
// before it last, and returns its least cell. Only cells at most w.most off the
// diagonal can leave hope; the ones beside them are set too, to none.
func (w *typoWalk) fill(letters int, r, last rune) int {
	next, row := w.row(letters), w.rows[letters-1]
	none := int8(w.most + 1)
	least := none
	from, to := max(letters-w.most, 1), min(letters+w.most, len(w.word))
	if from > to {
		return int(none)
	}
	if next[from-1] = none; from == 1 {
		next[0] = min(int8(letters), none)
		least = next[0]
	}
	if to < len(w.word) {
		next[to+1] = none
	}
	for j := from; j <= to; j++ {
		c := w.word[j-1]
		cost := row[j-1]
		if c != r {
			cost = min(cost, row[j], next[j-1]) + 1
			if letters > 1 && j > 1 && c == last && w.word[j-2] == r {
				cost = min(cost, w.rows[letters-2][j-2]+1)
			}
		}
		next[j] = cost
		least = min(least, cost)
	}
	return int(least)
}
