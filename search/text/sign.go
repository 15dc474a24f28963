package text

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// IsMinus reports whether r, before a word of a query, asks to leave the word out: a hyphen, or the dash or minus sign
// that a telephone makes of one.
func IsMinus(r rune) bool { return r == '-' || r == '–' || r == '−' }

// isSign reports whether r is a sign that titles carry and people search for: pictures, symbols, arrows, § and €.
// Lines and blocks that draw frames are none, nor is what folds to letters or digits (Ⓐ, ②).
func isSign(r rune) bool {
	switch {
	case r == '§' || r == '€':
		return true
	case r < 0x2190, r > 0x2BFF && r < 0x1F000, r > 0x1FAFF, 0x2500 <= r && r <= 0x259F, 0x2800 <= r && r <= 0x28FF:
		return false
	case !unicode.Is(unicode.So, r) && !(r < 0x2200 && unicode.Is(unicode.Sm, r)):
		return false
	}
	return norm.NFKD.PropertiesString(string(r)).Decomposition() == nil
}

// sign takes the sign at i with all that belongs to it and returns where to look for the next word. Of several that
// are drawn as one (👩‍🚒) the first is the form, and the others are further spellings; a flag is its two letters.
func (c *cutter) sign(start int) int {
	r, n := utf8.DecodeRuneInString(c.s[start:])
	end := start + n
	if isFlagLetter(r) {
		if next, n := utf8.DecodeRuneInString(c.s[end:]); isFlagLetter(next) {
			end += n
		}
	}
	t := Token{Start: start, Form: c.s[start:end]}
	for joined := false; end < len(c.s); {
		r, n := utf8.DecodeRuneInString(c.s[end:])
		if joined && isSign(r) {
			t.also(c.s[end : end+n])
		} else if !isInvisible(r) && !isSkin(r) && !isTag(r) {
			break
		}
		joined = r == '\u200D'
		end += n
	}
	t.End = end
	if r == '€' {
		t.also("euro")
	}
	c.dst = append(c.dst, t)
	return end
}

func isFlagLetter(r rune) bool { return 0x1F1E6 <= r && r <= 0x1F1FF }

func isSkin(r rune) bool { return 0x1F3FB <= r && r <= 0x1F3FF }

// isTag reports whether r spells the region of a flag such as Scotland's.
func isTag(r rune) bool { return 0xE0020 <= r && r <= 0xE007F }

// also adds a spelling.
func (t *Token) also(form string) {
	switch {
	case form == t.Form, form == t.Alt:
	case t.Also == "":
		t.Also = form
	case !slices.Contains(strings.Fields(t.Also), form):
		t.Also += " " + form
	}
}
