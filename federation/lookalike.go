package federation

import (
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/plonegov/carillon/federation/markup"
)

// latin are the letters of other scripts that cannot be told from a Latin one
// in most fonts (UTS #39, confusables.txt, of the scripts of Europe).
var latin = func() map[rune]rune {
	m := map[rune]rune{}
	for _, pairs := range []string{
		"аaеeоoрpсcуyхxѕsіiїiјjһhԁdԛqԝwɡgьbкkмmтtнhвbгrпnиuзz", // Cyrillic, and its capitals by case
		"αaβbεeιiκkνvοoρpτtυuχxγyηnωwμuζzσoϲcϳj",               // Greek
		"օoսuհhոnցgԁdաwոn", // Armenian
		"ıiłløođdħhŧt",     // Latin of its own, without a decomposition
	} {
		runes := []rune(pairs)
		for i := 0; i+1 < len(runes); i += 2 {
			m[runes[i]] = runes[i+1]
		}
	}
	return m
}()

// capitals are those that look like a Latin capital while their small letters
// do not look like its small one.
var capitals = map[rune]rune{'В': 'b', 'Н': 'h', 'Р': 'p', 'С': 'c', 'У': 'y', 'Ν': 'n', 'Η': 'h', 'Υ': 'y', 'Ζ': 'z', 'Ι': 'i', 'Μ': 'm', 'Ӏ': 'l', 'Χ': 'x', 'Τ': 't', 'Κ': 'k', 'Ε': 'e', 'Β': 'b', 'Α': 'a', 'Ο': 'o', 'Ρ': 'p'}

// skeleton is a name as a reader sees it: names with the same skeleton cannot
// be told apart at a glance. Of what honest names differ by (Marie and Marle,
// Omex and Ornex are communes) it folds nothing.
func skeleton(name string) string {
	var b strings.Builder
	var last rune                                                // as given
	for _, given := range norm.NFKD.String(markup.Plain(name)) { // full-width, mathematical and other forms
		r := given
		if unicode.Is(unicode.M, r) {
			continue
		}
		if to, ok := capitals[r]; ok {
			r = to
		}
		switch {
		case given == 'I' && unicode.IsLower(last), (given == '1' || given == '|') && unicode.IsLetter(last):
			r = 'l'
		case given == '0' && (unicode.IsLetter(last) || last == ' '):
			r = 'o'
		case strings.ContainsRune("‐‑‒–—−_", r):
			r = '-'
		case strings.ContainsRune("’‘ʼ`´", r):
			r = '\''
		}
		r = unicode.ToLower(r)
		if to, ok := latin[r]; ok {
			r = to
		}
		b.WriteRune(r)
		if last = given; given == 'I' && r == 'l' {
			last = r
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// written is a name without what differs in honest spellings of it.
func written(name string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(name) {
		if !unicode.Is(unicode.M, r) {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return strings.Join(strings.FieldsFunc(b.String(), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), " ")
}

// Names finds names that look like others. The zero value has none.
type Names struct{ seen map[string]string } // by skeleton

// Add takes in a name and returns another one, taken in before, that it looks
// like without being it; "" when there is none.
func (n *Names) Add(name string) (other string) {
	if n.seen == nil {
		n.seen = map[string]string{}
	}
	key := skeleton(name)
	other, taken := n.seen[key]
	if !taken {
		n.seen[key] = name
		return ""
	}
	if written(other) == written(name) {
		return ""
	}
	return other
}

// scripts are those of which letters look like others'.
var scripts = []struct {
	name  string
	table *unicode.RangeTable
}{{"Latin", unicode.Latin}, {"Cyrillic", unicode.Cyrillic}, {"Greek", unicode.Greek}, {"Armenian", unicode.Armenian}}

// CheckName refuses a name that is not what it seems to be: with characters
// that are not seen, with forms of letters that stand for others, or with
// letters of several scripts in one word.
func CheckName(field, name string) error {
	if plain := markup.Plain(name); plain != name {
		return Invalid(field, "%q holds characters that are not seen, or marks piled on one letter; write %q", name, plain)
	}
	for _, word := range strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.Is(unicode.M, r) }) {
		var in []string
		for _, s := range scripts {
			if strings.ContainsFunc(word, func(r rune) bool { return unicode.Is(s.table, r) }) {
				in = append(in, s.name)
			}
		}
		if len(in) > 1 {
			return Invalid(field, "%q mixes %s letters in one word, %s, and can be taken for another name", name, strings.Join(in, " and "), spelt(word))
		}
	}
	for _, r := range name {
		if strange := norm.NFKC.String(string(r)); strange != norm.NFC.String(string(r)) && unicode.IsLetter(r) && strings.ContainsFunc(strange, unicode.IsLetter) && r > 0x1D00 && !unicode.Is(unicode.Lm, r) {
			return Invalid(field, "%q holds %q, a form that stands for %q; write that", name, r, strange)
		}
	}
	return nil
}

// spelt names the letters of a word that are not ASCII, so that they are seen.
func spelt(word string) string {
	var b strings.Builder
	for _, r := range word {
		if r < unicode.MaxASCII {
			b.WriteRune(r)
		} else {
			fmt.Fprintf(&b, "[%U]", r)
		}
	}
	return b.String()
}
