package feed

import (
	"encoding/base64"
	"strings"
	"unicode/utf8"

	"github.com/plonegov/carillon/harvester/read"
)

// Everything that leaves the front for a rich element is HTML. A text that its
// document calls plain is escaped here, so that later stages need to know no
// types (RFC 4287, 3.1).

// construct returns the content of a rich element as HTML.
func construct(in inner, attrs string, atom bool) string {
	kind := strings.ToLower(strings.TrimSpace(read.Attr(attrs, "type")))
	mode := strings.ToLower(read.Attr(attrs, "mode"))
	switch {
	case mode == "base64" || atom && binary(kind):
		return unbase64(in.text(), kind)
	case kind == "xhtml" || strings.HasSuffix(kind, "xhtml+xml"):
		return in.html()
	case in.markup && !(mode == "escaped" && strings.HasPrefix(kind, "text/")):
		return in.html()
	case !atom, kind == "html", kind == "text/html", mode == "escaped" && kind == "":
		return in.text()
	}
	if text := in.text(); strings.Contains(text, "\n") {
		return read.Paragraphs(text)
	} else {
		return read.Escape(text)
	}
}

// binary reports whether a media type means base64 (RFC 4287, 4.1.3.3).
func binary(kind string) bool {
	return strings.Contains(kind, "/") && !strings.HasPrefix(kind, "text/") && !strings.HasSuffix(kind, "xml")
}

func unbase64(s, kind string) string {
	raw, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(s), ""))
	if err != nil || !utf8.Valid(raw) {
		return ""
	}
	if kind == "" || strings.HasPrefix(kind, "text/") && kind != "text/html" {
		return read.Escape(read.Legal(string(raw)))
	}
	return read.Legal(string(raw))
}

// inner is what stands between the tags of an element.
type inner struct {
	raw    string
	cdata  bool // has a CDATA section
	markup bool // has tags outside of CDATA sections
	scope  *scope
}

// text returns the characters, without tags, with references replaced.
func (in inner) text() string {
	if !in.cdata && !in.markup && !strings.Contains(in.raw, "<") {
		return read.Unwrapped(read.Unescape(in.raw))
	}
	var b strings.Builder
	s, from := read.Scanner{Doc: in.raw}, 0
	for t, ok := s.Next(); ok; t, ok = s.Next() {
		b.WriteString(read.Unescape(in.raw[from:t.Start]))
		b.WriteString(t.Text)
		from = t.End
	}
	b.WriteString(read.Unescape(in.raw[from:]))
	return read.Unwrapped(b.String())
}

// html returns the content as HTML: prefixes of XHTML go, empty elements are
// closed as HTML closes them, CDATA sections become text.
func (in inner) html() string {
	var b strings.Builder
	s, from := read.Scanner{Doc: in.raw}, 0
	bases := bases{in.scope}
	for t, ok := s.Next(); ok; t, ok = s.Next() {
		t.Attrs = bases.see(t)
		b.WriteString(in.raw[from:t.Start])
		from = t.End
		_, local, prefixed := strings.Cut(t.Name, ":")
		if !prefixed {
			local = t.Name
		}
		switch t.Kind {
		case read.CDATA:
			b.WriteString(read.Escape(t.Text))
		case read.OpenTag:
			b.WriteString("<" + local + t.Attrs + ">")
		case read.EmptyTag:
			b.WriteString("<" + local + t.Attrs + ">")
			if !void[strings.ToLower(local)] {
				b.WriteString("</" + local + ">")
			}
		case read.CloseTag:
			b.WriteString("</" + local + ">")
		}
	}
	b.WriteString(in.raw[from:])
	return read.Legal(strings.TrimSpace(b.String()))
}

// void are the elements of HTML that have no end tag.
var void = map[string]bool{"area": true, "base": true, "br": true, "col": true, "embed": true, "hr": true, "img": true,
	"input": true, "link": true, "meta": true, "param": true, "source": true, "track": true, "wbr": true}
