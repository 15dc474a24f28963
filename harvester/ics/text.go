package ics

import (
	"net/url"
	"regexp"
	"strings"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"
	"github.com/plonegov/carillon/harvester/read"
)

// words fills title, text, language and categories.
func (r *reading) words(it *federation.Item, c *component, z *zones) {
	summary, others := choose(c.all("SUMMARY"), r.doc.Source.Language)
	it.Title = read.Line(summary.text())
	it.Language = language(summary)
	it.URL = r.link(c.text("URL"))
	body := r.body(it, c)
	for _, p := range others {
		body += read.Prose(p.text())
	}
	body += r.facts(it, c)
	it.Content = markup.Sanitise(body, r.base())
	for _, name := range []string{"CATEGORIES", "X-TAGS"} {
		for _, p := range c.all(name) {
			for _, s := range p.list() {
				if s = read.Line(s); s != "" && len(it.Categories) < maxCategories {
					it.Categories = append(it.Categories, s)
				}
			}
		}
	}
}

// maxCategories bounds the categories of one event; more are a slip.
const maxCategories = 50

// choose is the property in the language of the source, else the first that
// says something; the others say it in another language.
func choose(list []property, lang string) (best property, others []property) {
	at := -1
	for i, p := range list {
		if strings.TrimSpace(p.value) == "" {
			continue
		}
		if at < 0 || lang != "" && federation.MatchLanguage(lang, language(p)) && !federation.MatchLanguage(lang, language(list[at])) {
			at = i
		}
	}
	for i, p := range list {
		switch {
		case i == at:
			best = p
		case at >= 0 && strings.TrimSpace(p.value) != "" && p.value != list[at].value:
			others = append(others, p)
		}
	}
	return best, others
}

// body is the description as HTML: the styled one where there is one (RFC
// 9073, 6.5; X-ALT-DESC of Outlook), else the plain one.
func (r *reading) body(it *federation.Item, c *component) string {
	for _, name := range []string{"STYLED-DESCRIPTION", "X-ALT-DESC"} {
		for _, p := range c.all(name) {
			if text := p.text(); strings.EqualFold(p.param("FMTTYPE"), "text/html") && markup.Text(text) != "" {
				return bodyOf(text)
			}
		}
	}
	description, others := choose(c.all("DESCRIPTION"), r.doc.Source.Language)
	if it.Language == "" {
		it.Language = language(description)
	}
	out := read.Prose(description.text())
	for _, p := range others {
		out += read.Prose(p.text())
	}
	return out
}

var inBody = regexp.MustCompile(`(?is)<body[^>]*>(.*?)(?:</body>|$)`)

// bodyOf takes the content out of a whole page.
func bodyOf(page string) string {
	if m := inBody.FindStringSubmatch(page); m != nil {
		return m[1]
	}
	return page
}

// link is a web address as an absolute one, "" for anything else: a word is not
// taken for a page beside the calendar.
func (r *reading) link(s string) string {
	s = strings.TrimSpace(s)
	if !strings.HasPrefix(s, "/") && !strings.Contains(s, ":") {
		return ""
	}
	return read.Web(r.base(), s)
}

func (r *reading) base() *url.URL { return read.Base(r.doc.URL) }
