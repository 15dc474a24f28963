package markup

import (
	"strings"
	"unicode"
)

// maxMarks is how many combining marks may stand on one letter: Vietnamese
// needs two, pointed Hebrew and vocalised Arabic up to four.
const maxMarks = 4

// Plain takes out of a plain text what a reader does not see and what reaches
// beyond it: direction controls (UAX #9), which turn the words of the page
// around it, characters without width, which make two texts look the same, and
// marks piled up over the lines above. Joiners stay between letters that join
// and in emoji; line and paragraph separators become spaces.
func Plain(s string) string {
	if isPlain(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	var last rune // written
	marks := maxMarks
	runes := []rune(cleanRunes(s))
	for i, r := range runes {
		switch {
		case r == '\u2028' || r == '\u2029':
			r = ' '
		case r == zwnj || r == zwj:
			if i+1 == len(runes) || !joins(last) || !joins(runes[i+1]) {
				continue
			}
		case invisible(r):
			continue
		}
		if unicode.Is(unicode.M, r) {
			if marks++; marks > maxMarks {
				continue
			}
		} else if marks = 0; unicode.IsSpace(r) {
			marks = maxMarks // they need a letter to stand on
		}
		b.WriteRune(r)
		last = r
	}
	return b.String()
}

// isPlain is for the texts of almost all items: letters, digits, marks that are
// part of them, and punctuation of one place.
func isPlain(s string) bool {
	for _, r := range s {
		if r >= 0x300 && !(r >= 0x2010 && r <= 0x2027) && r != '\u202F' && !(r >= 0x20A0 && r < 0x20D0) || r < ' ' && r != '\n' && r != '\t' ||
			r == 0xAD || r >= 0x7F && r < 0xA0 {
			return false
		}
	}
	return true
}

const (
	zwnj = '\u200C'
	zwj  = '\u200D'
)

// invisible are characters without width or form of their own: format controls
// (Cf), and letters that are blank.
func invisible(r rune) bool {
	switch r {
	case '\u034F', '\u115F', '\u1160', '\u17B4', '\u17B5', '\u3164', '\uFFA0', '\u2800':
		return true
	}
	return unicode.Is(unicode.Cf, r)
}

// joins reports whether a joiner beside r means something: letters of scripts
// that join, and emoji with what modifies them.
func joins(r rune) bool {
	switch {
	case unicode.IsLetter(r) || unicode.Is(unicode.M, r):
		return r == '\uFE0F' || unicode.In(r, unicode.Arabic, unicode.Syriac, unicode.Mongolian, unicode.Devanagari, unicode.Bengali,
			unicode.Gujarati, unicode.Gurmukhi, unicode.Kannada, unicode.Khmer, unicode.Malayalam, unicode.Oriya, unicode.Sinhala, unicode.Tamil, unicode.Telugu)
	}
	return unicode.Is(unicode.So, r) || r >= 0x1F3FB && r <= 0x1F3FF || r == '\u2640' || r == '\u2642'
}
