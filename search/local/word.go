package local

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/plonegov/carillon/search/text"
)

// maxWords bounds the words of a query; more are left out. Nobody types so many,
// and each may cost a search of its own.
const maxWords = 16

// word is one word of a query.
type word struct {
	text.Token
	prefix bool // it may go on
	typos  bool // it may be put right
}

// maxForgiven is in how many words of a query errors are forgiven; looking for
// what was meant is the dearest thing there is.
const maxForgiven = 8

// parseWords cuts a query. The last word is taken to go on unless something,
// such as a space, stands after it.
func parseWords(query string) []word {
	tokens := text.Tokens(nil, query)
	out := make([]word, 0, len(tokens))
	for i, t := range tokens[:min(len(tokens), maxWords)] {
		out = append(out, word{Token: t, prefix: t.End == len(query), typos: i < maxForgiven})
	}
	return out
}

// level is how far a query is relaxed. A query that finds nothing is tried at
// the next level at which it is another one; one that finds nothing at any is
// answered as at the first.
type level uint8

const (
	asWritten    level = iota
	split              // unknown words are compounds of known ones: each part must match
	withoutStops       // words that say little need not match, if others do
	oneMissing         // of three words or more one need not match
	levels
)

// relaxation is a query at all its levels.
type relaxation struct {
	view  *view
	words []word
	parts []word // with compounds split; nil until it is needed
}

// at returns the words at a level and how many of them need not match; ok is
// false when that is the query of the level before.
func (r *relaxation) at(l level) (words []word, slack int, ok bool) {
	if l == asWritten {
		return r.words, 0, len(r.words) > 0
	}
	if r.parts == nil {
		r.parts = r.view.splitCompounds(r.words)
	}
	telling := slices.DeleteFunc(slices.Clone(r.parts), word.isStop)
	fewer := len(telling) > 0 && len(telling) < len(r.parts)
	switch {
	case l == split:
		return r.parts, 0, len(r.parts) != len(r.words)
	case l == withoutStops:
		return telling, 0, fewer
	case fewer:
		return telling, 1, len(telling) >= 3
	}
	return r.parts, 1, len(r.parts) >= 3
}

func (w word) isStop() bool {
	return slices.ContainsFunc(text.Langs[:], func(lang string) bool { return text.IsStop(lang, w.Form) })
}

// splitCompounds replaces the words that no item has by the words they are
// made of, where those are known.
func (v *view) splitCompounds(words []word) []word {
	out := make([]word, 0, len(words))
	for _, w := range words {
		parts := v.compounds(w)
		if parts == nil || len(words)+len(parts) > maxWords {
			out = append(out, w)
		}
		for _, p := range parts {
			out = append(out, word{Token: text.Token{Start: w.Start, End: w.End, Form: p}})
		}
	}
	return out
}

func (v *view) compounds(w word) []string {
	if v.has(w.Form) {
		return nil
	}
	if parts := text.Compounds(w.Form, v.has); parts != nil || w.Alt == "" {
		return parts
	}
	return text.Compounds(w.Alt, v.has)
}

// has reports whether an item that is not deleted has the form.
func (v *view) has(form string) bool {
	return slices.ContainsFunc(v.parts, func(p part) bool {
		n, ok := p.forms.find(form)
		return ok && p.alive([]match{{span: span{n, n + 1}, fields: fields}})
	})
}

// shortPrefix is how many letters a word needs to be gone on with everywhere;
// shorter ones are in titles only, or they would match nearly every item.
const shortPrefix = 3

func (w word) isShort() bool { return utf8.RuneCountInString(w.Form) < shortPrefix }

// spellings are what w may stand for.
func (w word) spellings() []string {
	if w.Alt == "" || w.Alt == w.Form {
		return []string{w.Form}
	}
	return []string{w.Form, w.Alt}
}

// correct returns the query with words replaced, by their position in it.
func correct(query string, fixes map[int]fix) string {
	if len(fixes) == 0 {
		return ""
	}
	var b strings.Builder
	at := 0
	for _, start := range sortedKeys(fixes) {
		if start < at {
			continue // a part of a compound that has been replaced
		}
		b.WriteString(query[at:start] + fixes[start].as)
		at = fixes[start].end
	}
	return b.String() + query[at:]
}
