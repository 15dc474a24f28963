package markup

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// breaksLine holds the elements before and after which a reader sees a new line.
var breaksLine = map[atom.Atom]bool{
	atom.Address: true, atom.Article: true, atom.Aside: true, atom.Blockquote: true, atom.Br: true,
	atom.Caption: true, atom.Dd: true, atom.Details: true, atom.Div: true, atom.Dl: true, atom.Dt: true,
	atom.Figcaption: true, atom.Figure: true, atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true,
	atom.H5: true, atom.H6: true, atom.Hr: true, atom.Li: true, atom.Ol: true, atom.P: true, atom.Pre: true,
	atom.Section: true, atom.Summary: true, atom.Table: true, atom.Tbody: true, atom.Tfoot: true,
	atom.Thead: true, atom.Tr: true, atom.Ul: true,
}

// Text returns the text without markup: character references decoded, white
// space collapsed, one line feed between blocks and one space between cells.
// The text of pictures is left out. It is plain text and must be escaped again
// before it goes into a page.
func (h HTML) Text() string { return h.beginning(math.MaxInt, false) }

// beginning is the text as far as is needed for more than n runes of it that
// are neither white space nor direction controls. On one line, a dot parts the
// entries of lists and tables, which lines part elsewhere.
func (h HTML) beginning(n int, oneLine bool) string {
	if h.s == "" {
		return ""
	}
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(h.s))
	for n >= 0 {
		switch token := z.Next(); token {
		case html.ErrorToken:
			return collapse(b.String())
		case html.TextToken:
			// Only a block makes a new line; those of the source are spaces.
			text := strings.ReplaceAll(string(z.Text()), "\n", " ")
			b.WriteString(text)
			if n < math.MaxInt {
				n -= visible(text)
			}
		case html.StartTagToken, html.EndTagToken:
			name, _ := z.TagName()
			if a := atom.Lookup(name); oneLine && (entry[a] && token == html.StartTagToken || list[a]) && unfinished(b.String()) {
				b.WriteString(" · ")
			}
			switch a := atom.Lookup(name); {
			case breaksLine[a]:
				b.WriteByte('\n')
			case a == atom.Td || a == atom.Th:
				b.WriteByte(' ')
			}
		}
	}
	return collapse(b.String())
}

// entry holds the elements that begin an entry of a list or of a table, list
// those around all of them.
var (
	entry = map[atom.Atom]bool{atom.Dt: true, atom.Li: true, atom.Tr: true}
	list  = map[atom.Atom]bool{atom.Dl: true, atom.Ol: true, atom.Table: true, atom.Ul: true}
)

// unfinished reports whether text ends in a word, so that what follows would
// read on from it.
func unfinished(text string) bool {
	text = strings.TrimRightFunc(text, unicode.IsSpace)
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
	text := strings.Join(strings.Fields(balanceBidi(h.beginning(max, true))), " ")
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

// collapse turns each run of white space into one line feed if it holds one,
// otherwise into one space, and none at the ends.
func collapse(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	var pending rune
	for _, r := range s {
		switch {
		case r == '\n':
			pending = '\n'
		case unicode.IsSpace(r):
			if pending == 0 {
				pending = ' '
			}
		default:
			if pending != 0 && b.Len() > 0 {
				b.WriteRune(pending)
			}
			pending = 0
			b.WriteRune(r)
		}
	}
	return b.String()
}
