package portal

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/plonegov/carillon/federation"
)

// page is what every page has around its own content.
type page struct {
	voice
	Brand       brand
	Title       string // of the window, without the name of the hub
	Description string
	Canonical   string // absolute
	Picture     string // for those who share the page
	NoIndex     bool
	Alternates  []languageLink
	Languages   []languageLink
	Feeds       []feedLink
	Sheets      []string
	Scripts     []string // addresses of the scripts; none = the page runs none
	Icon        string
	Manifest    string
	OpenSearch  string
	Home        string
	UI          string // the language that forms must keep
	Query       string // words in the search box
	SkipTo      string // id of the list that a second link leads past filters to; "" = none
}

// languageLink is the same page in a language.
type languageLink struct {
	Code, Name, URL string
	Current         bool
}

// feedLink is a feed of what the page shows.
type feedLink struct{ Name, Type, Title, URL string }

// Page gives shared templates the part of a view that they know.
func (p page) Page() page { return p }

// withScript lets the page with the search box run our script.
func (p *Portal) withScript(pg page) page {
	pg.Scripts = []string{p.assets["portal.js"].url()}
	return pg
}

// Suggestions says how many suggestions there are, with # for the number.
func (p page) Suggestions() string {
	const many = 7 // takes the plural in every language of ours
	return strings.Replace(p.N("suggestions_count", many), strconv.Itoa(many), "#", 1)
}

// page makes the frame of a page with a title.
func (p *Portal) page(v visit, title string) page {
	pg := page{
		voice: v.voice, Brand: v.brand(), Title: title, UI: v.ui,
		Canonical: p.publicURL + address(v.URL.EscapedPath(), v.query.Encode(), ""),
		Sheets:    []string{p.assets["portal.css"].url(), p.memberColours(v.cat).url()},
		Icon:      p.assets["bell.svg"].url(),
		Home:      v.link("/", ""),
		Manifest:  v.link("/manifest.webmanifest", ""), OpenSearch: v.link("/opensearch.xml", ""),
	}
	for _, code := range v.cat.Hub.Speaks() {
		here := address(v.URL.EscapedPath(), v.query.Encode(), code)
		pg.Languages = append(pg.Languages, languageLink{code, ownName(code), here, code == v.Lang})
		pg.Alternates = append(pg.Alternates, languageLink{Code: code, URL: p.publicURL + here})
	}
	if len(pg.Languages) == 1 {
		pg.Languages, pg.Alternates = nil, nil // nothing to choose
	}
	return pg
}

// ownName names a language in itself: who looks for one reads it.
func ownName(code string) string {
	switch code {
	case "fr":
		return "Français"
	case "nl":
		return "Nederlands"
	case "de":
		return "Deutsch"
	}
	return "English"
}

// feeds are the addresses of a selection as feeds.
func (v visit) feeds(title string, sel federation.Selection) []feedLink {
	sel.Cursor, sel.Limit = "", 0
	return feedLinks(title, "/feed", sel.String())
}

// calendarFeed is the address of what has a date in a selection, as a calendar
// to subscribe to.
func (v visit) calendarFeed(title string, sel federation.Selection) feedLink {
	sel.Cursor, sel.Limit, sel.Sort = "", 0, ""
	return feedLink{v.T("calendar_feed"), "text/calendar", title, address("/feed.ics", sel.String(), "")}
}

// channelFeeds are the addresses of a channel as feeds.
func channelFeeds(title, slug string) []feedLink {
	return feedLinks(title, "/channels/"+url.PathEscape(slug), "")
}

func feedLinks(title, stem, query string) []feedLink {
	return []feedLink{
		{"RSS", "application/rss+xml", title, address(stem+".rss", query, "")},
		{"Atom", "application/atom+xml", title, address(stem+".atom", query, "")},
		{"JSON Feed", "application/feed+json", title, address(stem+".json", query, "")},
	}
}
