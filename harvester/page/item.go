package page

import (
	"cmp"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"
	"github.com/plonegov/carillon/harvester/jsonld"
	"github.com/plonegov/carillon/harvester/read"
)

// item joins what the selectors, JSON-LD, the meta elements and the page itself
// say, in this order.
func (r *reading) item(doc federation.Document) (federation.Item, error) {
	it := r.described(doc)
	shown := r.shown()
	it.Title = cmp.Or(r.selected("title", r.rule.Title), it.Title, r.title(), shown.title)
	text := shown.content.Text()
	switch {
	case r.missing(text):
		return it, errMissing
	case r.login(text):
		return it, errLogin
	}
	it.URL = r.canonical()
	it.OriginID = cmp.Or(it.URL, doc.URL)
	it.Content = r.merge(it, shown)
	it.Summary = cmp.Or(it.Summary, r.meta.summary())
	it.Language = cmp.Or(it.Language, r.Language)
	r.dates(&it)
	if len(it.Authors) == 0 {
		it.Authors = r.meta.authors()
	}
	if len(it.Categories) == 0 {
		it.Categories = r.meta.categories()
	}
	if it.Expires.IsZero() {
		it.Expires = r.meta.expires(r.lang, r.zone())
	}
	it.Provenance.License = cmp.Or(it.Provenance.License, r.license())
	r.picture(&it)
	if it.Title == "" && it.Content.IsZero() {
		return it, errNothing
	}
	return it, nil
}

// described is the item of the page's JSON-LD that is about this page, or an
// empty one.
func (r *reading) described(doc federation.Document) federation.Item {
	if !strings.Contains(string(doc.Body), "schema.org") {
		return federation.Item{}
	}
	doc.Source.Language = r.lang
	d, err := jsonld.Format().Decode(doc)
	if err != nil {
		return federation.Item{}
	}
	for _, w := range d.Warnings {
		r.Warn(w.Item, w.Message)
	}
	here := slices.DeleteFunc(d.Items, func(it federation.Item) bool {
		return len(d.Items) > 1 && !r.isHere(it.URL) || len(d.Items) == 1 && !r.sameHost(it.URL)
	})
	if len(here) == 1 {
		return here[0]
	}
	heading, title := fold(r.heading()), fold(r.meta.first("og:title")+" "+r.documentTitle())
	for _, it := range here { // several: the one that the page is named after
		if t := fold(it.Title); t != "" && (t == heading || strings.Contains(title, t)) {
			return it
		}
	}
	return federation.Item{}
}

func fold(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }

// isHere reports whether address is this page's, by its own or its canonical
// address, whatever the scheme, the final slash and the fragment.
func (r *reading) isHere(address string) bool {
	short := func(s string) string {
		s, _, _ = strings.Cut(s, "#")
		_, s, _ = strings.Cut(s, "://")
		return strings.TrimSuffix(strings.TrimPrefix(s, "www."), "/")
	}
	if r.address == nil {
		return true
	}
	return short(address) == short(r.address.String()) || short(address) == short(r.canonical())
}

func (r *reading) sameHost(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (r.address == nil || address == "" || host(u) == host(r.address))
}

func host(u *url.URL) string { return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.") }

// canonical is the address that the page gives itself, when it is on the same
// host (RFC 6596), else the address it was read from. A page that names the
// home page as its canonical one is not believed: templates do that on every
// page, and all would become one item.
func (r *reading) canonical() string {
	if r.address == nil {
		return ""
	}
	own := r.address.String()
	for _, href := range []string{r.root.Find(`link[rel~="canonical" i][href]`).First().AttrOr("href", ""), r.meta.first("og:url")} {
		u, err := r.base.Parse(strings.TrimSpace(href))
		if href == "" || err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.User != nil || host(u) != host(r.address) {
			continue
		}
		if strings.Trim(u.Path, "/") == "" && u.RawQuery == "" && (strings.Trim(r.address.Path, "/") != "" || r.address.RawQuery != "") {
			continue
		}
		u.Fragment, u.RawFragment = "", ""
		return u.String()
	}
	return own
}

// merge chooses between the text that is shown and the one that JSON-LD has:
// what the selectors name, else the longer one; facts that only JSON-LD has
// follow the text.
func (r *reading) merge(it federation.Item, shown extract) markup.HTML {
	said := it.Content.Text()
	switch text := shown.content.Text(); {
	case shown.content.IsZero():
		return it.Content
	case said == "" || strings.Contains(fold(text), fold(said)):
		return shown.content
	case it.Type == federation.News && !shown.ruled && len(said) > 2*len(text):
		return it.Content
	case it.Type == federation.News:
		return shown.content
	case !shown.ruled && len(said) > len(text):
		return it.Content
	}
	return markup.Sanitise(shown.content.String()+"\n"+it.Content.String(), r.base)
}

// license reads rel=license and the rights of Dublin Core.
func (r *reading) license() string {
	if href, ok := r.root.Find(`link[rel~="license" i][href]`).First().Attr("href"); ok {
		if a := r.absolute(href); a != "" {
			return a
		}
	}
	return r.meta.first("dcterms.license", "dc.rights.license")
}

// absolute resolves an address of the page, "" when it leads nowhere on the web.
func (r *reading) absolute(href string) string { return read.Web(r.base, href) }

// later tells whether t can be the update of something published at p.
func later(t, p time.Time) bool { return !t.IsZero() && !t.Before(p) }
