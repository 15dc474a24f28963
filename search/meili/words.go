package meili

import (
	"encoding/hex"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/meilisearch/meilisearch-go"

	"github.com/plonegov/carillon/search/text"
)

// maxQueryWords is how many words of a query the server looks at.
const maxQueryWords = 10

// words are what a query says, cut and folded: letters and digits alone, so
// that no operator of the server's can be among them.
type words struct {
	all     []string   // in order, without phrases and what is excluded
	spelt   [][]string // all of them in other spellings
	prefix  bool       // the last of all may go on
	phrases [][]string // what stood in quotes
	not     [][]string // what stood behind a minus, a word or a phrase each
}

// quotes are read as one sign, of whatever language they are.
var quotes = strings.NewReplacer("“", `"`, "”", `"`, "„", `"`, "‟", `"`, "«", `"`, "»", `"`)

// parseWords cuts a query. What stands between quotes is a phrase; a minus that
// begins a word leaves out what follows. A quote that is not closed says
// nothing.
func parseWords(query string) words {
	var w words
	query = quotes.Replace(query)
	var plain strings.Builder
	last := ' '
	for from := 0; from < len(query); {
		r, n := utf8.DecodeRuneInString(query[from:])
		minus := text.IsMinus(r) && unicode.IsSpace(last)
		at := from
		if minus {
			at += n
		}
		said, end := quoted(query, at)
		if minus && end == 0 {
			said = untilBlank(query[at:])
			end = at + len(said)
		}
		if end == 0 {
			plain.WriteString(query[from : from+n])
			from, last = from+n, r
			continue
		}
		if forms := formsOf(said); len(forms) > 0 && minus {
			w.not = append(w.not, forms)
		} else if len(forms) > 0 {
			w.phrases = append(w.phrases, forms)
		}
		plain.WriteByte(' ')
		from, last = end, ' '
	}
	rest := plain.String()
	for _, t := range text.Tokens(nil, rest) {
		form := spell(t.Form)
		w.prefix = t.Open(rest)
		if !slices.Contains(w.all, form) {
			w.all = append(w.all, form)
		}
	}
	w.spelt = spellings(rest, w.all)
	return w
}

// quoted is what stands in the quotes that open at i, and where they end; 0
// when none open there, or none close.
func quoted(query string, i int) (said string, end int) {
	if i >= len(query) || query[i] != '"' {
		return "", 0
	}
	said, _, closed := strings.Cut(query[i+1:], `"`)
	if !closed {
		return "", 0
	}
	return said, i + len(said) + 2
}

func untilBlank(s string) string {
	if i := strings.IndexFunc(s, unicode.IsSpace); i >= 0 {
		return s[:i]
	}
	return s
}

func formsOf(s string) []string {
	var out []string
	for _, t := range text.Tokens(nil, s) {
		out = append(out, spell(t.Form))
	}
	return out[:min(len(out), maxQueryWords)]
}

// nothing reports whether there is nothing to look for: what is left out alone
// asks for nothing.
func (w words) nothing() bool { return len(w.all) == 0 && len(w.phrases) == 0 }

// telling is w without the words that say little, if others are left.
func (w words) telling() words {
	keep := slices.DeleteFunc(slices.Clone(w.all), text.IsStopAnywhere)
	if len(keep) == 0 && len(w.phrases) == 0 || len(keep) == len(w.all) {
		return w
	}
	w.prefix = w.prefix && len(keep) > 0 && keep[len(keep)-1] == w.all[len(w.all)-1]
	w.all = keep
	return w
}

// without is w without word i.
func (w words) without(i int) words {
	w.prefix = w.prefix && i < len(w.all)-1
	w.all = slices.Delete(slices.Clone(w.all), i, i+1)
	return w
}

// variant is one query that the server is asked: the words in the stems of
// some languages, for the items in these.
type variant struct {
	q        string
	stems    []string // languages of the stems; nil = of all
	strategy meilisearch.MatchingStrategy
	worth    float64 // of what it finds, beside what was typed
}

// A query that finds nothing is asked again, looser.
const (
	asWritten  = iota // every word that says something, or a synonym of it
	apart             // compounds by their parts
	oneMissing        // of two words or more, all but any one
	rarest            // what the rarest words find
	levels
)

// synonymsWorth is the worth of a synonym; maxSynonyms bounds how many are
// asked for, because each is a query of its own.
const (
	synonymsWorth = .9
	maxSynonyms   = 6
)

// variants are the queries of a level, which together find what it finds; none
// when it is no other than the one before.
func (x *Index) variants(w words, level int, synonyms *text.Synonyms) []variant {
	spelt, worth := w.otherSpellings()
	w = w.telling().cut()
	switch level {
	case asWritten:
		out := w.inLanguages(meilisearch.All, worth)
		for _, other := range spelt {
			out = append(out, other.inLanguages(meilisearch.All, 1)...)
		}
		for _, other := range w.otherwise(synonyms) {
			out = append(out, other.inLanguages(meilisearch.All, synonymsWorth)...)
		}
		return out
	case apart:
		var out []variant
		for _, lang := range compounding {
			if one, ok := x.takeApart(w, lang); ok {
				out = append(out, one.inLanguages(meilisearch.All, 1)...)
			}
		}
		return out
	case oneMissing:
		var out []variant
		for i := range w.all {
			if len(w.all) >= 2 {
				out = append(out, w.without(i).inLanguages(meilisearch.All, 1)...)
			}
		}
		return out
	default:
		if len(w.all) < 4 {
			return nil
		}
		return w.inLanguages(meilisearch.Frequency, 1)
	}
}

// otherwise are the queries in which one word, or some that stand together, is
// replaced by a synonym.
func (w words) otherwise(synonyms *text.Synonyms) []words {
	var out []words
	for n := min(synonyms.MaxWords(), len(w.all)); n > 0; n-- {
		for i := range len(w.all) - n + 1 {
			for _, to := range synonyms.Of(w.all[i : i+n]) {
				if len(out) == maxSynonyms {
					return out
				}
				one := w
				one.all = slices.Concat(w.all[:i], to, w.all[i+n:])
				one.prefix = w.prefix && i+n < len(w.all)
				out = append(out, one)
			}
		}
	}
	return out
}

// takeApart replaces compounds by their parts; ok is false when there are none.
func (x *Index) takeApart(w words, lang string) (_ words, ok bool) {
	var all []string
	for _, form := range w.all {
		parts := x.words.parts(lang, form)
		if parts == nil {
			parts = []string{form}
		}
		all = append(all, parts...)
	}
	if ok = len(all) > len(w.all); ok {
		w.prefix = false
	}
	w.all = all[:min(len(all), maxQueryWords)]
	return w, ok
}

// inLanguages writes w for each language; languages in which it is written the
// same share a query.
func (w words) inLanguages(strategy meilisearch.MatchingStrategy, worth float64) []variant {
	var out []variant
	langs := append(slices.Clone(text.Langs[:]), noStems)
	for _, lang := range langs {
		for _, q := range w.in(lang) {
			i := slices.IndexFunc(out, func(v variant) bool { return v.q == q })
			if i < 0 {
				i = len(out)
				out = append(out, variant{q: q, strategy: strategy, worth: worth})
			}
			out[i].stems = append(out[i].stems, lang)
		}
	}
	for i := range out {
		if len(out[i].stems) == len(langs) {
			out[i].stems = nil
		}
	}
	return out
}

// in writes w with the stems of a language. A last word that may go on is asked
// for twice: as the word it is, by its stem, and as the beginning of another.
func (w words) in(lang string) []string {
	var b strings.Builder
	for _, p := range w.phrases {
		b.WriteString(`"` + strings.Join(p, " ") + `" `)
	}
	for _, n := range w.not {
		if len(n) > 1 {
			b.WriteString(`-"` + strings.Join(n, " ") + `" `)
			continue
		}
		b.WriteString("-" + n[0] + " ")
		if s := text.Stem(lang, n[0]); s != n[0] {
			b.WriteString("-" + s + " ")
		}
	}
	for i, form := range w.all {
		if len(form) >= oneTypoLetters && strings.ContainsAny(form, "0123456789") {
			b.WriteString(`"` + form + `" `) // in quotes the server forgives no error
			continue
		}
		stem := text.Stem(lang, form)
		if i == len(w.all)-1 && w.prefix {
			if stem == form {
				return []string{b.String() + form}
			}
			return []string{b.String() + stem + " ", b.String() + form}
		}
		b.WriteString(stem + " ")
	}
	return []string{b.String()}
}

// spell is a form in letters: a sign, such as an emoji, the server would leave
// out, and a query of nothing else would find everything.
func spell(form string) string {
	if strings.ContainsFunc(form, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
		return form
	}
	return "sign" + hex.EncodeToString([]byte(form))[:min(2*len(form), 60)]
}
