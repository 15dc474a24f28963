package feed

import (
	"encoding/xml"
	"io"
	"path"
	"strconv"
	"strings"
	"time"

	"github.com/gorilla/feeds"

	"github.com/plonegov/carillon/federation"
)

// ttl is how many minutes a reader may leave the feed alone.
const ttl = 15

// rfc822 is the date of RSS 2.0 with a year of four digits.
const rfc822 = "Mon, 02 Jan 2006 15:04:05 GMT"

// WriteRSS writes f as RSS 2.0 (rssboard.org/rss-specification, 2.0.11) with
// the Atom, Dublin Core, content, media and GeoRSS modules.
func WriteRSS(w io.Writer, f Feed) error { return feeds.WriteXML(rssFeed(f), w) }

type rss struct {
	XMLName xml.Name   `xml:"rss"`
	Version string     `xml:"version,attr"`
	Atom    string     `xml:"xmlns:atom,attr"`
	DC      string     `xml:"xmlns:dc,attr"`
	Content string     `xml:"xmlns:content,attr"`
	Media   string     `xml:"xmlns:media,attr"`
	GeoRSS  string     `xml:"xmlns:georss,attr"`
	Channel rssChannel `xml:"channel"`
}

// FeedXml makes rss a feeds.XmlFeed.
func (r rss) FeedXml() any { return r }

type rssChannel struct {
	Title         plain     `xml:"title"`
	Link          string    `xml:"link"`
	Description   plain     `xml:"description"`
	Language      string    `xml:"language,omitempty"`
	LastBuildDate string    `xml:"lastBuildDate,omitempty"`
	Generator     string    `xml:"generator,omitempty"`
	Docs          string    `xml:"docs"`
	TTL           int       `xml:"ttl"`
	Image         *rssImage `xml:"image"`
	Links         []rssLink `xml:"atom:link"`
	Items         []rssItem `xml:"item"`
}

type rssImage struct {
	URL   string `xml:"url"`
	Title plain  `xml:"title"`
	Link  string `xml:"link"`
}

type rssLink struct {
	Rel    string `xml:"rel,attr"`
	Href   string `xml:"href,attr"`
	Type   string `xml:"type,attr,omitempty"`
	Title  string `xml:"title,attr,omitempty"`
	Length string `xml:"length,attr,omitempty"`
}

type rssItem struct {
	Title       plain         `xml:"title"`
	Link        string        `xml:"link"`
	Description string        `xml:"description"`
	Creators    []string      `xml:"dc:creator"`
	Categories  []plain       `xml:"category"`
	Enclosure   *rssEnclosure `xml:"enclosure"`
	GUID        rssGUID       `xml:"guid"`
	PubDate     string        `xml:"pubDate,omitempty"`
	Updated     string        `xml:"atom:updated"`
	Source      *rssSource    `xml:"source"`
	Language    string        `xml:"dc:language,omitempty"`
	Rights      string        `xml:"dc:rights,omitempty"`
	Links       []rssLink     `xml:"atom:link"`
	Media       *media        `xml:"media:content"`
	Point       string        `xml:"georss:point,omitempty"`
	Content     string        `xml:"content:encoded,omitempty"`
}

type rssGUID struct {
	IsPermaLink bool   `xml:"isPermaLink,attr"`
	Value       string `xml:",chardata"`
}

type rssEnclosure struct {
	URL    string `xml:"url,attr"`
	Length int64  `xml:"length,attr"` // 0 = unknown, as the RSS profile asks
	Type   string `xml:"type,attr"`
}

type rssSource struct {
	URL   string `xml:"url,attr"`
	Title string `xml:",innerxml"` // of a plain
}

// media is a lead picture (Media RSS 1.5.1), in RSS and Atom alike.
type media struct {
	URL    string `xml:"url,attr"`
	Medium string `xml:"medium,attr"`
	Width  int    `xml:"width,attr,omitempty"`
	Height int    `xml:"height,attr,omitempty"`
	Alt    string `xml:"media:description,omitempty"`
}

func rssFeed(f Feed) rss {
	c := rssChannel{
		Title: plainText(oneLine(f.Title)), Link: cleanURI(f.Home), Description: plainText(f.description()),
		Language: cleanLanguage(f.Language), Generator: strings.TrimSpace(f.Generator + " " + f.Version),
		Docs: "https://www.rssboard.org/rss-specification", TTL: ttl,
		Links: []rssLink{{Rel: "self", Href: cleanURI(f.Self), Type: "application/rss+xml"}},
	}
	if len(f.Entries) > 0 {
		c.LastBuildDate = f.updated().Format(rfc822)
	}
	if f.Next != "" {
		c.Links = append(c.Links, rssLink{Rel: "next", Href: cleanURI(f.Next), Type: "application/rss+xml"})
	}
	if logo := cleanURI(f.Logo); isHTTP(logo) && picture(logo) {
		c.Image = &rssImage{URL: logo, Title: c.Title, Link: c.Link}
	}
	for _, e := range f.Entries {
		c.Items = append(c.Items, rssEntry(f, e))
	}
	return rss{Version: "2.0", Atom: "http://www.w3.org/2005/Atom", DC: "http://purl.org/dc/elements/1.1/",
		Content: "http://purl.org/rss/1.0/modules/content/", Media: "http://search.yahoo.com/mrss/",
		GeoRSS: "http://www.georss.org/georss", Channel: c}
}

func rssEntry(f Feed, e Entry) rssItem {
	item := rssItem{
		Title: plainText(e.title()), Link: e.Link(), Description: asHTML(firstText(clean(e.Item.Summary), e.title())),
		Creators: f.author(e), GUID: rssGUID{Value: e.ID()},
		Updated: e.Updated().Format(time.RFC3339Nano), Language: cleanLanguage(e.Item.Language),
		Rights: e.rights(), Media: leadPicture(e.Item), Point: point(e.Item), Content: clean(e.Item.Content.String()),
	}
	if p := e.Published(); !p.IsZero() {
		item.PubDate = p.Format(rfc822)
	}
	if u := e.sourceURL(); u != "" {
		item.Source = &rssSource{URL: u, Title: plainText(e.sourceTitle()).XML}
	}
	for _, c := range categories(e.Item) {
		item.Categories = append(item.Categories, plainText(c))
	}
	for _, a := range attachments(e.Item) {
		if item.Enclosure == nil { // readers take one
			item.Enclosure = &rssEnclosure{URL: a.URL, Length: max(a.Size, 0), Type: a.Type}
			continue
		}
		item.Links = append(item.Links, rssLink{Rel: "enclosure", Href: a.URL, Type: a.Type, Title: a.Title, Length: length(a.Size)})
	}
	if l := licenseURL(e.Item.Provenance.License); l != "" {
		item.Links = append(item.Links, rssLink{Rel: "license", Href: l})
	}
	return item
}

// picture reports whether the address ends like a picture that RSS 2.0 allows
// for a channel.
func picture(u string) bool {
	switch strings.ToLower(path.Ext(u)) {
	case ".png", ".jpg", ".jpeg", ".gif":
		return true
	}
	return false
}

func categories(it federation.Item) []string {
	var out []string
	for _, c := range it.Categories {
		if c = oneLine(c); c != "" {
			out = append(out, c)
		}
	}
	return out
}

func leadPicture(it federation.Item) *media {
	if it.Image == nil {
		return nil
	}
	u := cleanURI(it.Image.URL)
	if !isHTTP(u) {
		return nil
	}
	return &media{URL: u, Medium: "image", Width: max(it.Image.Width, 0), Height: max(it.Image.Height, 0), Alt: oneLine(it.Image.Alt)}
}

// attachments are those with an address that a reader can open, in the form
// that formats share. Thumbnails are not among them: readers would offer them
// for download.
func attachments(it federation.Item) []federation.Attachment {
	var out []federation.Attachment
	for _, a := range it.Attachments {
		if a.URL = cleanURI(a.URL); isHTTP(a.URL) && a.Role != federation.RoleThumbnail {
			a.Type, a.Title = cleanType(a.Type), oneLine(a.Title)
			out = append(out, a)
		}
	}
	return out
}

func length(size int64) string {
	if size <= 0 {
		return ""
	}
	return strconv.FormatInt(size, 10)
}

// point is the place in GeoRSS Simple: latitude, space, longitude.
func point(it federation.Item) string {
	p := it.Point()
	if p == nil || !p.Valid() {
		return ""
	}
	return strconv.FormatFloat(p.Lat, 'f', -1, 64) + " " + strconv.FormatFloat(p.Lon, 'f', -1, 64)
}

// licenseURL is the address of a licence: itself, or that of its SPDX id.
func licenseURL(license string) string {
	switch u := cleanURI(license); {
	case isHTTP(u):
		return u
	case spdx.MatchString(license):
		return "https://spdx.org/licenses/" + license + ".html"
	}
	return ""
}
