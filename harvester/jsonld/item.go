package jsonld

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/dates"
	"github.com/plonegov/carillon/harvester/read"
)

// item makes a piece of content an item. What each kind has of its own is read
// by a method of its own; the rest is common to all things and creative works
// of schema.org.
func (r *reading) item(c content) federation.Item {
	n := c.node
	w := &writing{reading: r, lang: cmp.Or(r.language(n["inLanguage"]), r.lang), told: map[string]bool{}}
	it := &w.Item
	it.Language = cmp.Or(r.language(n["inLanguage"]), r.Language)
	it.Title = w.take(n, "headline", "name", "title", "alternativeHeadline")
	it.URL = w.url(n)
	it.OriginID = w.originID(n)
	it.Same = w.same(n)
	it.Published = w.date(n, "datePublished", "datePosted", "uploadDate", "legislationDate", "dateCreated")
	it.Updated = w.date(n, "dateModified")
	it.Expires = w.date(n, "expires", "validThrough")
	switch c.kind {
	case event:
		w.event(n)
	case service:
		w.service(n)
	case place:
		w.place(n)
	case announcement:
		w.announcement(n)
	case job:
		w.job(n)
	case notice:
		it.Type = federation.Notice
	case document:
		it.Type = federation.DocumentItem
	default:
		it.Type = federation.News
	}
	w.text(n)
	w.people(n)
	w.categories(n)
	w.pictures(n)
	w.files(n)
	w.rights(n)
	w.rest(n)
	it.Content = w.content()
	return *it
}

// writing is one item as it is made.
type writing struct {
	*reading
	federation.Item
	lang  string
	told  map[string]bool // properties that were read
	main  []string        // texts, as HTML
	list  []fact
	spent int // values written out
}

// take returns the text of the first of the properties that has any, and notes
// all of them as read.
func (w *writing) take(n node, properties ...string) string {
	out := ""
	for _, p := range properties {
		w.told[p] = true
		if out == "" {
			out = w.reading.text(n[p], w.lang)
		}
	}
	return out
}

func (w *writing) date(n node, properties ...string) time.Time {
	for _, p := range properties {
		if s := w.reading.text(n[p], w.lang); s != "" {
			t, ok := dates.Parse(s, w.lang, dates.In(w.zone))
			if ok {
				w.told[p] = true
				return t
			}
			w.Warn(w.OriginID, "The date "+p+" cannot be read: "+read.Clip(s, 60))
		}
	}
	return time.Time{}
}

// language reads inLanguage: a tag, or a Language with one.
func (r *reading) language(v any) string {
	for _, e := range list(v) {
		s, _ := e.(string)
		if m, ok := e.(map[string]any); ok {
			n := r.follow(m)
			s = cmp.Or(r.raw(n["alternateName"], ""), r.raw(n["@value"], ""), r.raw(n["name"], ""))
		}
		s = strings.ReplaceAll(strings.TrimSpace(s), "_", "-")
		if federation.ValidLanguage(s) && len(primary(s)) <= 3 {
			return s
		}
	}
	return ""
}

// url is the page of n: its url, the page it is the main entity of, its id.
// Without any it is on the page that was read.
func (w *writing) url(n node) string {
	for _, p := range []string{"url", "mainEntityOfPage", "@id"} {
		w.told[p] = true
	}
	if a := cmp.Or(w.address(n["url"]), w.address(n["mainEntityOfPage"]), w.absolute(n.id())); a != "" {
		a, _, _ = strings.Cut(a, "#")
		return a
	}
	return w.page
}

// people reads the authors.
func (w *writing) people(n node) {
	for _, p := range []string{"author", "creator"} {
		w.told[p] = true
		for _, name := range w.texts(n[p], w.lang) {
			if len(w.Authors) < maxList && !slices.Contains(w.Authors, name) {
				w.Authors = append(w.Authors, name)
			}
		}
	}
	w.told["publisher"] = true
	if len(w.Authors) == 0 && w.Type != federation.EventItem {
		w.Authors = w.texts(n["publisher"], w.lang)
	}
}

func (w *writing) categories(n node) {
	for _, p := range []string{"articleSection", "keywords", "genre", "category", "serviceType", "occupationalCategory", "legislationType"} {
		w.told[p] = true
		for _, s := range w.texts(n[p], w.lang) {
			words := []string{s}
			if p == "keywords" {
				words = strings.FieldsFunc(s, func(c rune) bool { return c == ',' || c == ';' })
			}
			for _, c := range words {
				if c = strings.TrimSpace(c); c != "" && len(w.Categories) < maxList && !slices.Contains(w.Categories, c) {
					w.Categories = append(w.Categories, c)
				}
			}
		}
	}
}

// rights reads the licence and the credit.
func (w *writing) rights(n node) {
	w.told["license"] = true
	w.Provenance.License = cmp.Or(w.address(n["license"]), w.reading.text(n["license"], w.lang))
	w.Provenance.Attribution = w.take(n, "creditText", "copyrightNotice")
}
