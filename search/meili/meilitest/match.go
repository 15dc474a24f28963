package meilitest

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// ruleOrder is what a rank is made of.
var ruleOrder = []string{"words", "typo", "proximity", "attribute", "exactness"}

// score is a number between 0 and 1 of a rank.
func score(rank []float64) float64 {
	s, unit := 1.0, 0.5
	for _, r := range rank {
		s -= unit * r / (1 + r)
		unit /= 2
	}
	return max(s, 0)
}

// term is a word or a phrase of a query.
type term struct {
	words  []string // more than one of a phrase
	phrase bool
	prefix bool

	met map[string]met // by a document's word
}

// met is how a term met a word.
type met struct {
	typos     int
	exact, ok bool
}

const (
	queryWords  = 10
	mostPlaces  = 50 // of a term in a field that are compared for nearness
	queryTokens = 1000
)

// parseQuery cuts a query as the server does: words, phrases in quotes, and
// what a minus excludes.
func parseQuery(q string) (terms, not []term) {
	phrase, inPhrase, negative, minus := []string{}, false, false, false
	blank := true
	tokens := cut(q)
	for i, t := range tokens[:min(len(tokens), queryTokens)] {
		if len(terms) >= queryWords {
			return terms, not
		}
		switch {
		case t == `"` && inPhrase:
			inPhrase = false
			if one := (term{words: phrase, phrase: true}); len(phrase) > 0 && negative {
				not = append(not, one)
			} else if len(phrase) > 0 {
				terms = append(terms, one)
			}
			phrase, negative = nil, false
		case t == `"`:
			inPhrase, negative, minus = true, minus, false
		case t == "-" && blank && !inPhrase:
			minus = true
			blank = false
			continue
		case !isWord(t):
			minus = false
		case inPhrase:
			phrase = append(phrase, t)
		case minus:
			not, minus = append(not, term{words: []string{t}}), false
		default:
			terms = append(terms, term{words: []string{t}, prefix: i == len(tokens)-1})
		}
		blank = strings.TrimSpace(t) == ""
	}
	if inPhrase && len(phrase) > 0 {
		if one := (term{words: phrase, phrase: true}); negative {
			not = append(not, one)
		} else {
			terms = append(terms, one)
		}
	}
	return terms, not
}

func isWord(t string) bool {
	return strings.ContainsFunc(t, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) })
}

// cut parts words from what stands between them.
func cut(s string) []string {
	var out []string
	from := 0
	word := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }
	var was bool
	for i, r := range s {
		is := word(r)
		if i > from && (is != was || !is) {
			out = append(out, strings.ToLower(s[from:i]))
			from = i
		}
		was = is
	}
	if from < len(s) {
		out = append(out, strings.ToLower(s[from:]))
	}
	return out
}

// at is where a term stands in a document: the best place of all.
type at struct {
	typos, field int
	exact        bool
	places       map[int][]int // positions by field
}

// fieldWords are the words of a document, by searchable field.
func (x *index) fieldWords(d *document, only []string) [][]string {
	fields := x.names("searchableAttributes")
	if d.words == nil || !slices.Equal(d.fields, fields) {
		d.fields, d.words = fields, wordsOf(d, fields)
	}
	if len(only) == 0 {
		return d.words
	}
	out := make([][]string, len(fields))
	for i, f := range fields {
		if slices.Contains(only, f) {
			out[i] = d.words[i]
		}
	}
	return out
}

func wordsOf(d *document, fields []string) [][]string {
	out := make([][]string, len(fields))
	for i, f := range fields {
		s, ok := d.value[f].(string)
		if !ok {
			continue
		}
		for _, t := range cut(s) {
			if isWord(t) {
				out[i] = append(out[i], t)
			} else if strings.HasPrefix(t, ".") {
				out[i] = append(out[i], "") // a full stop parts
			}
		}
	}
	return out
}

func (x *index) find(t term, fields [][]string) (at, bool) {
	best, found := at{typos: 99, places: map[int][]int{}}, false
	for f, words := range fields {
		for p := range words {
			typos, exact, ok := x.here(t, words[p:])
			if !ok {
				continue
			}
			if typos < best.typos || typos == best.typos && !best.exact && exact {
				best.typos, best.exact, best.field = typos, exact, f
			}
			found = true
			if len(best.places[f]) < mostPlaces {
				best.places[f] = append(best.places[f], p)
			}
		}
	}
	return best, found
}

// here reports whether a term stands at the beginning of words.
func (x *index) here(t term, words []string) (typos int, exact, ok bool) {
	if t.phrase {
		return 0, true, len(words) >= len(t.words) && slices.Equal(words[:len(t.words)], t.words)
	}
	have, want := words[0], t.words[0]
	switch {
	case have == "":
		return 0, false, false
	case have == want:
		return 0, true, true
	case t.prefix && strings.HasPrefix(have, want):
		return 0, false, true
	}
	if m, seen := t.met[have]; seen {
		return m.typos, m.exact, m.ok
	}
	if t.met != nil {
		defer func() { t.met[have] = met{typos, exact, ok} }()
	}
	budget := x.budget(want)
	if budget == 0 || isNumber(want) && x.settings["typoTolerance"].(map[string]any)["disableOnNumbers"] == true {
		return 0, false, false
	}
	if d := len(want) - len(have); d > budget || !t.prefix && -d > budget {
		return 0, false, false // letters are folded: bytes
	}
	n := distance(want, have[:min(len(have), len(want)+budget)], t.prefix)
	if n > 0 && want[0] != have[0] {
		n++ // an error in the first letter counts twice
	}
	return n, false, n <= budget
}

func isNumber(s string) bool { _, err := strconv.ParseFloat(s, 64); return err == nil }

func (x *index) budget(word string) int {
	sizes, _ := x.settings["typoTolerance"].(map[string]any)["minWordSizeForTypos"].(map[string]any)
	one, _ := sizes["oneTypo"].(float64)
	two, _ := sizes["twoTypos"].(float64)
	switch n := float64(len([]rune(word))); {
	case n < one:
		return 0
	case n < two:
		return 1
	}
	return 2
}

// distance is that of Damerau and Levenshtein; of a prefix to the nearest
// beginning of have.
func distance(want, have string, prefix bool) int {
	a, b := []rune(want), []rune(have)
	if !prefix && (len(a)-len(b) > 2 || len(b)-len(a) > 2) {
		return 99
	}
	d, cells := make([][]int, len(a)+1), make([]int, (len(a)+1)*(len(b)+1))
	for i := range d {
		d[i] = cells[i*(len(b)+1) : (i+1)*(len(b)+1)]
		d[i][0] = i
	}
	for j := range d[0] {
		d[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			d[i][j] = min(d[i-1][j]+1, d[i][j-1]+1, d[i-1][j-1]+bit(a[i-1] != b[j-1]))
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d[i][j] = min(d[i][j], d[i-2][j-2]+1)
			}
		}
	}
	if prefix {
		return slices.Min(d[len(a)])
	}
	return d[len(a)][len(b)]
}

// match finds the documents that a query and a filter let through.
func (x *index) match(in request, keep condition) []hit {
	terms, not := parseQuery(in.Q)
	for i := range terms {
		terms[i].met = map[string]met{}
	}
	var docs []*document
	for _, d := range x.docs {
		if keep(d) {
			docs = append(docs, d)
		}
	}
	slices.SortFunc(docs, func(a, b *document) int { return cmp.Compare(a.order, b.order) })
	var out []hit
	if len(terms) == 0 && len(not) == 0 {
		for _, d := range docs {
			out = append(out, hit{document: d})
		}
		return out
	}
	must := x.needed(terms, in, docs)
	for _, d := range docs {
		fields := x.fieldWords(d, in.AttributesToSearchOn)
		if slices.ContainsFunc(not, func(t term) bool { t.phrase = true; _, is := x.find(t, fields); return is }) {
			continue
		}
		if rank, ok := x.rank(terms, must, fields); ok {
			out = append(out, hit{d, rank})
		}
	}
	return out
}

// needed tells of each term how late it is given up; -1 = never.
func (x *index) needed(terms []term, in request, docs []*document) []int {
	out := make([]int, len(terms))
	for i := range out {
		out[i] = -1
	}
	if in.MatchingStrategy == "all" || len(terms) < 2 {
		return out
	}
	order := make([]int, len(terms)) // given up first, first
	for i := range order {
		order[i] = len(terms) - 1 - i
	}
	if in.MatchingStrategy == "frequency" {
		often := make([]int, len(terms))
		for i, t := range terms {
			for _, d := range docs {
				if _, is := x.find(t, x.fieldWords(d, in.AttributesToSearchOn)); is {
					often[i]++
				}
			}
			if often[i] == 0 {
				often[i] = len(docs) + 1 // no document has it: it goes first
			}
		}
		slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(often[b], often[a]) })
	}
	for n, i := range order[:len(order)-1] {
		if !terms[i].phrase {
			out[i] = n
		}
	}
	return out
}

// rank compares a document with the terms; ok is false when one that may not be
// given up is missing, or one is there less than what was given up before it.
func (x *index) rank(terms []term, given []int, fields [][]string) (rank []float64, ok bool) {
	var found []at
	dropped := -1
	for i, t := range terms {
		one, is := x.find(t, fields)
		if !is {
			if given[i] < 0 {
				return nil, false
			}
			dropped = max(dropped, given[i])
			continue
		}
		found = append(found, one)
	}
	if len(found) == 0 {
		return nil, len(terms) == 0
	}
	rank = make([]float64, len(ruleOrder))
	rank[0] = float64(dropped + 1)
	for i, one := range found {
		rank[1] += float64(one.typos)
		rank[3] += float64(one.field)
		rank[4] += float64(bit(!one.exact))
		if i > 0 {
			rank[2] += float64(nearest(found[i-1], one))
		}
	}
	return rank, true
}

// nearest is how far two terms stand apart, at most 8.
func nearest(a, b at) int {
	best := 8
	for f, places := range a.places {
		for _, p := range places {
			for _, q := range b.places[f] {
				switch {
				case q > p:
					best = min(best, q-p-1)
				case q < p:
					best = min(best, p-q)
				}
			}
		}
	}
	return best
}
