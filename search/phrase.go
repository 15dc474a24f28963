package search

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search/text"
)

// Bounds of a phrase taken from a title.
const (
	phraseWords = 6  // from the first word that was typed on
	phraseRunes = 60 // of all of it
	phraseGap   = 3  // words between those that were typed
)

// phrases are pieces of the items' titles that begin with what was typed, each
// once, those of several members first.
func phrases(b Beginning, c Completions, items []federation.Item) []Completion {
	typed := text.Tokens(nil, b.Prefix)
	var out []Completion
	at := make(map[string]int)
	for i := range items {
		it := &items[i]
		p := phraseOf(it.Title, it.Language, typed, c.Words)
		key := foldedWords(p)
		if key == "" {
			continue
		}
		n, said := at[key]
		if !said {
			at[key] = len(out)
			out = append(out, Completion{Query: p, Member: it.Member, Native: b.Language != "" && federation.MatchLanguage(b.Language, it.Language)})
			continue
		}
		if out[n].Member != it.Member {
			out[n].Member = ""
		}
	}
	slices.SortStableFunc(out, func(a, b Completion) int {
		if (a.Member == "") != (b.Member == "") {
			if a.Member == "" {
				return -1
			}
			return 1
		}
		return 0
	})
	return out
}

// phraseOf is the piece of a title from the first word typed to the end of the
// clause, or of its next telling word where the clause is long; "" when the
// title has the words in another order, or there is nothing more to say.
func phraseOf(title, language string, typed []text.Token, known []Completion) string {
	if len(typed) == 0 || len(title) > 1000 || hasSign(title) {
		return ""
	}
	words := text.Tokens(nil, title)
	first, last, ok := find(words, typed)
	if !ok {
		return ""
	}
	for i := first; i < last; i++ {
		if parts(title[words[i].End:words[i+1].Start]) {
			return ""
		}
	}
	end := endOf(title, words, first, last, language)
	if end == last && last-first+1 <= len(typed) {
		return "" // a word alone: the completions have it
	}
	piece := title[words[first].Start:words[end].End]
	if utf8.RuneCountInString(piece) > phraseRunes {
		return ""
	}
	return strings.Join(strings.Fields(spelt(piece, title, words[first], first == 0, language, known)), " ")
}

// find looks for the words typed, in their order and near each other; function
// words among them may be missing, the last one goes on.
func find(words, typed []text.Token) (first, last int, ok bool) {
	for start := range words {
		at, matched := start, false
		for i, t := range typed {
			final := i == len(typed)-1
			if !final && little(t.Form) && !(at < len(words) && same(words[at], t, false)) {
				continue
			}
			limit := at + 1
			if matched {
				limit = at + phraseGap
			}
			n := at
			for n < min(limit, len(words)) && !sameStem(words[n], t, final) {
				n++
			}
			if n >= min(limit, len(words)) {
				break
			}
			if !matched {
				first, matched = n, true
			}
			last, at = n, n+1
			if final {
				return first, last, true
			}
		}
	}
	return 0, 0, false
}

// sameStem is same, with words that share a stem.
func sameStem(w, typed text.Token, begun bool) bool {
	if same(w, typed, begun) {
		return true
	}
	mine := text.Stems(typed.Form)
	return !begun && slices.ContainsFunc(text.Stems(w.Form), func(s string) bool { return slices.Contains(mine, s) })
}

// endOf is the last word of the piece.
func endOf(title string, words []text.Token, first, last int, language string) int {
	end := last
	for end+1 < len(words) && !parts(title[words[end].End:words[end+1].Start]) {
		end++
	}
	if end-first+1 > phraseWords {
		for end = last + 1; end < len(words)-1 && little(words[end].Form); end++ {
		}
		if end-first+1 > phraseWords {
			end = last
		}
	}
	for end > last && little(words[end].Form) {
		end--
	}
	return end
}

// parts reports whether what stands between two words parts them.
func parts(between string) bool {
	return strings.ContainsAny(between, ":;,.!?|()[]«»\"“”„–—/•·+#&") || strings.Contains(between, " -") || strings.Contains(between, "- ")
}

// little reports whether a word is a function word in any language.
func little(form string) bool {
	return text.IsStopAnywhere(form)
}

// spelt writes a piece as it would stand within a sentence: a title in capitals
// in small letters, its first word as other titles spell it.
func spelt(piece, title string, first text.Token, begins bool, language string, known []Completion) string {
	if strings.ToUpper(title) == title {
		return strings.ToLower(piece)
	}
	if !begins || federation.MatchLanguage("de", language) { // nouns have capitals
		return piece
	}
	word, rest := title[first.Start:first.End], piece[first.End-first.Start:]
	for _, k := range known {
		if w := text.Tokens(nil, k.Query); len(w) == 1 && w[0].Form == first.Form {
			return k.Query + rest
		}
	}
	r, n := utf8.DecodeRuneInString(word)
	if strings.IndexFunc(word[n:], unicode.IsUpper) >= 0 {
		return piece
	}
	return string(unicode.ToLower(r)) + word[n:] + rest
}
