package ics

import (
	"html"
	"net/url"
	"regexp"
	"strings"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"
)

var escapeText = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// words fills title, text, language and categories.
func (r *reading) words(it *federation.Item, c *component, z *zones) {
	summary, others := choose(c.all("SUMMARY"), r.doc.Source.Language)
	it.Title = title(summary.text())
	it.Language = language(summary)
	it.URL = r.link(c.text("URL"))
	body := r.body(it, c)
	for _, p := range others {
		body += `<p>` + escapeText.Replace(strings.TrimSpace(p.text())) + "</p>"
	}
	body += r.facts(it, c)
	base, _ := url.Parse(r.doc.URL)
	it.Content = markup.Sanitise(body, base)
	for _, name := range []string{"CATEGORIES", "X-TAGS"} {
		for _, p := range c.all(name) {
			for _, s := range p.list() {
				if s = title(s); s != "" && len(it.Categories) < maxCategories {
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
	out := paragraphs(description.text())
	for _, p := range others {
		out += paragraphs(p.text())
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

// tag is what only HTML has. Google Calendar and others write it into the
// plain description.
var tag = regexp.MustCompile(`(?i)</?(?:p|br|a|b|i|u|em|strong|ul|ol|li|div|span|h[1-6]|table|tr|td|img|blockquote|html-blob)(?:\s[^<>]*)?/?>`)

// block is a tag that makes lines of its own.
var block = regexp.MustCompile(`(?i)<(?:p|br|div|ul|ol|table|h[1-6])[\s/>]`)

// paragraphs is a description as HTML.
func paragraphs(s string) string {
	s = strings.TrimSpace(strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n").Replace(s))
	switch {
	case s == "":
		return ""
	case tag.MatchString(s) && block.MatchString(s):
		return s
	case tag.MatchString(s):
		return "<p>" + strings.ReplaceAll(s, "\n", "<br>") + "</p>"
	}
	if strings.Contains(s, "&") && !strings.ContainsAny(s, "<>") {
		s = html.UnescapeString(s) // "&amp;" and "&nbsp;" left over from a web form
	}
	var b strings.Builder
	for part := range strings.SplitSeq(s, "\n\n") {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		b.WriteString("<p>" + strings.ReplaceAll(linked(part), "\n", "<br>") + "</p>")
	}
	return b.String()
}

var address = regexp.MustCompile(`(?:https?://|www\.)[^\s<>"]+[^\s<>".,;:!?)\]'’»]`)

// linked is plain text as HTML with its web addresses made links.
func linked(s string) string {
	var b strings.Builder
	at := 0
	for _, m := range address.FindAllStringIndex(s, -1) {
		b.WriteString(escapeText.Replace(s[at:m[0]]))
		to := s[m[0]:m[1]]
		if strings.HasPrefix(to, "www.") {
			to = "https://" + to
		}
		b.WriteString(anchor(to, s[m[0]:m[1]]))
		at = m[1]
	}
	b.WriteString(escapeText.Replace(s[at:]))
	return b.String()
}

func anchor(to, text string) string {
	return `<a href="` + html.EscapeString(to) + `">` + escapeText.Replace(text) + `</a>`
}

// link is a web address as an absolute one, "" for anything else.
func (r *reading) link(s string) string {
	s = strings.TrimSpace(s)
	u, err := url.Parse(s)
	if err != nil || s == "" {
		return ""
	}
	if base, err := url.Parse(r.doc.URL); err == nil && !u.IsAbs() && strings.HasPrefix(s, "/") {
		u = base.ResolveReference(u)
	}
	if u.Scheme == "webcal" || u.Scheme == "webcals" {
		u.Scheme = "https"
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	return u.String()
}
