package demo

import (
	"bytes"
	"fmt"
	"html"
	"strings"
	"text/template"
	"time"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
)

var feedTemplates = template.Must(template.New("").Funcs(template.FuncMap{
	"x":       html.EscapeString,
	"rfc822":  func(t time.Time) string { return t.Format(time.RFC1123Z) },
	"rfc3339": func(t time.Time) string { return t.Format(time.RFC3339) },
	"when":    eventTime,
	"cdata":   func(s string) string { return "<![CDATA[" + strings.ReplaceAll(s, "]]>", "]]]]><![CDATA[>") + "]]>" },
}).ParseFS(files, "feeds/*.xml"))

// eventTime is an event's start or end: a day when it has no time.
func eventTime(t time.Time, allDay bool) string {
	if allDay {
		return t.Format(time.DateOnly)
	}
	return t.Format(time.RFC3339)
}

// feedView is a section as a feed shows it, with the origin it is served from.
type feedView struct {
	*section
	Base  string // "http://127.0.0.1:1234"
	Now   time.Time
	Items []itemView
	Alert alertView // of a message, see cap.xml
}

// Host is what a publisher would put into tag: addresses (RFC 4151).
func (v feedView) Host() string { return v.Publisher + ".example" }

// itemView is an entry with its addresses.
type itemView struct {
	entry
	Number    int // counts from the oldest, as a database's keys do
	URL       string
	Image     string // "" = none
	ImageSize int
}

// HTML is the text as markup, with the double escaping left to the feed.
func (v itemView) HTML() string {
	var b strings.Builder
	x := html.EscapeString
	for _, p := range v.Body {
		switch {
		case p.Heading != "":
			b.WriteString("<h2>" + x(p.Heading) + "</h2>\n")
		case p.List != nil:
			b.WriteString("<ul>")
			for _, li := range p.List {
				b.WriteString("<li>" + x(li) + "</li>")
			}
			b.WriteString("</ul>\n")
		default:
			b.WriteString("<p>" + x(p.Text) + "</p>\n")
		}
	}
	return strings.TrimSpace(b.String())
}

// Text is the text without markup, its paragraphs apart.
func (v itemView) Text() string { return plain(v.Body) }

// WithImage is the text behind its picture, for feeds that have no other place
// for one.
func (v itemView) WithImage() string {
	if v.Image == "" {
		return v.HTML()
	}
	return fmt.Sprintf("<p><img src=\"%s\" alt=\"%s\" width=\"640\" height=\"360\"/></p>\n", v.Image, html.EscapeString(v.Alt)) + v.HTML()
}

func (r *Region) view(s *section, base string) feedView {
	v := feedView{section: s, Base: base, Now: r.now}
	for i, e := range s.Entries {
		item := itemView{entry: e, Number: 100 + 7*(len(s.Entries)-i), URL: base + s.Home() + e.Slug}
		if e.Picture != "" {
			item.Image = base + "/" + s.Publisher + "/images/" + e.Picture + ".png"
			item.ImageSize = len(r.pictures.png(e.Picture))
		}
		v.Items = append(v.Items, item)
	}
	return v
}

// byTemplate writes with a template of feeds/.
func byTemplate(template string) writer {
	return func(_ *Region, v feedView) ([]byte, error) {
		var b bytes.Buffer
		if err := feedTemplates.ExecuteTemplate(&b, template, v); err != nil {
			return nil, fmt.Errorf("write the feed %s: %w", v.Name(), err)
		}
		return b.Bytes(), nil
	}
}

// latin1 writes in ISO-8859-1. What that lacks, such as œ and the apostrophe ’,
// is written &#339;.
func latin1(write writer) writer {
	return func(r *Region, v feedView) ([]byte, error) {
		b, err := write(r, v)
		if err != nil {
			return nil, err
		}
		return encoding.HTMLEscapeUnsupported(charmap.ISO8859_1.NewEncoder()).Bytes(b)
	}
}
