package demo

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html"
	"strings"
	"text/template"
	"time"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
)

// dialect is one way to write a feed.
type dialect struct {
	template    string // in feeds/, or "json"
	contentType string
}

// dialects are what a region's sites speak, by the name content files use.
var dialects = map[string]dialect{
	"rss":        {"rss.xml", "application/rss+xml; charset=utf-8"},
	"wordpress":  {"wordpress.xml", "application/rss+xml; charset=UTF-8"},
	"spip":       {"spip.xml", "text/xml; charset=utf-8"},
	"plone":      {"plone.xml", "text/xml; charset=utf-8"},
	"latin1":     {"latin1.xml", "application/rss+xml; charset=ISO-8859-1"},
	"rss091":     {"rss091.xml", "text/xml"},
	"atom":       {"atom.xml", "application/atom+xml; charset=utf-8"},
	"atom-xhtml": {"atom-xhtml.xml", "application/atom+xml"},
	"json":       {"json", "application/feed+json"},
}

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
	Items []itemView
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

// WithImage is the text behind its picture, for feeds that have no other place
// for one.
func (v itemView) WithImage() string {
	if v.Image == "" {
		return v.HTML()
	}
	return fmt.Sprintf("<p><img src=\"%s\" alt=\"%s\" width=\"640\" height=\"360\"/></p>\n", v.Image, html.EscapeString(v.Alt)) + v.HTML()
}

func (r *Region) view(s *section, base string) feedView {
	v := feedView{section: s, Base: base}
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

// feed writes a section's feed as served from base.
func (r *Region) feed(s *section, base string) ([]byte, error) {
	v := r.view(s, base)
	d := dialects[s.Dialect]
	if d.template == "json" {
		return json.MarshalIndent(jsonFeed(v), "", "  ")
	}
	var b bytes.Buffer
	if err := feedTemplates.ExecuteTemplate(&b, d.template, v); err != nil {
		return nil, fmt.Errorf("write the feed %s: %w", s.Name(), err)
	}
	if s.Dialect != "latin1" {
		return b.Bytes(), nil
	}
	// What Latin-1 lacks, such as œ and the apostrophe ’, is written &#339;.
	return encoding.HTMLEscapeUnsupported(charmap.ISO8859_1.NewEncoder()).Bytes(b.Bytes())
}
