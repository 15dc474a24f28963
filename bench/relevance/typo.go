package main

import (
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// seeded is a source of numbers that depends on a text alone, so that every run
// and every machine makes the same errors.
func seeded(text string) *rand.Rand {
	h := fnv.New64a()
	_, _ = h.Write([]byte(text)) // never fails
	return rand.New(rand.NewPCG(h.Sum64(), 20261128))
}

// mistype puts one typing error into one word of five letters or more that
// carries meaning, else into the longest one of four; a query without such a
// word stays as it is. Of a hundred errors about 30 leave a letter out, 30 take
// the key beside the right one, 25 have a letter too many (doubled, or the key
// beside) and 15 exchange two neighbours: what people's logs hold, roughly
// (Damerau 1964: four of five errors are one of these). The first letter is
// hit one time in twenty only.
func mistype(q query, lang string) string {
	r := seeded("typo " + q.ID + " " + q.Q)
	words := wordsOf(q.Q)
	var long []span
	for _, w := range words {
		if n := utf8.RuneCountInString(q.Q[w.from:w.to]); n >= 5 && !function(lang, q.Q[w.from:w.to]) {
			long = append(long, w)
		}
	}
	if len(long) == 0 {
		for _, w := range words {
			if utf8.RuneCountInString(q.Q[w.from:w.to]) >= 4 && !function(lang, q.Q[w.from:w.to]) {
				long = []span{w}
			}
		}
	}
	if len(long) == 0 {
		return q.Q
	}
	w := long[r.IntN(len(long))]
	return q.Q[:w.from] + spoil(q.Q[w.from:w.to], lang, r) + q.Q[w.to:]
}

type span struct{ from, to int }

// wordsOf are the runs of letters of a text.
func wordsOf(text string) (out []span) {
	from := -1
	for i, c := range text + " " {
		switch {
		case unicode.IsLetter(c) && from < 0:
			from = i
		case !unicode.IsLetter(c) && from >= 0:
			out = append(out, span{from, i})
			from = -1
		}
	}
	return out
}

// spoil makes one error in a word of four letters or more.
func spoil(word, lang string, r *rand.Rand) string {
	c := []rune(word)
	at := 1 + r.IntN(len(c)-1)
	if r.IntN(20) == 0 {
		at = 0
	}
	for {
		out := slices.Clone(c)
		switch n := r.IntN(100); {
		case n < 30:
			out = slices.Delete(out, at, at+1)
		case n < 60:
			out[at] = beside(out[at], lang, r)
		case n < 70:
			out = slices.Insert(out, at, out[at])
		case n < 85:
			out = slices.Insert(out, at+1, beside(out[at], lang, r))
		default:
			at = min(at, len(out)-2)
			out[at], out[at+1] = out[at+1], out[at]
		}
		if s := string(out); s != word {
			return s
		}
		at = r.IntN(len(c))
	}
}

// keyboards are the rows of the keys of a language; a letter that has no key of
// its own there counts as the one below its accent.
var keyboards = map[string][]string{
	"fr": {"azertyuiop", "qsdfghjklm", "wxcvbn"},
	"de": {"qwertzuiopü", "asdfghjklöä", "yxcvbnm"},
	"":   {"qwertyuiop", "asdfghjklñ", "zxcvbnm"},
}

var unaccented = strings.NewReplacer("é", "e", "è", "e", "ê", "e", "ë", "e", "à", "a", "â", "a", "á", "a", "î", "i", "ï", "i", "í", "i",
	"ô", "o", "ó", "o", "û", "u", "ù", "u", "ú", "u", "ü", "u", "ö", "o", "ä", "a", "ç", "c", "œ", "o", "ß", "s", "ñ", "n")

// beside is a letter whose key lies next to that of c.
func beside(c rune, lang string, r *rand.Rand) rune {
	rows, known := keyboards[lang]
	if !known {
		rows = keyboards[""]
	}
	low := unicode.ToLower(c)
	near := neighbours(rows, low)
	if len(near) == 0 {
		low, _ = utf8.DecodeRuneInString(unaccented.Replace(string(low)))
		near = neighbours(rows, low)
	}
	if len(near) == 0 {
		return 'e'
	}
	return near[r.IntN(len(near))]
}

func neighbours(rows []string, c rune) (out []rune) {
	for y, row := range rows {
		keys := []rune(row)
		x := slices.Index(keys, c)
		if x < 0 {
			continue
		}
		for dy := -1; dy <= 1; dy++ {
			if y+dy < 0 || y+dy >= len(rows) {
				continue
			}
			other := []rune(rows[y+dy])
			for i := max(0, x-1); i <= min(len(other)-1, x+1); i++ {
				if other[i] != c {
					out = append(out, other[i])
				}
			}
		}
	}
	return out
}

// function reports whether a word of five letters or more asks or joins rather
// than says what is sought: nobody judges a search by an error in these.
func function(lang, word string) bool {
	return slices.Contains(strings.Fields(functionWords[lang]), strings.ToLower(word))
}

var functionWords = map[string]string{
	"fr": `quel quels quelle quelles comment combien quand pourquoi quoi lequel laquelle lesquels lesquelles est-ce dans avec pour sans sous sont
		cette cette celui celle ceux entre depuis pendant lorsque puis leur leurs votre notre nous vous elle elles faut peut peuvent doit doivent
		avoir être faire fait plus moins aussi autre autres tous tout toute toutes quelque quelques afin ainsi après avant chez comme donc dont`,
	"nl": `welke waarom wanneer hoeveel waar hoe wat moet moeten mogen kunnen heeft hebben wordt worden voor naar door over onder tussen zonder
		deze mijn onze jullie zijn werd werden waren`,
	"de": `welche welcher welches welchem welchen warum wann wieviel viele wurde wurden werden haben hatte kann können muss müssen nicht eine einer
		einen einem eines dieser diese dieses zwischen nach durch über unter ohne oder auch sind waren`,
	"en": `which where when what whose while there their these those about would could should have does were with from into that this they them
		than then other after before between`,
	"es": `cuántos cuántas cuánto cuánta cuándo cuáles cuál dónde quién quiénes cómo porque entre sobre desde hasta cuando donde fueron había tiene
		tienen puede pueden según para como esta este estos estas tras durante contra`,
}
