package meili

import (
	"slices"
	"strings"

	"github.com/plonegov/carillon/search/text"
)

// maxSpellings bounds the spellings of a query that are asked for beside the one
// that was typed, because each is a query of its own.
const maxSpellings = 6

// groupsWorth is the worth of words that are one in another spelling, such as
// the groups of a number, where they stand apart.
const groupsWorth = .9

// spellings are the words of a query in the other spellings that package text
// knows: what an abbreviation stands for, in one language at a time, and groups
// of digits in one piece. A document has those of its own words beside them, so
// that what is grouped or cut there needs no query here.
func spellings(query string, typed []string) [][]string {
	var out [][]string
	for _, lang := range text.Langs {
		tokens := text.TokensIn(nil, lang, query)
		for reading := range 2 { // St is saint and street
			one := inFull(tokens, reading)
			known := func(other []string) bool { return slices.Equal(other, one) }
			if len(out) < maxSpellings && !known(typed) && !slices.ContainsFunc(out, known) {
				out = append(out, one)
			}
		}
	}
	return out
}

// inFull are the words with each one in its first or second further spelling,
// the last there is where it has fewer; words that share one are that one.
func inFull(tokens []text.Token, reading int) []string {
	var out []string
	for i := 0; i < len(tokens); {
		form, n := tokens[i].Form, 1
		if also := strings.Fields(tokens[i].Also); len(also) > 0 {
			form = also[min(reading, len(also)-1)]
			for _, a := range also {
				if m := sharing(tokens[i:], a); m > n {
					form, n = a, m
				}
			}
		}
		if form = spell(form); !slices.Contains(out, form) {
			out = append(out, form)
		}
		i += n
	}
	return out
}

// sharing is how many words at the beginning of tokens have the spelling.
func sharing(tokens []text.Token, form string) int {
	n := slices.IndexFunc(tokens, func(t text.Token) bool { return !slices.Contains(strings.Fields(t.Also), form) })
	if n < 0 {
		return len(tokens)
	}
	return n
}

// otherSpellings are the queries in other spellings, and the worth of the one
// that was typed beside them. The last word goes on in that one alone.
func (w words) otherSpellings() (out []words, worth float64) {
	worth = 1
	for _, all := range w.spelt {
		if len(all) < len(w.all) {
			worth = groupsWorth
		}
		one := w
		one.prefix = w.prefix && len(w.all) > 0 && all[len(all)-1] == w.all[len(w.all)-1]
		one.all = all
		out = append(out, one.telling().cut())
	}
	return out, worth
}

// cut leaves as many words as the server looks at.
func (w words) cut() words {
	w.all = w.all[:min(len(w.all), maxQueryWords)]
	return w
}
