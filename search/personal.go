package search

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/plonegov/carillon/search/text"
)

// Bounds of a query that is counted.
const (
	mostAskedRunes = 80
	mostAskedWords = 8
	mostDigitsRow  = 4 // a postal code or a year
	mostDigitsAll  = 6
)

// personal reports whether a query looks like something about one person: an
// address of mail or web, a number longer than a postal code, a house number
// behind a street, a registration or an account, somebody addressed by a
// title. Names alone cannot be told from words; that few people ask for one
// name on one day is what keeps them out.
func personal(query string) bool {
	if utf8.RuneCountInString(query) > mostAskedRunes || hasSign(query) || strings.ContainsFunc(query, unicode.IsControl) {
		return true
	}
	words := text.Tokens(nil, query)
	if len(words) > mostAskedWords {
		return true
	}
	if slices.ContainsFunc(strings.Fields(query), plated) {
		return true
	}
	all := 0
	for i, w := range words {
		digits, letters := 0, 0
		for _, r := range w.Form {
			if unicode.IsDigit(r) {
				digits++
			} else {
				letters++
			}
		}
		all += digits
		switch {
		case digits > mostDigitsRow, digits > 0 && letters > 1 && digits+letters > 4:
			return true // 071004567, 1abc234, be68539007547034
		case digits > 0 && digits < 4 && i > 0 && streetBefore(words[:i]):
			return true // rue Haute 12
		case i+1 < len(words) && slices.Contains(titles, w.Form):
			return true
		}
	}
	return all > mostDigitsAll
}

// plated reports whether a piece of a query is like what stands on a plate or a
// card: 1-ABC-234.
func plated(s string) bool {
	letters, digits := 0, 0
	for _, r := range s {
		switch {
		case unicode.IsDigit(r):
			digits++
		case unicode.IsLetter(r):
			letters++
		}
	}
	return digits > 2 && letters > 1
}

// titles address one person.
var titles = strings.Fields("monsieur madame mademoiselle mr mme mlle mijnheer meneer mevrouw mevr herr frau mister mrs ms miss")

// streetBefore reports whether one of the words is one for a street.
func streetBefore(words []text.Token) bool {
	return slices.ContainsFunc(words, func(w text.Token) bool {
		for _, s := range streets {
			if w.Form == s || strings.HasSuffix(w.Form, s) && len(s) > 4 {
				return true
			}
		}
		return false
	})
}

var streets = strings.Fields("rue avenue av boulevard bd place chaussee chemin impasse quai allee straat laan plein steenweg weg kaai strasse str allee platz gasse street road lane square")
