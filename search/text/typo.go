package text

import (
	"unicode"
	"unicode/utf8"
)

// MaxTypos returns how many single-letter errors a query word may carry: none up to four letters, one from five, two
// from nine, as Meilisearch has it. Digits are not counted as letters, so that a post code or an hour is never
// corrected into another.
func MaxTypos(form string) int {
	letters := 0
	for _, r := range form {
		if r < utf8.RuneSelf && lower(byte(r)) || r >= utf8.RuneSelf && unicode.IsLetter(r) {
			letters++
		}
	}
	switch {
	case letters < 5:
		return 0
	case letters < 9:
		return 1
	}
	return 2
}
