package text

import (
	"slices"
	"strings"
	"unicode/utf8"
)

const (
	// snippetScan bounds the bytes of a text that Snippet looks at.
	snippetScan = 64 << 10
	ellipsis    = "…"
)

// Text is a plain text cut into words. The zero value is empty. Safe for concurrent use.
type Text struct {
	s      string
	tokens []Token // of the first 64 KiB
}

// Cut cuts a text into words; white space around it is dropped. Only the first 64 KiB of it are looked at.
func Cut(s string) Text {
	s = strings.TrimSpace(s)
	return Text{s, Tokens(nil, cutBytes(s, snippetScan))}
}

// Has reports whether match accepts a word of the text.
func (t Text) Has(match func(Token) bool) bool { return slices.ContainsFunc(t.tokens, match) }

// Snippet returns the passage of the text that holds the most different words accepted by match, then the most of them,
// then comes first; where none matches, the beginning. It is HTML as Highlight makes it, begins and ends at words, and
// has … on each side where text was left out. At most maxRunes characters of it are shown, tags, escapes and … not
// counted; "" if maxRunes is not positive.
func (t Text) Snippet(match func(Token) bool, maxRunes int) string {
	if maxRunes <= 0 || t.s == "" {
		return ""
	}
	seen := cutBytes(t.s, snippetScan)
	from, to := 0, len(t.s)
	if len(seen) < len(t.s) || !fits(t.s, maxRunes) {
		from, to = passage(seen, t.tokens, hits(t.tokens, match), maxRunes)
	}
	var out []byte
	if from > 0 {
		out = append(out, ellipsis...)
	}
	out = mark(out, seen, from, to, t.tokens, match)
	if to < len(t.s) {
		out = append(out, ellipsis...)
	}
	return string(out)
}

// Snippet is [Text.Snippet] of a plain text. A nil match accepts nothing, and less of the text is looked at.
func Snippet(s string, match func(Token) bool, maxRunes int) string {
	if match != nil {
		return Cut(s).Snippet(match, maxRunes)
	}
	s = strings.TrimSpace(s)
	if maxRunes <= 0 || s == "" {
		return ""
	}
	if fits(s, maxRunes) {
		return string(Highlight(nil, s, nil))
	}
	// As much as decides where the last word shown ends.
	seen := cutBytes(s, utf8.UTFMax*(maxRunes+MaxRunes))
	_, to := fill(s, Tokens(nil, seen), 0, maxRunes)
	return string(append(escape(nil, s[:to]), ellipsis...))
}

// hits returns the tokens that match accepts.
func hits(tokens []Token, match func(Token) bool) []Token {
	var out []Token
	for _, t := range tokens {
		if match(t) {
			out = append(out, t)
		}
	}
	return out
}

// passage returns the part of s to show.
func passage(s string, tokens, hits []Token, most int) (from, to int) {
	first, last := bestRun(s, hits, most)
	if first < 0 {
		return fill(s, tokens, 0, most)
	}
	// A third of what is left goes before the first hit, so that it is read in its sentence.
	start := hits[first].Start
	spare := most - utf8.RuneCountInString(s[start:hits[last].End])
	if fits(s[:start], spare/3) {
		return fill(s, tokens, 0, most)
	}
	back := backRunes(s, start, spare/3)
	if tail := backRunes(s, len(s), most); tail < back {
		back = tail // the text ends before the room does: show more of what precedes
	}
	for _, t := range tokens {
		if t.Start >= back {
			return fill(s, tokens, min(t.Start, start), most)
		}
	}
	return fill(s, tokens, start, most)
}

// bestRun returns the first and last of the hits that make the best passage of at most most characters, or -1.
func bestRun(s string, hits []Token, most int) (first, last int) {
	count := map[string]int{}
	first = -1
	best, width, i := 0, 0, 0
	end := 0
	if len(hits) > 0 {
		end = hits[0].Start
	}
	for j, t := range hits {
		width += utf8.RuneCountInString(s[end:t.End])
		end = t.End
		count[t.Form]++
		for i < j && width > most {
			width -= utf8.RuneCountInString(s[hits[i].Start:hits[i+1].Start])
			if count[hits[i].Form]--; count[hits[i].Form] == 0 {
				delete(count, hits[i].Form)
			}
			i++
		}
		if score := len(count)*len(s) + j - i + 1; score > best {
			best, first, last = score, i, j
		}
	}
	return first, last
}

// fill returns the longest passage of s from from on that ends with a word and has at most most characters; a word
// longer than that is cut.
func fill(s string, tokens []Token, from, most int) (int, int) {
	limit := from + len(s[from:]) - len(skipRunes(s[from:], most))
	if limit == len(s) {
		return from, limit
	}
	to := from
	for _, t := range tokens {
		if t.End > limit {
			break
		}
		to = max(to, t.End)
	}
	if to == from {
		to = limit
	}
	return from, to
}

func fits(s string, most int) bool { return skipRunes(s, most) == "" }

// skipRunes returns s without its first n characters.
func skipRunes(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[i:]
		}
		n--
	}
	return ""
}

// backRunes returns the place n characters before i.
func backRunes(s string, i, n int) int {
	for ; n > 0 && i > 0; n-- {
		_, w := utf8.DecodeLastRuneInString(s[:i])
		i -= w
	}
	return i
}

// cutBytes returns at most n bytes of s, whole characters only.
func cutBytes(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}
