package local

import (
	"strings"
	"unicode"

	"github.com/plonegov/carillon/search/text"
)

// spell counts how a title writes its words. The first word of a title, and
// all of one in capitals, tell nothing about capitals.
func (b *builder) spell(title string) {
	title = title[:min(len(title), maxText)]
	shouted := strings.ToUpper(title) == title
	b.tokens = text.Tokens(b.tokens[:0], title)
	for i, t := range b.tokens {
		as := title[t.Start:t.End]
		if i == 0 && !acronym(as) || shouted {
			as = strings.ToLower(as)
		}
		b.spellAs(t.Form, as)
		if n := i + 1; n < len(b.tokens) && t.Alt != "" && b.tokens[n].Alt == t.Alt && strings.HasPrefix(t.Alt, t.Form) {
			b.spellAs(t.Alt, as+title[t.End:b.tokens[n].End]) // week-end
		}
		if t.Alt != "" && !strings.Contains(t.Alt, t.Form) { // muell of Müll, not weekend of week-end
			b.spellAs(t.Alt, as)
		}
	}
}

func (b *builder) spellAs(form, as string) {
	n, ok := b.number[form]
	if !ok {
		return // of a title that was too long
	}
	key := spelling{n, as}
	if b.spells[key] == 0 {
		key.as = strings.Clone(as)
	}
	b.spells[key]++
}

// acronym reports whether s has a capital after its first letter.
func acronym(s string) bool {
	for i, r := range s {
		if i > 0 && unicode.IsUpper(r) {
			return true
		}
	}
	return false
}

// spellings are the most frequent ones, by rank; "" where that is the form.
func (b *builder) spellings(byRank []uint32) dictionary {
	best := make(map[uint32]spelling)
	for s, n := range b.spells {
		old, ok := best[s.form]
		if m := b.spells[old]; !ok || n > m || n == m && s.as < old.as {
			best[s.form] = s
		}
	}
	var out dictionaryBuilder
	for _, n := range byRank {
		as := best[n].as
		if as == b.forms[n] {
			as = ""
		}
		out.add(as)
	}
	return out.done()
}

// spelled is how form r is written for people.
func (s *segment) spelled(r uint32) string {
	if as := s.spellings.at(r); as != "" {
		return as
	}
	return s.forms.at(r)
}

// isSpelt reports whether w is known to be a word as it is, though perhaps no
// item has it: a word with little to tell in one of the languages, or one of
// which there are synonyms. What no item says is not what was misspelt.
func (w word) isSpelt(synonyms *text.Synonyms) bool {
	return text.IsStopAnywhere(w.Form) || synonyms.Of([]string{w.Form}) != nil
}
