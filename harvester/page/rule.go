package page

import (
	"github.com/PuerkitoBio/goquery"
	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"

	"github.com/plonegov/carillon/federation/markup"
)

// maxSelector bounds a selector of the region file, in bytes.
const maxSelector = 500

// find returns what a selector of the source matches; nothing, with a warning,
// when it is not CSS or matches nothing.
func (r *reading) find(name, selector string) *goquery.Selection {
	if selector == "" {
		return nil
	}
	if len(selector) > maxSelector {
		r.Warn("", "The selector for the "+name+" is too long; the page is read without it.")
		return nil
	}
	compiled, err := cascadia.Compile(selector)
	if err != nil {
		r.Warn("", "The selector for the "+name+" is not valid CSS ("+err.Error()+"); the page is read without it.")
		return nil
	}
	s := r.root.FindMatcher(compiled)
	if s.Length() == 0 {
		r.Warn("", "The selector for the "+name+" ("+selector+") matches nothing on the page; the page is read without it.")
		return nil
	}
	return s
}

// selected is the plain text of the first match.
func (r *reading) selected(name, selector string) string {
	s := r.find(name, selector)
	if s == nil {
		return ""
	}
	s = s.First()
	if v := s.AttrOr("content", ""); v != "" && goquery.NodeName(s) == "meta" {
		return markup.Text(v)
	}
	text := markup.Text(s.Text())
	if text == "" {
		r.Warn("", "The selector for the "+name+" ("+selector+") matches an empty element; the page is read without it.")
	}
	return text
}

// ruled is the content that the selectors name: every match, outermost only, in
// the order of the page, without what is to be removed.
func (r *reading) ruled() (markup.HTML, bool) {
	remove := r.rule.Remove
	if remove != "" {
		if compiled, err := cascadia.Compile(remove); err != nil || len(remove) > maxSelector {
			r.Warn("", "The selector for what is removed is not valid CSS; nothing is removed.")
		} else {
			r.root.FindMatcher(compiled).Not("html, body").Remove()
		}
	}
	s := r.find("content", r.rule.Content)
	if s == nil {
		return markup.HTML{}, false
	}
	content := r.sanitised(outermost(s).Clone())
	if content.IsZero() {
		r.Warn("", "The selector for the content ("+r.rule.Content+") matches nothing that can be shown; the page is read without it.")
		return content, false
	}
	return content, true
}

// outermost leaves out the matches that stand within another.
func outermost(s *goquery.Selection) *goquery.Selection {
	matched := map[*html.Node]bool{}
	for _, n := range s.Nodes {
		matched[n] = true
	}
	return s.FilterFunction(func(_ int, e *goquery.Selection) bool {
		for p := range e.Get(0).Ancestors() {
			if matched[p] {
				return false
			}
		}
		return true
	})
}
