package text

import (
	"strings"
	"unicode/utf8"
)

const (
	// snippetScan bounds the bytes of a text that Snippet looks at.
	snippetScan = 64 << 10
	ellipsis    = "…"
)

// Marker marks the words of one query in many texts, with memory that it uses again: not safe for concurrent use.
type Marker struct {
	match        func(Token) bool
	s            string
	tokens, hits []Token // of the first 64 KiB of s
	used         int     // most tokens there were since Reset
}

// NewMarker returns one that marks the words match accepts. They are asked for by Form and Alt: Also is not filled.
func NewMarker(match func(Token) bool) *Marker { return &Marker{match: match} }

// Reset makes m what [NewMarker] returns, but for its memory. A nil match lets go of all texts.
func (m *Marker) Reset(match func(Token) bool) {
	clear(m.tokens[:m.used])
	clear(m.hits[:min(m.used, cap(m.hits))])
	m.match, m.s, m.tokens, m.hits, m.used = match, "", m.tokens[:0], m.hits[:0], 0
}

// Read takes a plain text for [Marker.Snippet], white space around it dropped, and reports whether a word of it is
// marked. Only the first 64 KiB of it are looked at.
func (m *Marker) Read(s string) bool {
	m.s = strings.TrimSpace(s)
	m.cut(cutBytes(m.s, snippetScan))
	return len(m.hits) > 0
}

func (m *Marker) cut(s string) {
	m.tokens, m.hits = words(m.tokens[:0], s), m.hits[:0]
	for _, t := range m.tokens {
		if m.match(t) {
			m.hits = append(m.hits, t)
		}
	}
	m.used = max(m.used, len(m.tokens))
}

// Highlight returns a plain text as [Highlight] makes it. The text read last is forgotten.
func (m *Marker) Highlight(s string) string {
	m.s = ""
	m.cut(s)
	return string(mark(make([]byte, 0, len(s)+len(s)/4+len("<mark></mark>")*len(m.hits)), s, 0, len(s), m.hits))
}

// Snippet returns the passage of the text read last that holds the most different marked words, then the most of them,
// then comes first; where there is none, the beginning. It is HTML as Highlight makes it, begins and ends at words, and
// has … on each side where text was left out. At most maxRunes characters of it are shown, tags, escapes and … not
// counted; "" if maxRunes is not positive.
func (m *Marker) Snippet(maxRunes int) string {
	if maxRunes <= 0 || m.s == "" {
		return ""
	}
	seen := cutBytes(m.s, snippetScan)
	from, to := 0, len(m.s)
	if len(seen) < len(m.s) || !fits(m.s, maxRunes) {
		from, to = passage(seen, m.tokens, m.hits, maxRunes)
	}
	out := make([]byte, 0, (to-from)*3/2)
	if from > 0 {
		out = append(out, ellipsis...)
	}
	out = mark(out, seen, from, to, m.hits)
	if to < len(m.s) {
		out = append(out, ellipsis...)
	}
	return string(out)
}

// Snippet is [Marker.Snippet] of one text. A nil match accepts nothing, and less of the text is looked at.
func Snippet(s string, match func(Token) bool, maxRunes int) string {
	if match != nil {
		m := NewMarker(match)
		m.Read(s)
		return m.Snippet(maxRunes)
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
	_, to := fill(s, words(nil, seen), 0, maxRunes)
	return string(append(escape(nil, s[:to]), ellipsis...))
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
