package discover

import (
	"net/http"
	"net/url"
	"strings"

	"golang.org/x/net/html"

	"github.com/plonegov/carillon/harvester/read"
)

// Bounds of what is kept of a page.
const (
	maxLinks   = 200 // of each list
	maxAddress = 4000
	maxText    = 200 // characters of a title or of a link's words
	maxToken   = 1 << 20
)

// Page is what a web page tells. The zero value tells nothing.
type Page struct {
	URL       string // of the page
	Base      string // of its relative links: URL, unless <base href> says otherwise
	Canonical string // the address the page gives itself, "" without one
	Title     string // of the page
	SiteName  string // of the site (og:site_name, application-name), "" without one
	Language  string // BCP 47 tag of the page, "" without one
	Links     []Link // <link> and Link headers with the type of a source, in order, repeated as there
	Anchors   []Link // <a> whose address or type is like that of a source, each once
	Sections  []Link // <a> that lead to news, events and the like, each once
	Refresh   string // where the page leads to by itself within ten seconds, "" nowhere
	Frames    []Link // of a frameset, each once
	Icons     []Icon // in order, repeated as there
	Colours   []string
	CMS       CMS
	// Structured are the schema.org types of the page's JSON-LD, each once. It
	// is looked for, not parsed: some pages hold JSON-LD that is not JSON.
	Structured []string
	Sitemaps   []string // <link rel=sitemap>
}

// Link is a link to what may be a source.
type Link struct {
	URL   string
	Rel   string // as written, "" of an anchor
	Type  string // media type in lower case without parameters, "" unknown
	Title string // or the words of an anchor
}

// Icon is a picture that stands for the site.
type Icon struct {
	URL   string
	Rel   string // as written
	Sizes string // as written: "32x32 48x48", "any", ""
}

// Read reads a page. address is where the answer came from, header its header;
// bytes that are no web page give a Page with little in it.
func Read(body []byte, address string, header http.Header) Page {
	r := &reader{page: Page{URL: address, Base: address}, seen: map[string]bool{}, marks: map[string]string{}}
	r.base, _ = url.Parse(address)
	if r.base == nil {
		r.base = &url.URL{}
	}
	r.linkHeaders(header)
	r.headerMarks(header)
	text, _ := read.Text(body, header.Get("Content-Type"))
	r.read(text)
	r.page.CMS = r.cms()
	return r.page
}

// reader goes once over a page.
type reader struct {
	page  Page
	base  *url.URL
	based bool              // a base was seen: the first one counts
	seen  map[string]bool   // "a "+address of anchors and sections, "f "+address of frames, "t "+type
	marks map[string]string // of content management systems, see cms.go

	anchor *Link           // being read
	words  strings.Builder // of the anchor or the title
	titles bool            // the title is being read
	raw    string          // "style" or "json": text that comes next
	named  []string        // colours by the names of custom properties
}

func (r *reader) read(text string) {
	z := html.NewTokenizer(strings.NewReader(text))
	z.SetMaxBuf(maxToken)
	for {
		switch z.Next() {
		case html.ErrorToken: // the end, or a token without one
			r.endAnchor()
			r.endTitle()
			r.page.Colours = colours(r.page.Colours, r.named)
			return
		case html.StartTagToken, html.SelfClosingTagToken:
			name, more := z.TagName()
			r.start(string(name), attributes(z, more))
		case html.EndTagToken:
			name, _ := z.TagName()
			r.end(string(name))
		case html.TextToken:
			r.text(z.Text())
		}
	}
}

type attrs map[string]string

// attributes reads those of a tag; the first of a name counts (HTML 13.2.5.33).
func attributes(z *html.Tokenizer, more bool) attrs {
	var a attrs
	for n := 0; more && n < 100; n++ {
		var key, val []byte
		key, val, more = z.TagAttr()
		if a == nil {
			a = attrs{}
		}
		if _, twice := a[string(key)]; !twice {
			a[string(key)] = string(val)
		}
	}
	return a
}

func (r *reader) start(name string, a attrs) {
	r.raw = ""
	switch name {
	case "html":
		r.page.Language = language(a["lang"], a["xml:lang"], r.page.Language)
	case "base":
		r.setBase(a["href"])
	case "link":
		r.link(a)
	case "meta":
		r.meta(a)
	case "a", "area":
		r.endAnchor()
		r.startAnchor(a)
	case "frame":
		if to := r.resolve(a["src"]); to != "" && !r.seen["f "+to] && len(r.page.Frames) < maxLinks {
			r.seen["f "+to] = true
			r.page.Frames = append(r.page.Frames, Link{URL: to, Title: squeeze(a["name"])})
		}
	case "title":
		if r.page.Title == "" {
			r.titles = true
			r.words.Reset()
		}
	case "style":
		r.raw = "style"
	case "script":
		if mediaType(a["type"]) == "application/ld+json" {
			r.raw = "json"
		}
	case "img":
		if r.anchor != nil {
			r.addWords(a["alt"])
		}
	}
	r.tagMarks(name, a)
}

func (r *reader) end(name string) {
	r.raw = ""
	switch name {
	case "a":
		r.endAnchor()
	case "title":
		r.endTitle()
	}
}

func (r *reader) text(b []byte) {
	switch {
	case r.raw == "style":
		r.named = customColours(r.named, b)
	case r.raw == "json":
		r.structured(b)
	case r.titles || r.anchor != nil:
		r.addWords(html.UnescapeString(string(b)))
	}
}

func (r *reader) addWords(s string) {
	if r.words.Len() < 4*maxText {
		r.words.WriteString(s[:min(len(s), 4*maxText)])
		r.words.WriteByte(' ')
	}
}

func (r *reader) endTitle() {
	if r.titles {
		r.page.Title, r.titles = squeeze(r.words.String()), false
	}
}

// setBase takes the first base with an address (HTML 4.2.3).
func (r *reader) setBase(href string) {
	if href == "" || r.based {
		return
	}
	r.based = true
	if u := r.resolve(href); u != "" {
		r.page.Base = u
		r.base, _ = url.Parse(u)
	}
}

// resolve is the absolute address of a link, "" when it is not one to fetch.
func (r *reader) resolve(href string) string {
	u, err := url.Parse(read.Web(r.base, strings.ReplaceAll(strings.TrimSpace(href), " ", "%20")))
	if err != nil || u.Host == "" {
		return ""
	}
	u.Fragment, u.RawFragment = "", ""
	return u.String()
}

// squeeze makes a text one line of at most maxText characters.
func squeeze(s string) string {
	s = strings.Join(strings.Fields(strings.ToValidUTF8(s, "\uFFFD")), " ")
	if r := []rune(s); len(r) > maxText {
		s = strings.TrimSpace(string(r[:maxText]))
	}
	return s
}

// mediaType is a media type without parameters, in lower case.
func mediaType(s string) string {
	s, _, _ = strings.Cut(s, ";")
	return strings.ToLower(strings.TrimSpace(s))
}
