package feed

import (
	"cmp"
	"strings"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"

	"github.com/mmcdole/gofeed/atom"
	"github.com/plonegov/carillon/harvester/read"
)

// atomFeed reads what an Atom feed says of itself.
func (r *reading) atomFeed(f *atom.Feed, address string) {
	x := extended(f.Extensions)
	r.Title = markup.Text(cmp.Or(f.Title, x.value("dc", "title")))
	r.Language = language(cmp.Or(x.value("c", "lang"), x.value("dc", "language")))
	for _, l := range f.Links {
		href := resolve(address, l.Href)
		if l.Rel != "alternate" || l.Type == "" || strings.Contains(l.Type, "html") {
			r.feedLink(l.Rel, href)
		}
	}
	for _, l := range f.Links {
		r.feedLink(strings.TrimPrefix(l.Rel, "self"), resolve(address, l.Href))
	}
	if r.Self != "" {
		r.base = r.Self
	}
	for _, l := range f.Links {
		r.page(l.Rel, resolve(address, l.Href), x)
	}
	r.Complete = len(x["fh"]["complete"]) > 0
	r.license = cmp.Or(r.license, x.license())
	r.TTL = rssTTL("", x)
}

func atomEntry(a *atom.Entry, lang string) *entry {
	x := extended(a.Extensions)
	e := &entry{id: x.value("c", "id"), title: a.Title, summary: a.Summary, published: a.Published, updated: a.Updated}
	if a.Content != nil {
		e.content = a.Content.Value
	}
	for _, c := range a.Categories {
		e.categories = append(e.categories, cmp.Or(c.Term, c.Label))
	}
	for _, p := range a.Authors {
		e.authors = append(e.authors, cmp.Or(p.Name, p.Email))
	}
	atomLinks(e, a.Links, cmp.Or(x.value("c", "lang"), lang))
	x.fill(e)
	x.alert(e, lang)
	e.name = e.id
	return e
}

// atomLinks takes the link to the page of an entry and the files that belong
// to it. Of several alternates the one in HTML is the page, and of those the
// one in the language of the entry; the others are what it is in other
// languages.
func atomLinks(e *entry, links []*atom.Link, lang string) {
	best := 0
	for _, l := range links {
		if read.MediaType(l.Type, "") == capType {
			e.files = append(e.files, federation.Attachment{URL: l.Href, Type: capType})
			continue
		}
		switch strings.ToLower(l.Rel) {
		case "license":
			e.license = cmp.Or(e.license, l.Href)
		case "alternate", "http://www.iana.org/assignments/relation/alternate":
			n := 2 * pageness(l.Type)
			if l.Hreflang != "" && strings.EqualFold(l.Hreflang, lang) {
				n++
			}
			if n > best {
				e.link, best = l.Href, n
			}
			e.version(l.Hreflang, l.Href)
		case "enclosure", "http://www.iana.org/assignments/relation/enclosure":
			e.files = append(e.files, federation.Attachment{URL: l.Href, Type: l.Type, Title: l.Title, Size: length(l.Length)})
		}
	}
}

// pageness ranks a link's media type by how surely it is a page for people.
func pageness(mediaType string) int {
	switch {
	case strings.Contains(mediaType, "html"):
		return 3
	case mediaType == "":
		return 2
	}
	return 1
}
