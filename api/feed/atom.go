package feed

import (
	"encoding/xml"
	"io"
	"time"

	"github.com/gorilla/feeds"
)

// WriteAtom writes f as Atom (RFC 4287) with Media RSS and GeoRSS.
func WriteAtom(w io.Writer, f Feed) error { return feeds.WriteXML(atomFeed(f), w) }

type atom struct {
	XMLName   xml.Name       `xml:"feed"`
	NS        string         `xml:"xmlns,attr"`
	Media     string         `xml:"xmlns:media,attr"`
	GeoRSS    string         `xml:"xmlns:georss,attr"`
	Language  string         `xml:"xml:lang,attr,omitempty"`
	ID        string         `xml:"id"`
	Title     plain          `xml:"title"`
	Subtitle  *plain         `xml:"subtitle"`
	Updated   string         `xml:"updated"`
	Authors   []atomPerson   `xml:"author"`
	Links     []atomLink     `xml:"link"`
	Generator *atomGenerator `xml:"generator"`
	Logo      string         `xml:"logo,omitempty"`
	Entries   []atomEntry    `xml:"entry"`
}

// FeedXml makes atom a feeds.XmlFeed.
func (a atom) FeedXml() any { return a }

type atomPerson struct {
	Name plain `xml:"name"`
}

type atomLink struct {
	Rel      string `xml:"rel,attr"`
	Href     string `xml:"href,attr"`
	Type     string `xml:"type,attr,omitempty"`
	Language string `xml:"hreflang,attr,omitempty"`
	Title    string `xml:"title,attr,omitempty"`
	Length   string `xml:"length,attr,omitempty"`
}

type atomGenerator struct {
	Version string `xml:"version,attr,omitempty"`
	Name    string `xml:",chardata"`
}

type atomText struct {
	Type string `xml:"type,attr"`
	Text string `xml:",chardata"`
}

type atomCategory struct {
	Term string `xml:"term,attr"`
}

type atomSource struct {
	ID      string     `xml:"id"`
	Title   plain      `xml:"title"`
	Updated string     `xml:"updated"`
	Links   []atomLink `xml:"link"`
}

type atomEntry struct {
	Language   string         `xml:"xml:lang,attr,omitempty"`
	ID         string         `xml:"id"`
	Title      plain          `xml:"title"`
	Updated    string         `xml:"updated"`
	Published  string         `xml:"published,omitempty"`
	Authors    []atomPerson   `xml:"author"`
	Links      []atomLink     `xml:"link"`
	Categories []atomCategory `xml:"category"`
	Summary    *atomText      `xml:"summary"`
	Content    *atomText      `xml:"content"`
	Rights     string         `xml:"rights,omitempty"`
	Source     *atomSource    `xml:"source"`
	Media      *media         `xml:"media:content"`
	Point      string         `xml:"georss:point,omitempty"`
}

func atomFeed(f Feed) atom {
	a := atom{
		NS: "http://www.w3.org/2005/Atom", Media: "http://search.yahoo.com/mrss/", GeoRSS: "http://www.georss.org/georss",
		Language: cleanLanguage(f.Language), ID: canonicalURI(f.ID), Title: plainText(oneLine(f.Title)),
		Updated: f.updated().Format(time.RFC3339Nano), Authors: []atomPerson{{plainText(firstText(oneLine(f.Author), "Carillon"))}},
		Links: []atomLink{
			{Rel: "self", Href: cleanURI(f.Self), Type: "application/atom+xml"},
			{Rel: "alternate", Href: cleanURI(f.Home), Type: "text/html"},
		},
	}
	if d := oneLine(f.Description); d != "" {
		d := plainText(d)
		a.Subtitle = &d
	}
	if f.Next != "" {
		a.Links = append(a.Links, atomLink{Rel: "next", Href: cleanURI(f.Next), Type: "application/atom+xml"})
	}
	if f.Generator != "" {
		a.Generator = &atomGenerator{Version: f.Version, Name: f.Generator}
	}
	if logo := cleanURI(f.Logo); isHTTP(logo) {
		a.Logo = logo
	}
	taken := make(map[string]bool, len(f.Entries))
	for _, e := range f.Entries {
		a.Entries = append(a.Entries, f.atomEntry(e, distinct(e.Updated(), taken)))
	}
	return a
}

// distinct writes a date that no earlier entry of the feed has: readers that
// sort by it alone must not lose one, and the W3C validator warns of two
// alike (RFC 4287, 4.1.1, speaks of entries with one id only). The change is
// of microseconds.
func distinct(at time.Time, taken map[string]bool) string {
	for {
		s := at.Format(time.RFC3339Nano)
		if !taken[s] {
			taken[s] = true
			return s
		}
		at = at.Add(time.Microsecond)
	}
}

func (f Feed) atomEntry(e Entry, updated string) atomEntry {
	lang := cleanLanguage(e.Item.Language)
	out := atomEntry{
		Language: lang, ID: e.ID(), Title: plainText(e.title()), Updated: updated,
		Links:  []atomLink{{Rel: "alternate", Href: e.Link(), Type: "text/html", Language: lang}},
		Rights: e.rights(), Source: e.atomSource(), Media: leadPicture(e.Item), Point: point(e.Item),
	}
	if p := e.Published(); !p.IsZero() {
		out.Published = p.Format(time.RFC3339Nano)
	}
	for _, name := range f.author(e) {
		out.Authors = append(out.Authors, atomPerson{plainText(name)})
	}
	for _, c := range categories(e.Item) {
		out.Categories = append(out.Categories, atomCategory{c})
	}
	if page := cleanURI(e.Page); page != "" && page != e.Link() {
		out.Links = append(out.Links, atomLink{Rel: "related", Href: page, Type: "text/html"})
	}
	for _, a := range attachments(e.Item) {
		out.Links = append(out.Links, atomLink{Rel: "enclosure", Href: a.URL, Type: a.Type, Title: a.Title, Length: length(a.Size)})
	}
	if l := licenseURL(e.Item.Provenance.License); l != "" {
		out.Links = append(out.Links, atomLink{Rel: "license", Href: l})
	}
	if c := clean(e.Item.Content.String()); c != "" {
		out.Content = &atomText{"html", c}
	}
	if s := oneLine(e.Item.Summary); s != "" || out.Content == nil {
		// As HTML, so that a text about tags is not taken for tags.
		out.Summary = &atomText{"html", asHTML(firstText(s, e.title()))}
	}
	return out
}

// atomSource tells where the entry came from (RFC 4287, 4.2.11).
func (e Entry) atomSource() *atomSource {
	u := e.sourceURL()
	if u == "" {
		return nil
	}
	at := later(e.Item.Provenance.Fetched.UTC(), e.Updated())
	return &atomSource{ID: canonicalURI(u), Title: plainText(e.sourceTitle()), Updated: at.Format(time.RFC3339Nano),
		Links: []atomLink{{Rel: "self", Href: u}}}
}
