package feed

import "strings"

// A scanner cuts XML, well-formed or not, into tags. It never fails and never
// looks at a byte more than a fixed number of times.
type scanner struct {
	doc   string
	pos   int
	none  [4]bool // no further end of a CDATA section, a comment, an instruction, a declaration
	typed bool    // a doctype was passed
}

type kind int

const (
	openTag kind = iota
	closeTag
	emptyTag // <a/>
	cdata
	other // comment, processing instruction, doctype
)

// A token lies at doc[start:end].
type token struct {
	kind       kind
	start, end int
	name       string // of a tag, as written, with its prefix
	attrs      string // the raw rest of an opening tag
	text       string // inside a CDATA section
}

// next returns the next tag, section or instruction; text lies between tokens.
// A "<" that begins nothing is text.
func (s *scanner) next() (token, bool) {
	for {
		i := strings.IndexByte(s.doc[s.pos:], '<')
		if i < 0 {
			s.pos = len(s.doc)
			return token{}, false
		}
		start := s.pos + i
		s.pos = start + 1
		rest := s.doc[start+1:]
		if rest == "" {
			continue
		}
		switch c := rest[0]; {
		case c == '!':
			if t, ok := s.declaration(start); ok {
				return t, true
			}
		case c == '?':
			if t, ok := s.until(start, "?>", 2); ok {
				return t, true
			}
		case c == '/' || nameStart(c):
			if t, ok := s.tag(start); ok {
				return t, true
			}
		}
	}
}

func (s *scanner) declaration(start int) (token, bool) {
	rest := s.doc[start:]
	switch {
	case strings.HasPrefix(rest, "<![CDATA["):
		t, ok := s.until(start, "]]>", 0)
		if ok {
			t.kind, t.text = cdata, s.doc[start+9:t.end-3]
		}
		return t, ok
	case strings.HasPrefix(rest, "<!--"):
		return s.until(start, "-->", 1)
	}
	return s.doctype(start)
}

// until ends a token after the given mark. Without one the token is not there:
// an unfinished comment must not swallow the items behind it.
func (s *scanner) until(start int, mark string, which int) (token, bool) {
	from := start + [...]int{len("<![CDATA["), len("<!--"), len("<?"), len("<!")}[which]
	if s.none[which] || from > len(s.doc) {
		return token{}, false
	}
	i := strings.Index(s.doc[from:], mark)
	if i < 0 {
		s.none[which] = true
		return token{}, false
	}
	s.pos = from + i + len(mark)
	return token{kind: other, start: start, end: s.pos}, true
}

// doctype passes over a declaration with its internal subset, unread (T10). A
// document has one; what looks like another has no subset.
func (s *scanner) doctype(start int) (token, bool) {
	rest := s.doc[start+2:]
	if open := strings.IndexAny(rest[:min(len(rest), maxDoctype)], "[>"); open >= 0 && rest[open] == '[' && !s.typed {
		s.typed = true
		if end := subset(rest[open:]); end > 0 {
			s.pos = start + 2 + open + end
			if end = strings.IndexByte(s.doc[s.pos:], '>'); end >= 0 {
				s.pos += end + 1
				return token{kind: other, start: start, end: s.pos}, true
			}
		}
		s.pos = start + 1
	}
	return s.until(start, ">", 3)
}

// maxDoctype is how far from its start the subset of a doctype is looked for.
const maxDoctype = 2048

// subset returns the position of the bracket that ends an internal subset,
// looking past quoted texts; when quotes do not match, of the first bracket.
func subset(s string) int {
	var quote byte
	for i := 1; i < len(s); i++ {
		switch c := s[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == ']':
			return i
		}
	}
	return strings.IndexByte(s, ']')
}

// tag reads an opening or closing tag. XML forbids "<" inside one (3.1), so a
// tag that is never closed ends at the next "<" and is text.
func (s *scanner) tag(start int) (token, bool) {
	t := token{kind: openTag, start: start}
	i := start + 1
	if s.doc[i] == '/' {
		t.kind = closeTag
		i++
	}
	from := i
	for i < len(s.doc) && nameByte(s.doc[i]) {
		i++
	}
	t.name = s.doc[from:i]
	from = i
	var quote byte
	for ; i < len(s.doc); i++ {
		switch c := s.doc[i]; {
		case c == '<':
			return t, false
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case (c == '"' || c == '\'') && (s.doc[i-1] == '=' || isSpace(s.doc[i-1])): // not that of <b don't>
			quote = c
		case c == '>':
			t.attrs, t.end = s.doc[from:i], i+1
			s.pos = t.end
			if rest, ok := strings.CutSuffix(t.attrs, "/"); ok && t.kind == openTag {
				t.kind, t.attrs = emptyTag, rest
			}
			return t, t.name != "" || t.kind == closeTag
		}
	}
	return t, false
}

func nameStart(c byte) bool {
	return c|0x20 >= 'a' && c|0x20 <= 'z' || c == '_' || c == ':' || c >= 0x80
}

func nameByte(c byte) bool {
	return nameStart(c) || c >= '0' && c <= '9' || c == '-' || c == '.'
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }
