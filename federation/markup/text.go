package markup

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// breaksLine holds the elements before and after which a reader sees a new line.
var breaksLine = map[string]bool{
	"address": true, "article": true, "aside": true, "blockquote": true, "br": true, "caption": true, "dd": true,
	"details": true, "div": true, "dl": true, "dt": true, "figcaption": true, "figure": true, "h1": true, "h2": true,
	"h3": true, "h4": true, "h5": true, "h6": true, "hr": true, "li": true, "ol": true, "p": true, "pre": true,
	"section": true, "summary": true, "table": true, "tbody": true, "tfoot": true, "thead": true, "tr": true, "ul": true,
}

// Text returns the text without markup: character references decoded, white
// space collapsed, one line feed between blocks and one space between cells.
// The text of pictures is left out. It is plain text and must be escaped again
// before it goes into a page.
func (h HTML) Text() string { return h.beginning(math.MaxInt, lines) }

// Line returns what [HTML.Text] does, with a space for every line feed.
func (h HTML) Line() string { return h.beginning(math.MaxInt, spaces) }

// Begins reports whether what [HTML.Line] returns begins with start. It reads
// no more of h than it needs to tell.
func (h HTML) Begins(start string) bool {
	return strings.HasPrefix(h.beginning(visible(start), spaces), start)
}

// parting is what stands between blocks.
type parting int

const (
	lines   parting = iota // a line feed
	spaces                 // a space
	entries                // a space, and a dot before the entries of lists and tables
)

// beginning is the text as far as is needed for more than n runes of it that
// are neither white space nor direction controls. It reads what the writer
// wrote: every < and > of a text or an attribute is escaped.
func (h HTML) beginning(n int, p parting) string {
	if h.s == "" {
		return ""
	}
	out := collapser{parted: ' '}
	if p == lines {
		out.parted = '\n'
	}
	out.Grow(len(h.s))
	for rest := h.s; n >= 0 && rest != ""; {
		text, after, tag := strings.Cut(rest, "<")
		rest = after
		if text != "" {
			text = html.UnescapeString(text)
			out.write(text)
			if n < math.MaxInt {
				n -= visible(text)
			}
		}
		if !tag || n < 0 {
			break
		}
		tagged, after, _ := strings.Cut(rest, ">")
		rest = after
		name, end := strings.CutPrefix(tagged, "/")
		name, _, _ = strings.Cut(name, " ")
		if p == entries && (entry[name] && !end || list[name]) && unfinished(out.String()) {
			out.write(" · ")
		}
		switch {
		case breaksLine[name]:
			out.part(out.parted)
		case name == "td" || name == "th":
			out.part(' ')
		}
	}
	return out.String()
}

// entry holds the elements that begin an entry of a list or of a table, list
// those around all of them.
var (
	entry = map[string]bool{"dt": true, "li": true, "tr": true}
	list  = map[string]bool{"dl": true, "ol": true, "table": true, "ul": true}
)

// unfinished reports whether text ends in a word, so that what follows would
// read on from it.
func unfinished(text string) bool {
	last, _ := utf8.DecodeLastRuneInString(text)
	return unicode.IsLetter(last) || unicode.IsDigit(last) || strings.ContainsRune(")]%€", last)
}

func visible(s string) (n int) {
	for _, r := range s {
		if !unicode.IsSpace(r) && !isBidi(r) {
			n++
		}
	}
	return n
}

// Summary returns the beginning of the text on one line, at most max runes with
// the ellipsis that marks a cut. It cuts between words, or inside the first
// when that alone is too long. A max below one gives "". Direction controls are
// balanced; the few that this may add are not counted.
func (h HTML) Summary(max int) string {
	if max < 1 {
		return ""
	}
	text := oneLine(balanceBidi(h.beginning(max, entries)))
	text = strings.TrimSuffix(text, " ·")
	if utf8.RuneCountInString(text) <= max {
		return text
	}
	return balanceBidi(shorten(text, max-1) + "…")
}

// shorten returns at most max runes of text, whole words if it can.
func shorten(text string, max int) string {
	end, word, n := len(text), 0, 0
	for i, r := range text {
		if n == max {
			end = i
			if r == ' ' {
				word = i
			}
			break
		}
		if r == ' ' {
			word = i
		}
		n++
	}
	if word > 0 {
		return strings.TrimRight(text[:word], " ,;:–—-(·")
	}
	for r, size := utf8.DecodeRuneInString(text[end:]); end > 0 && size > 0 && unicode.Is(unicode.M, r); {
		_, size = utf8.DecodeLastRuneInString(text[:end])
		end -= size
		r, size = utf8.DecodeRuneInString(text[end:])
	}
	return text[:end]
}

// collapser gathers text with one space or line feed for each run of white
// space, and none at the ends.
type collapser struct {
	strings.Builder
	parted  byte // what stands for the end of a block
	pending byte // what stands before the next character; 0 = nothing
}

// part notes white space: a line feed outweighs spaces.
func (c *collapser) part(by byte) {
	if c.pending != '\n' {
		c.pending = by
	}
}

// write adds text, whose own line feeds are spaces.
func (c *collapser) write(text string) {
	for text != "" {
		n := asItIs(text)
		if n > 0 {
			if c.pending != 0 && c.Len() > 0 {
				c.WriteByte(c.pending)
			}
			c.pending = 0
			c.WriteString(text[:n])
			text = text[n:]
			continue
		}
		_, n = utf8.DecodeRuneInString(text)
		c.part(' ')
		text = text[n:]
	}
}

// oneLine is text with one space for each run of white space, and none at the
// ends.
func oneLine(text string) string {
	if asItIs(text) == len(text) {
		return text
	}
	return strings.Join(strings.Fields(text), " ")
}

// asItIs is how many bytes of text stand before the first white space but
// single spaces between words.
func asItIs(text string) int {
	for i := 0; i < len(text); {
		switch b := text[i]; {
		case b >= utf8.RuneSelf:
			r, n := utf8.DecodeRuneInString(text[i:])
			if unicode.IsSpace(r) {
				return i
			}
			i += n
		case b > ' ':
			i++
		case b == ' ' && i > 0 && i+1 < len(text):
			if next, _ := utf8.DecodeRuneInString(text[i+1:]); next <= ' ' || unicode.IsSpace(next) {
				return i
			}
			i++
		case unicode.IsSpace(rune(b)):
			return i
		default:
			i++
		}
	}
	return len(text)
}
