package text

import (
	"strings"
	"unicode/utf8"
)

// MaxRunes is the length at which a form is cut, in characters.
const MaxRunes = 64

// Token is one word of a text.
type Token struct {
	// Start and End are byte offsets into the text: text[Start:End] is what the reader sees, with its capitals and
	// accents, without an elided article (école in l'école) and with an ending that was dropped (auto's).
	Start, End int
	// Form is the word folded, never empty, at most MaxRunes characters, letters and digits only, or one sign such as
	// 🎄. It may share memory with the text or with other forms: clone it to keep it.
	Form string
	// Alt is another spelling under which the same word must be found, or "": muell beside mull for Müll, and
	// weekend on both halves of week-end. It obeys the rules of Form.
	Alt string
	// Also are further spellings, parted by single spaces, nearly always "": saint for St, lindenstrasse for
	// Lindenstr., 071004567 on each group of 071/00.45.67, a4 on both parts of A 4. Each obeys the rules of Form.
	Also string
	// Dot is whether a full stop follows directly, as behind a word that was cut.
	Dot bool
}

// Spellings are Form, Alt and what is in Also: all that the word must be found under.
func (t Token) Spellings() []string {
	out := append(make([]string, 0, 4), t.Form)
	if t.Alt != "" {
		out = append(out, t.Alt)
	}
	if t.Also != "" {
		out = append(out, strings.Fields(t.Also)...)
	}
	return out
}

// Open reports whether the word, a token of query, may go on: nothing stands behind it, or it is cut by a full stop
// with nothing but other words behind. A space, a question mark or anything else closes it.
func (t Token) Open(query string) bool {
	switch {
	case t.End == len(query):
		return true
	case !t.Dot:
		return false
	case t.End+1 == len(query):
		return true
	}
	return len(t.Form) >= shortestCut && !hasDigit(t.Form) && strings.TrimSpace(query[t.End+1:]) != ""
}

// shortestCut is the length from which a dotted word inside a query is taken for a cut one: Müllabf. Termin.
const shortestCut = 4

// Tokens appends the words of s to dst, in order and without overlap; there are never more than bytes in s.
//
// A word is a run of letters and digits. Hyphens part words; French elided words (l', d', qu', jusqu' ...) are
// dropped, whatever the apostrophe; aujourd'hui and prud'homme stay whole; 's at the end of a word and the endings
// of inclusive writing (habitant·e·s) are dropped; dotted letters (C.P.A.S., o.c.m.w) are one word. Signs that people
// put into titles (🎄, ☎, §) are words, without their variants (skin, sex, presentation).
//
// Abbreviations are read in every language; see [TokensIn].
//
// Lower-case ASCII costs no allocation beyond dst; other text costs about one for each 4 kB.
func Tokens(dst []Token, s string) []Token { return TokensIn(dst, "", s) }

// TokensIn does what Tokens does for a text in lang, one of [Langs], whose abbreviations are read in that language:
// St is saint in French and sint in Dutch. In any other language, and for "", they are read in all.
func TokensIn(dst []Token, lang, s string) []Token {
	c := cutter{s: s, dst: dst, base: len(dst), first: -1, last: -1, lang: langBit(lang)}
	c.all()
	if c.digits {
		c.joinNumbers()
	}
	return c.dst
}

// words does what Tokens does, but does not look for abbreviations and numbers, which fill Also alone.
func words(dst []Token, s string) []Token {
	c := cutter{s: s, dst: dst, base: len(dst), first: -1, last: -1}
	c.all()
	return c.dst
}

// all takes every word of the text.
func (c *cutter) all() {
	for i := 0; i < len(c.s); {
		k, n := kindAt(c.s, i)
		switch k {
		case wordRune:
			i = c.word(i)
		case signRune:
			i = c.sign(i)
		default:
			i += n
		}
	}
}

// cutter is the state of one call of Tokens.
type cutter struct {
	s     string
	dst   []Token
	base  int             // tokens before it are the caller's
	arena strings.Builder // holds forms that differ from the text; replaced when full, so forms never move
	first int             // first token of the running hyphenated word
	last  int             // byte offset where that word would go on
	lang  langSet         // whose abbreviations are read; 0 = none
	// digits is whether a token begins with one.
	digits bool
}

// word takes the word that starts at i and returns where to look for the next.
func (c *cutter) word(i int) int {
	if end := acronymEnd(c.s, i); end > 0 {
		c.emit(i, end, c.fold(i, end, true), "")
		return end
	}
	end, plain := wordEnd(c.s, i)
	form, alt := c.forms(i, end, plain)
	k, n := kindAt(c.s, end)
	if k != apostrophe {
		end2 := endOfInclusive(c.s, end)
		c.emit(i, end2, form, alt)
		return end2
	}
	next, width := kindAt(c.s, end+n)
	switch {
	case next != wordRune:
		c.emit(i, end, form, alt)
	case elided(form):
		return end + n
	case dropsS(c.s[end+n:], width):
		end += n + width
		c.emit(i, end, form, alt)
	case joins(form, c.s[end+n:]):
		end, _ = wordEnd(c.s, end+n)
		c.emit(i, end, c.fold(i, end, true), "")
	default:
		c.emit(i, end, form, alt)
	}
	return end
}

// wordEnd returns the end of the run of word characters at i, and whether it is its own folded form.
func wordEnd(s string, i int) (end int, plain bool) {
	start := i
	plain = true
	for i < len(s) {
		if asciiKind[s[i]] == wordRune {
			i++
			continue
		}
		k, n := kindAt(s, i)
		if k != wordRune && k != invisible {
			break
		}
		plain = false
		i += n
	}
	return i, plain && i-start <= MaxRunes
}

// forms returns the form and the alternative form of the run s[i:end].
func (c *cutter) forms(i, end int, plain bool) (form, alt string) {
	if plain {
		return c.s[i:end], ""
	}
	form = c.fold(i, end, true)
	if hasUmlaut(c.s[i:end]) {
		alt = c.fold(i, end, false)
	}
	return form, alt
}

// fold returns the letters and digits of s[i:end] folded and cut to MaxRunes; base says whether umlauts lose their
// dots or gain an e.
func (c *cutter) fold(i, end int, base bool) string {
	var room [(MaxRunes + maxFold) * utf8.UTFMax]byte
	out := room[:0]
	for n := 0; i < end && n < MaxRunes; {
		if b := c.s[i]; b < utf8.RuneSelf && base { // most of what is folded: no need to ask Unicode
			if asciiKind[b]&kindMask == wordRune {
				out = append(out, asciiLower(b))
				n++
			}
			i++
			continue
		}
		was, at := len(out), i
		out, i = foldNext(out, c.s, i)
		out = keepWord(out, was)
		if !base && umlautAt(c.s[at:end]) {
			out = append(out, 'e')
		}
		n += utf8.RuneCount(out[was:])
	}
	return c.keep(cutRunes(out, MaxRunes))
}

// keepWord removes from out[from:] what does not belong in a form; decompositions can hold spaces and signs.
func keepWord(out []byte, from int) []byte {
	w := from
	for r := from; r < len(out); {
		k, n := kindOf(out[r:])
		if k == wordRune {
			w += copy(out[w:], out[r:r+n])
		}
		r += n
	}
	return out[:w]
}

func kindOf(b []byte) (kind, int) {
	if b[0] < utf8.RuneSelf {
		return asciiKind[b[0]] & kindMask, 1
	}
	r, n := utf8.DecodeRune(b)
	return slowKind(r), n
}

func cutRunes(b []byte, most int) []byte {
	if len(b) <= most {
		return b
	}
	for i := range string(b) {
		if most == 0 {
			return b[:i]
		}
		most--
	}
	return b
}

// keep copies b to the arena.
func (c *cutter) keep(b []byte) string {
	if c.arena.Cap()-c.arena.Len() < len(b) {
		c.arena = strings.Builder{}
		c.arena.Grow(max(len(b), min(len(c.s)/2+16, 4096)))
	}
	at := c.arena.Len()
	c.arena.Write(b)
	return c.arena.String()[at:]
}

// emit appends a token, unless nothing is left of the word, and looks after hyphenated pairs.
func (c *cutter) emit(start, end int, form, alt string) {
	if form == "" {
		return
	}
	t := Token{Start: start, End: end, Form: form, Alt: alt, Dot: end < len(c.s) && c.s[end] == '.'}
	if c.lang != 0 && mayAbbreviate(form) {
		t.Also = abbreviated(c.s, t, c.lang)
	}
	if form[0] <= '9' {
		c.digits = true
	}
	c.dst = append(c.dst, t)
	c.pair(start, end)
}

// hasUmlaut reports whether s holds a letter whose alternative spelling has an e more.
func hasUmlaut(s string) bool {
	for i := range len(s) {
		if s[i] >= 0xC3 && umlautStart(s, i) {
			return true
		}
	}
	return false
}

// umlautStart reports whether an umlaut, composed or as a mark of its own, starts at i.
func umlautStart(s string, i int) bool {
	if s[i] == diaeresis[0] {
		return i > 0 && umlautAt(s[i-1:])
	}
	return umlautAt(s[i:])
}

// umlautAt reports whether s starts with ä, ö, ü or ø, in one character or two.
func umlautAt(s string) bool {
	if s[0] < utf8.RuneSelf {
		return len(s) > 2 && s[1] == diaeresis[0] && s[2] == diaeresis[1] && isUmlauted(s[:3])
	}
	r, _ := utf8.DecodeRuneInString(s)
	return int(r) < len(latin) && latin[r].e
}
