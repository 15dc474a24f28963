package sitemap

import (
	"cmp"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"
	"github.com/plonegov/carillon/harvester/dates"
	"github.com/plonegov/carillon/harvester/read"
)

// Bounds of what one entry may say.
const (
	maxMedia    = 100
	maxKeywords = 50
)

// entry is a url or a sitemap element.
type entry struct {
	loc, lastmod string
	child        bool // another sitemap
	news         bool
	title        string
	published    string
	language     string
	keywords     []string
	images       []federation.Attachment
	videos       []video
	alternates   []alternate
}

type video struct{ title, description, thumbnail, content, player string }

type alternate struct{ language, address string }

// begin opens an element of an extension that may come several times.
func (e *entry) begin(name string) {
	switch {
	case name == "image:image" && len(e.images) < maxMedia:
		e.images = append(e.images, federation.Attachment{Role: federation.RoleImage})
	case name == "video:video" && len(e.videos) < maxMedia:
		e.videos = append(e.videos, video{})
	case name == "news:news":
		e.news = true
	}
}

// set takes the text of an element.
func (e *entry) set(name, text string) {
	switch name {
	case "loc":
		e.loc = cmp.Or(e.loc, text)
	case "lastmod":
		e.lastmod = cmp.Or(e.lastmod, text)
	case "news:title":
		e.title, e.news = markup.Text(text), true
	case "news:publication_date":
		e.published, e.news = text, true
	case "news:language":
		e.language = text
	case "news:keywords", "news:genres", "video:category", "video:tag":
		for word := range strings.SplitSeq(text, ",") {
			if word = markup.Text(word); word != "" && len(e.keywords) < maxKeywords && !slices.Contains(e.keywords, word) {
				e.keywords = append(e.keywords, word)
			}
		}
	default:
		e.media(name, text)
	}
}

func (e *entry) media(name, text string) {
	if n := len(e.images); n > 0 {
		img := &e.images[n-1]
		switch name {
		case "image:loc":
			img.URL = text
		case "image:caption":
			img.Alt = markup.Text(text)
		case "image:title":
			img.Title = markup.Text(text)
		}
	}
	if n := len(e.videos); n > 0 {
		v := &e.videos[n-1]
		switch name {
		case "video:title":
			v.title = markup.Text(text)
		case "video:description":
			v.description = markup.Text(text)
		case "video:thumbnail_loc":
			v.thumbnail = text
		case "video:content_loc":
			v.content = text
		case "video:player_loc":
			v.player = text
		}
	}
}

// alternate notes an xhtml:link with a language.
func (e *entry) alternate(attrs string) {
	a := alternate{language: strings.TrimSpace(read.Attr(attrs, "hreflang")), address: strings.TrimSpace(read.Attr(attrs, "href"))}
	if a.language != "" && a.address != "" && len(e.alternates) < maxMedia {
		e.alternates = append(e.alternates, a)
	}
}

// add makes an entry a page, when it is one that may be read.
func (r *reading) add(e entry) {
	u := r.address(e.loc)
	switch {
	case u == nil:
		r.bad++
		return
	case !r.sameHost(u):
		r.foreign++
		return
	case !e.child && !r.wanted(u):
		return
	}
	address := u.String()
	if r.seen[address] {
		return
	}
	if len(r.seen) >= maxListed {
		r.beyond++
		return
	}
	r.seen[address] = true
	if e.child && r.nested {
		if r.nestedSaid {
			return
		}
		r.nestedSaid = true
		r.Warn("", "The sitemap is an index within an index, which sitemaps.org does not allow; the sitemaps it names are not read.")
		r.lost = true
		return
	}
	p := federation.Page{URL: address, Format: "page", Stamp: read.Clip(e.lastmod, 100)}
	if e.child {
		p.Format = "sitemap"
		r.children++
	}
	p.Item = r.item(e, address)
	r.news = r.news || e.news
	r.Pages = append(r.Pages, p)
}

// item is what the sitemap says of a page.
func (r *reading) item(e entry, address string) federation.Item {
	var it federation.Item
	it.Title, it.Categories = e.title, e.keywords
	it.Language = r.language(e, address)
	it.Same = federation.SameOf(address, r.versions(e))
	it.Updated = r.moment(e.lastmod, it.Language)
	it.Published = r.moment(e.published, it.Language)
	if e.news {
		it.Type = federation.News
	}
	for _, img := range e.images {
		if u := r.address(img.URL); u != nil {
			if img.URL = u.String(); it.Image == nil {
				it.Image = &federation.Image{URL: img.URL, Alt: cmp.Or(img.Alt, img.Title)}
				continue
			}
			it.Attachments = append(it.Attachments, img)
		}
	}
	for _, v := range e.videos {
		if u := r.address(cmp.Or(v.content, v.player)); u != nil {
			it.Attachments = append(it.Attachments, federation.Attachment{URL: u.String(), Title: v.title, Alt: v.description, Role: federation.RoleVideo})
		}
		if u := r.address(v.thumbnail); u != nil && it.Image == nil {
			it.Image = &federation.Image{URL: u.String(), Alt: v.title}
		}
	}
	return it
}

// language is the one that the news extension or the hreflang of the page's own
// address gives.
func (r *reading) language(e entry, address string) string {
	if tag := newsLanguage(e.language); tag != "" {
		return tag
	}
	for _, a := range e.alternates {
		if u := r.address(a.address); u != nil && u.String() == address && !strings.EqualFold(a.language, "x-default") && federation.ValidLanguage(a.language) {
			return a.language
		}
	}
	return ""
}

// versions are the addresses of a page by language.
func (r *reading) versions(e entry) map[string]string {
	out := map[string]string{}
	for _, a := range e.alternates {
		u := r.address(a.address)
		if old, twice := out[a.language]; u == nil || twice && old != u.String() {
			return nil
		}
		out[a.language] = u.String()
	}
	return out
}

// newsLanguage reads news:language: two or three letters of ISO 639, or zh-cn
// and zh-tw.
func newsLanguage(s string) string {
	if s = strings.ReplaceAll(s, "_", "-"); s == "" || !federation.ValidLanguage(s) {
		return ""
	}
	return s
}

// moment reads a W3C date (NOTE-datetime).
func (r *reading) moment(s, lang string) time.Time {
	t, _ := dates.Parse(s, lang, dates.In(r.zone))
	return t
}

// address makes a loc absolute; nil when it leads to nothing on the web.
func (r *reading) address(loc string) *url.URL {
	loc = strings.TrimSpace(loc)
	if loc == "" || len(loc) >= maxAddress || strings.ContainsAny(loc, " \t\r\n<>\"") {
		return nil
	}
	u, err := url.Parse(loc)
	if err != nil {
		return nil
	}
	if r.home != nil {
		u = r.home.ResolveReference(u)
	}
	if (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || u.User != nil {
		return nil
	}
	u.Fragment, u.RawFragment = "", ""
	return u
}

// sameHost reports whether u is on the host of the sitemap, with or without
// www. A sitemap that is a file has no host: the operator vouches for it.
func (r *reading) sameHost(u *url.URL) bool {
	bare := func(u *url.URL) string { return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.") }
	return r.home == nil || bare(u) == bare(r.home) && port(u) == port(r.home)
}

// port treats both usual ports as one: sites list http addresses and answer
// with https ones.
func port(u *url.URL) string {
	if p := u.Port(); p != "80" && p != "443" {
		return p
	}
	return ""
}

// wanted holds the path against the prefixes of the source.
func (r *reading) wanted(u *url.URL) bool {
	has := func(prefix string) bool {
		return strings.HasPrefix(u.Path, prefix) || strings.HasPrefix(u.EscapedPath(), prefix)
	}
	if slices.ContainsFunc(r.rule.Exclude, has) {
		return false
	}
	return len(r.rule.Include) == 0 || slices.ContainsFunc(r.rule.Include, has)
}
