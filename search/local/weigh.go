package local

import (
	"math"
	"slices"

	"github.com/plonegov/carillon/search/text"
)

// The words of a query are weights, not conditions. The weight of a word is its
// inverse document frequency, that of a function word a small part of it, and
// that of a word no item has nothing. What an item covers of a query is the sum
// of the weights of the words it has, in whatever form.
//
// The matches are the items that cover at least leastCover of all that can be
// covered, and a share of what the best covers of those that meet the rest of
// the selection: see [bestShare]. So an item with every word shuts out the long
// tail of those with the commonest of them, and where nothing has every word,
// those with most of them are found.
const (
	leastCover = .2
	littleBest = .25
	mostBest   = .6
	wordBest   = 1.4
)

// bestShare is the share for a query of so many telling words: of two both must
// be there, or the one that weighs much more; of a question of eight it is
// enough to have the two or three that matter.
func bestShare(telling int) float64 {
	n := float64(max(telling, 1))
	return min(mostBest, littleBest+wordBest/(n*n))
}

// littleWeight is what is left of the weight of a function word.
const littleWeight = .15

// guessWeight is what is left of the weight of a word that is two errors away
// from what it is taken for: it may have meant something else.
const guessWeight = .75

// isGuess reports whether two errors at least were forgiven in t.
func (t term) isGuess() bool {
	sure := func(m match) bool { return m.class != twoTypos }
	return t.fixed != "" && !slices.ContainsFunc(t.matches, func(list []match) bool { return slices.ContainsFunc(list, sure) })
}

// weigh returns the weight of each term, in sixteenths of a nat, 0 for what no
// living item has and at least 1 for all others, and how many of them are
// known and no function words.
func (v *view) weigh(terms []term) (out []uint8, telling int) {
	docs := float64(v.live())
	little := functionWords(terms)
	out = make([]uint8, len(terms))
	for i, t := range terms {
		df := float64(v.holders(t))
		if df == 0 {
			continue
		}
		idf := math.Log(1 + (docs-df+.5)/(df+.5))
		if little[i] {
			idf *= littleWeight
		} else {
			telling++
		}
		if t.isGuess() {
			idf *= guessWeight
		}
		out[i] = uint8(max(1, min(math.Round(idf*16), math.MaxUint8)))
	}
	if telling == 0 && slices.Contains(little, false) {
		clear(out) // of all that tells something nothing is known: the rest finds anything
	}
	return out, telling
}

// live counts the documents that are not deleted.
func (v *view) live() int {
	n := 0
	for _, p := range v.parts {
		n += p.live
	}
	return n
}

// holders is about how many living documents have t: those that have one of its
// forms in the field in which most do, as if none had two. Labels count only for
// what stands nowhere else: a topic's words are labels of all its items. What t merely begins
// or is part of counts only where nothing has it itself. It is the same however
// the documents are spread over parts.
func (v *view) holders(t term) int {
	if n := v.holdersOf(t, sameStem); n > 0 {
		return n
	}
	return v.holdersOf(t, twoTypos)
}

// holdersOf counts classes up to worst.
func (v *view) holdersOf(t term, worst class) int {
	var n [fields]int
	for i, p := range v.parts {
		for _, m := range t.matches[i] {
			if m.class > worst {
				continue
			}
			for f := range m.fields {
				n[f] += p.lives(p.postings[f].across(m.span).docs)
			}
		}
		if t.others != nil && worst == twoTypos {
			for _, o := range t.others[i] {
				n[bodyField] += len(o.docs)
			}
		}
	}
	labels := n[labelField]
	n[labelField] = 0
	most := slices.Max(n[:])
	if most == 0 {
		most = labels
	}
	return min(most, v.live())
}

// lives counts the postings of living documents.
func (p *part) lives(list []uint16) int {
	if p.dead == nil {
		return len(list)
	}
	n := 0
	for _, d := range list {
		if !p.dead.has(uint32(d)) {
			n++
		}
	}
	return n
}

// functionWords tells which terms are function words in the language the query
// is in, as far as its own words tell: the one, or those, with most of them.
// All are, when it has no other words; a word that may go on is none.
func functionWords(terms []term) []bool {
	out := make([]bool, len(terms))
	in := littleIn(terms)
	most := slices.Max(in[:])
	if most == 0 {
		return out
	}
	for l, lang := range text.Langs {
		for i, t := range terms {
			out[i] = out[i] || in[l] == most && t.isStop(lang)
		}
	}
	if !slices.Contains(out, false) {
		clear(out)
	}
	return out
}

// littleIn counts function words by language.
func littleIn(terms []term) (in [len(text.Langs)]int) {
	for l, lang := range text.Langs {
		for _, t := range terms {
			if t.isStop(lang) {
				in[l]++
			}
		}
	}
	return in
}

// sureOf is how many function words of a language make sure that a query is in
// it, if it has fewer of all others.
const sureOf = 2

// languageOf is the language that a query is surely in, "" = who knows.
func languageOf(terms []term) string {
	in := littleIn(terms)
	best, twice := 0, false
	for l, n := range in {
		switch {
		case n > in[best]:
			best, twice = l, false
		case l != best && n == in[best]:
			twice = true
		}
	}
	if in[best] < sureOf || twice {
		return ""
	}
	return text.Langs[best]
}

func (t term) isStop(lang string) bool { return !t.quoted && text.IsStop(lang, t.Form) }
