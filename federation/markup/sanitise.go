package markup

import (
	"errors"
	"math"
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Limits from T11 of the threat model. The parser itself gives up at 512 open
// elements.
const (
	maxBytes      = 512 << 10
	maxDepth      = 256
	maxAttributes = 64
	maxAddress    = 2 << 10
	maxRounds     = 4
)

var errTangled = errors.New("markup: nested too deeply")

// space is what HTML calls ASCII whitespace.
const space = " \t\n\f\r"

// withoutSections takes away the marks of XML's CDATA sections: to HTML they begin
// a comment, but who copied them means what they hold. An end without a
// beginning is text.
func withoutSections(s string) string {
	const begin, end = "<![CDATA[", "]]>"
	var b strings.Builder
	for open := 0; ; {
		i := strings.IndexAny(s, "<]")
		if i < 0 {
			b.WriteString(s)
			return b.String()
		}
		b.WriteString(s[:i])
		switch s = s[i:]; {
		case strings.HasPrefix(s, begin):
			s, open = s[len(begin):], open+1
		case open > 0 && strings.HasPrefix(s, end):
			s, open = s[len(end):], open-1
		default:
			b.WriteByte(s[0])
			s = s[1:]
		}
	}
}

func sanitise(raw string, base *url.URL) string {
	raw = cut(raw, maxBytes)
	if strings.IndexByte(raw, '<') < 0 && strings.IndexByte(raw, '&') < 0 {
		return escaped(raw)
	}
	if strings.Contains(raw, "<![CDATA[") {
		raw = withoutSections(raw)
	}
	out, settled, err := pass(raw, base)
	// A tree that cannot be written as HTML comes back from the second parse as
	// another one, so the passes repeat until nothing moves. That is what makes
	// sanitising twice the same as once.
	for round := 0; err == nil && round < maxRounds; round++ {
		walled := out
		if !recognised(out) {
			walled = secondWall().Sanitize(out)
		}
		if settled && !eatsNewline(out) && (walled == out || unquoted.Replace(walled) == unquoted.Replace(out)) {
			return out
		}
		var next string
		next, settled, err = pass(walled, nil)
		if next == out && err == nil {
			return out
		}
		out = next
	}
	return escaped(bareText(raw))
}

// eatsNewline reports whether a <pre> begins with a line break, which the
// parser drops (WHATWG HTML, 13.2.6.4.7): what stood before it was not kept.
func eatsNewline(s string) bool {
	for {
		i := strings.Index(s, "<pre")
		if i < 0 {
			return false
		}
		s = s[i:]
		end := strings.IndexByte(s, '>')
		if end < 0 {
			return false
		}
		if strings.HasPrefix(s[end+1:], "\n") {
			return true
		}
		s = s[end:]
	}
}

// unquoted evens out the two spellings of a quotation mark: bluemonday always
// escapes it, we do only where needed.
var unquoted = strings.NewReplacer("&#34;", `"`, "&#39;", `'`)

// pass parses s and writes what the policy keeps of it. It reports whether the
// text written surely parses back to the tree it was written from.
func pass(s string, base *url.URL) (out string, settled bool, err error) {
	if Tangled(s, math.MaxInt) {
		return "", false, errTangled
	}
	nodes, err := html.ParseFragmentWithOptions(strings.NewReader(s),
		&html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div},
		html.ParseOptionEnableScripting(false))
	if err != nil {
		return "", false, err
	}
	w := writer{base: base, settled: true}
	w.out.Grow(len(s) + len(s)/8)
	top := &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div}
	for _, n := range nodes {
		top.AppendChild(n)
	}
	w.children(top)
	if w.deepest > maxDepth {
		return "", false, errTangled
	}
	return strings.Trim(w.out.String(), space), w.settled, nil
}

// bareText returns the text of s without parsing it into a tree, for input that
// the parser refuses. Scripts and styles are not text.
func bareText(s string) string {
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(s))
	var silent atom.Atom
	for {
		switch kind := z.Next(); kind {
		case html.ErrorToken:
			return b.String()
		case html.TextToken:
			if silent == 0 {
				b.Write(z.Text())
			}
		case html.StartTagToken, html.EndTagToken:
			name, _ := z.TagName()
			a := atom.Lookup(name)
			switch {
			case kind == html.StartTagToken && (a == atom.Script || a == atom.Style):
				silent = a
			case kind == html.EndTagToken && a == silent:
				silent = 0
			case breaksLine[a.String()]:
				b.WriteByte('\n')
			}
		}
	}
}
