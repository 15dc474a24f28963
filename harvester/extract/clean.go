package extract

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// hyphen is what PDFium writes for the hyphen of a word that goes on in the
// next line, with that line's first letter after it.
const hyphen = '\x02'

// clean makes the text of a page fit to be searched and shown: one line of
// valid UTF-8 in NFC, words that were cut at a line's end joined, ligatures as
// letters, soft hyphens and everything without a meaning of its own gone.
func clean(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	runes := []rune(s) // an invalid byte becomes U+FFFD
	space := false
	for i, r := range runes {
		switch {
		case r == hyphen:
			if i+1 < len(runes) && unicode.IsLower(runes[i+1]) && i > 0 && unicode.IsLower(runes[i-1]) {
				continue
			}
			r = '-'
		case r == '\u00ad' || r == '\u200b' || r == '\ufeff' || r == '\u2060' || unicode.Is(unicode.Bidi_Control, r):
			continue
		case unicode.IsSpace(r) || unicode.IsControl(r) || r == unicode.ReplacementChar || nonsense(r):
			space = true
			continue
		}
		if space && b.Len() > 0 {
			b.WriteByte(' ')
		}
		space = false
		if letters := ligatures[r]; letters != "" {
			b.WriteString(letters)
			continue
		}
		b.WriteRune(r)
	}
	return norm.NFC.String(b.String())
}

// nonsense is a rune that means something in one font alone, or nothing.
func nonsense(r rune) bool {
	return unicode.Is(unicode.Co, r) || unicode.Is(unicode.Noncharacter_Code_Point, r) || unicode.Is(unicode.Cs, r)
}

var ligatures = map[rune]string{'ﬀ': "ff", 'ﬁ': "fi", 'ﬂ': "fl", 'ﬃ': "ffi", 'ﬄ': "ffl", 'ﬅ': "st", 'ﬆ': "st"}
