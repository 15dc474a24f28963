package local

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/plonegov/carillon/search/text"
)

// maxWords bounds the words of a query; more are left out. Nobody types so many,
// and each may cost a search of its own.
const maxWords = 16

// maxForgiven is in how many words of a query errors are forgiven; looking for
// what was meant is the dearest thing there is.
const maxForgiven = 8

// maxSought is for how many of those that nothing else matches it is looked for:
// a query with more has another language, or no sense.
const maxSought = 4

// word is one word of a query.
type word struct {
	text.Token
	prefix bool // it may go on
	typos  bool // it may be put right
	quoted bool // it stands in quotes: as it is written, and nowhere else
}

// asked is what a query asks for.
type asked struct {
	words   []word   // in order, those in quotes among them
	phrases [][]word // in quotes: each must stand together, in order
	without [][]word // behind a minus: none of these may occur
}

// parseWords cuts a query that has no signs. The last word is taken to go on
// unless something, such as a space, stands after it; see [text.Token.Open].
func parseWords(query string) []word {
	tokens := text.Tokens(nil, query)
	out := make([]word, 0, len(tokens))
	for i, t := range tokens[:min(len(tokens), maxWords)] {
		out = append(out, word{Token: t, prefix: t.Open(query), typos: i < maxForgiven})
	}
	return out
}

// parse reads a query with its signs: words between quotation marks, of
// whatever kind, are a phrase, and a word or phrase directly behind a minus
// that begins a word is left out. Signs that stand alone say nothing.
func parse(query string) asked {
	var a asked
	signs := readSigns(query)
	words := 0
	for _, t := range text.Tokens(nil, query) {
		if words == maxWords {
			break
		}
		words++
		s := signs.at(t.Start)
		w := word{Token: t, prefix: t.Open(query), typos: words <= maxForgiven}
		if s.kind == plainSign {
			a.words = append(a.words, w)
			continue
		}
		w.prefix, w.typos = false, false
		if s.kind == minusSign {
			a.without = appendTo(a.without, w, s.fresh())
			continue
		}
		w.quoted = true
		a.words = append(a.words, w)
		a.phrases = appendTo(a.phrases, w, s.fresh())
	}
	return a
}

// appendTo appends w to the last list, or to a new one.
func appendTo(lists [][]word, w word, fresh bool) [][]word {
	if fresh || len(lists) == 0 {
		return append(lists, []word{w})
	}
	lists[len(lists)-1] = append(lists[len(lists)-1], w)
	return lists
}

// sign is what the signs of a query say of a stretch of it.
type sign struct {
	from, to int // bytes
	kind     signKind
	met      bool
}

type signKind uint8

const (
	plainSign signKind = iota
	quoteSign
	minusSign
)

// fresh reports whether the stretch is met for the first time.
func (s *sign) fresh() bool {
	first := !s.met
	s.met = true
	return first
}

type signs []sign

// at is the stretch that holds byte i.
func (s signs) at(i int) *sign {
	for n := range s {
		if s[n].from <= i && i < s[n].to {
			return &s[n]
		}
	}
	return &sign{}
}

// readSigns finds the quotes that are closed, and the minuses.
func readSigns(query string) signs {
	if !strings.ContainsAny(query, "-–−\"“”„‟«»") {
		return nil
	}
	var out signs
	before := ' '
	for i := 0; i < len(query); {
		r, n := utf8.DecodeRuneInString(query[i:])
		kind, from := quoteSign, i
		if text.IsMinus(r) && unicode.IsSpace(before) {
			kind, from = minusSign, i+n
		}
		before = r
		i += n
		next, _ := utf8.DecodeRuneInString(query[from:])
		switch {
		case isQuote(next):
			if to := closing(query, from); to > 0 {
				out = append(out, sign{from: from, to: to, kind: kind})
				i, before = to, ' '
			}
		case kind == minusSign:
			to := len(query)
			if end := strings.IndexFunc(query[from:], unicode.IsSpace); end >= 0 {
				to = from + end
			}
			out = append(out, sign{from: from, to: to, kind: kind})
			i = to
		}
	}
	return out
}

func isQuote(r rune) bool {
	return strings.ContainsRune("\"“”„‟«»", r) && r != utf8.RuneError
}

// closing is the end of the quote that begins at i, 0 when it has none.
func closing(query string, i int) int {
	_, n := utf8.DecodeRuneInString(query[i:])
	end := strings.IndexFunc(query[i+n:], isQuote)
	if end < 0 {
		return 0
	}
	end += i + n
	_, n = utf8.DecodeRuneInString(query[end:])
	return end + n
}
