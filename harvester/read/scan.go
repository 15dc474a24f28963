package read

import "strings"

// A Scanner cuts XML (XML 1.0, 3), well-formed or not, into tags. It never fails
// and never looks at a byte more than a fixed number of times. The entities of a
// doctype are not read, so nothing can expand (T10).
type Scanner struct {
	Doc   string
	Pos   int     // of the next token to be looked for
	none  [4]bool // no further end of a CDATA section, a comment, an instruction, a declaration
	typed bool    // a doctype was passed
}

// Back moves to an earlier place, where things may have an end that had none
// farther on.
func (s *Scanner) Back(pos int) { s.Pos, s.none = pos, [4]bool{} }

// Kind is what a token is.
type Kind int

const (
	OpenTag Kind = iota
	CloseTag
	EmptyTag // <a/>
	CDATA
	Other // comment, processing instruction, doctype
)

// A Token lies at doc[start:end].
type Token struct {
	Kind       Kind
	Start, End int
	Name       string // of a tag, as written, with its prefix
	Attrs      string // the raw rest of an opening tag
	Text       string // inside a CDATA section
}

// Next returns the next tag, section or instruction; text lies between tokens.
// A "<" that begins nothing is text.
func (s *Scanner) Next() (Token, bool) {
	for {
		i := strings.IndexByte(s.Doc[s.Pos:], '<')
		if i < 0 {
			s.Pos = len(s.Doc)
			return Token{}, false
		}
		start := s.Pos + i
		s.Pos = start + 1
		rest := s.Doc[start+1:]
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

func (s *Scanner) declaration(start int) (Token, bool) {
	rest := s.Doc[start:]
	switch {
	case strings.HasPrefix(rest, "<![CDATA["):
		t, ok := s.until(start, "]]>", 0)
		if ok {
			t.Kind, t.Text = CDATA, s.Doc[start+9:t.End-3]
		}
		return t, ok
	case strings.HasPrefix(rest, "<!--"):
		return s.until(start, "-->", 1)
	}
	return s.doctype(start)
}

// until ends a token after the given mark. Without one the token is not there:
// an unfinished comment must not swallow the items behind it.
func (s *Scanner) until(start int, mark string, which int) (Token, bool) {
	from := start + [...]int{len("<![CDATA["), len("<!--"), len("<?"), len("<!")}[which]
	if s.none[which] || from > len(s.Doc) {
		return Token{}, false
	}
	i := strings.Index(s.Doc[from:], mark)
	if i < 0 {
		s.none[which] = true
		return Token{}, false
	}
	s.Pos = from + i + len(mark)
	return Token{Kind: Other, Start: start, End: s.Pos}, true
}

// doctype passes over a declaration with its internal subset, unread (T10). A
// document has one; what looks like another has no subset.
func (s *Scanner) doctype(start int) (Token, bool) {
	rest := s.Doc[start+2:]
	if open := strings.IndexAny(rest[:min(len(rest), maxDoctype)], "[>"); open >= 0 && rest[open] == '[' && !s.typed {
		s.typed = true
		if end := subset(rest[open:]); end > 0 {
			s.Pos = start + 2 + open + end
			if end = strings.IndexByte(s.Doc[s.Pos:], '>'); end >= 0 {
				s.Pos += end + 1
				return Token{Kind: Other, Start: start, End: s.Pos}, true
			}
		}
		s.Pos = start + 1
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
func (s *Scanner) tag(start int) (Token, bool) {
	t := Token{Kind: OpenTag, Start: start}
	i := start + 1
	if s.Doc[i] == '/' {
		t.Kind = CloseTag
		i++
	}
	from := i
	for i < len(s.Doc) && nameByte(s.Doc[i]) {
		i++
	}
	t.Name = s.Doc[from:i]
	from = i
	var quote byte
	for ; i < len(s.Doc); i++ {
		switch c := s.Doc[i]; {
		case c == '<':
			return t, false
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case (c == '"' || c == '\'') && (s.Doc[i-1] == '=' || IsSpace(s.Doc[i-1])): // not that of <b don't>
			quote = c
		case c == '>':
			t.Attrs, t.End = s.Doc[from:i], i+1
			s.Pos = t.End
			if rest, ok := strings.CutSuffix(t.Attrs, "/"); ok && t.Kind == OpenTag && !bare(rest) {
				t.Kind, t.Attrs = EmptyTag, rest
			}
			return t, t.Name != "" || t.Kind == CloseTag
		}
	}
	return t, false
}

// bare reports whether attributes end in a value without quotes, to which a "/"
// belongs (WHATWG HTML, 13.1.2.3).
func bare(attrs string) bool {
	last := attrs[strings.LastIndexAny(attrs, " \t\r\n\"'")+1:]
	return strings.Contains(last, "=") && !strings.HasSuffix(last, "=")
}

func nameStart(c byte) bool {
	return c|0x20 >= 'a' && c|0x20 <= 'z' || c == '_' || c == ':' || c >= 0x80
}

func nameByte(c byte) bool {
	return nameStart(c) || c >= '0' && c <= '9' || c == '-' || c == '.'
}

func IsSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }
