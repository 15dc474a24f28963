package page

import (
	"net/url"
	"regexp"
	"strings"

	"codeberg.org/readeck/go-readability/v2"
	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"

	"github.com/plonegov/carillon/federation/markup"
)

// extract is the text of a page as it is shown.
type extract struct {
	title   string
	content markup.HTML
	ruled   bool // by the selectors of the source
}

// shown takes the text out of the page: what the selectors name, else what
// readability finds, else the main element, else the whole body.
func (r *reading) shown() extract {
	if c, ok := r.ruled(); ok {
		return extract{content: c, ruled: true}
	}
	x := r.readable()
	if x.content.IsZero() {
		for _, sel := range []string{"main", `[role="main"]`, "article", "body"} {
			if s := r.root.Find(sel).First(); s.Length() > 0 {
				if x.content = r.sanitised(s.Clone()); !x.content.IsZero() {
					break
				}
			}
		}
	}
	return x
}

// readable is the article as readability finds it, nothing on a page that is
// too large for it.
func (r *reading) readable() extract {
	top := r.root.Get(0)
	if elements(top) > maxElements {
		r.Warn("", "The page has too many elements to look for its text; give a selector for it under page: in the region file.")
		return extract{}
	}
	at := r.address
	if at == nil {
		at = &url.URL{}
	}
	p := readability.NewParser()
	p.DisableJSONLD = true // read by package jsonld
	article, err := p.ParseDocument(top, at)
	if err != nil || article.Node == nil {
		return extract{}
	}
	var b strings.Builder
	if err := html.Render(&b, article.Node); err != nil {
		return extract{}
	}
	return extract{title: markup.Text(article.Title()), content: markup.Sanitise(b.String(), r.base)}
}

// furniture is what is never text, whatever element it stands in.
const furniture = "script, style, noscript, template, nav, form, button, iframe, dialog, [hidden], [aria-hidden=true]"

// sanitised writes a part of the page. It changes s.
func (r *reading) sanitised(s *goquery.Selection) markup.HTML {
	s.Find(furniture).Remove()
	var b strings.Builder
	for _, n := range s.Nodes {
		if err := html.Render(&b, n); err != nil {
			return markup.HTML{}
		}
	}
	return markup.Sanitise(b.String(), r.base)
}

// heading is the h1 of the page when it has one, or one in its main part.
func (r *reading) heading() string {
	for _, sel := range []string{"main h1", "article h1", "h1"} {
		if s := r.root.Find(sel); s.Length() == 1 {
			if t := markup.Text(s.Text()); t != "" {
				return t
			}
		}
	}
	return ""
}

// title is the heading, as long as the title of the document speaks of the same:
// on some sites the only h1 is the name of the town.
func (r *reading) title() string {
	heading, title := r.heading(), r.documentTitle()
	if heading == "" || title != "" && !akin(fold(heading), fold(title)) {
		return title
	}
	return heading
}

// akin reports whether one of the two is in the other, or they share a word
// that is not among the short ones that titles are glued with.
func akin(a, b string) bool {
	if strings.Contains(a, b) || strings.Contains(b, a) {
		return true
	}
	for word := range strings.FieldsSeq(a) {
		if len(word) > 3 && strings.Contains(" "+b+" ", " "+word+" ") {
			return true
		}
	}
	return false
}

// separators stand between the title of a page and the name of its site.
var separators = regexp.MustCompile(`\s+[|–—·:»/-]\s+`)

// documentTitle is the title that Open Graph or the title element has, without
// the name of the site.
func (r *reading) documentTitle() string {
	title, site := r.meta.first("og:title", "twitter:title", "dcterms.title", "dc.title"), r.meta.first("og:site_name", "application-name")
	if title == "" {
		title = markup.Text(r.root.Find("head title").First().Text())
	}
	cuts := separators.FindAllStringIndex(title, -1)
	if len(cuts) == 0 {
		return title
	}
	first, last := cuts[0], cuts[len(cuts)-1]
	switch {
	case site != "" && fold(title[last[1]:]) == fold(site):
		return title[:last[0]]
	case site != "" && fold(title[:first[0]]) == fold(site):
		return title[first[1]:]
	case site == "" && len(title[:last[0]]) > len(title[last[1]:]) && strings.ContainsAny(title[last[0]:last[1]], "|–—·"):
		return title[:last[0]]
	}
	return title
}
