package demo

import (
	"net/http"
	"path"
	"slices"
	"strings"
)

// Site is the web site of a municipality that embeds the hub.
type Site struct {
	Slug string // of the member, and its folder in sites/
	Name string

	// Handler serves the site with the snippets of the hub at that address,
	// an origin without a slash at its end.
	Handler func(hubURL string) http.Handler
}

// town is what differs between the sites besides their templates.
type town struct {
	slug, name   string
	lang         string
	news, agenda string // sections that it shows as its own
	csp          string // HUB stands for the hub; "" = none
}

// strict allows the hub its script, its answers and the pictures that the
// items come with, and nothing else.
const strict = "default-src 'none'; style-src 'self'; img-src 'self' https: http:; script-src 'self' HUB; connect-src HUB; " +
	"form-action HUB; base-uri 'none'; frame-ancestors 'none'"

var towns = []town{
	{"hautecombe-les-pres", "Hautecombe-les-Prés", "fr", "hautecombe/actualites", "hautecombe/agenda", ""},
	{"sambre-sur-orne", "Sambre-sur-Orne", "fr", "sambre/actualites", "sambre/agenda", ""},
	{"lindewater", "Lindewater", "nl", "lindewater/nieuws", "lindewater/agenda", strict},
}

// Sites returns the municipal sites.
func (r *Region) Sites() []Site {
	var all []Site
	for _, t := range towns {
		all = append(all, Site{t.slug, t.name, func(hub string) http.Handler { return r.town(t, strings.TrimSuffix(hub, "/")) }})
	}
	return all
}

// townView is a page of a municipal site.
type townView struct {
	Hub         string
	Lang        string
	Year        int
	News        []entry
	Agenda      []entry
	SecondNews  []entry // in the site's second language
	Entry       *entry  // of an inner page, else nil
	EntryLocale string  // language of Entry
}

func (r *Region) town(t town, hub string) http.Handler {
	view := townView{Hub: hub, Lang: t.lang, Year: r.now.Year(), News: r.latest(t.news, 6), Agenda: r.upcoming(t.agenda, 4)}
	if t.slug == "lindewater" {
		view.SecondNews = r.latest("lindewater/mitteilungen", 4)
	}
	all := map[string]resource{"/": {htmlType, r.now, r.page(t.slug+".html", view)}}
	add := func(entries []entry, lang string) {
		for _, e := range entries {
			inner := view
			inner.Entry, inner.EntryLocale = &e, lang
			all["/"+lang+"/"+e.Slug] = resource{htmlType, r.now, r.page(t.slug+"-page.html", inner)}
			r.addPicture(all, "", e)
		}
	}
	add(view.News, t.lang)
	add(view.Agenda, t.lang)
	add(view.SecondNews, "de")
	addAssets(all, t)
	return site(all, strings.ReplaceAll(t.csp, "HUB", hub))
}

// addAssets serves the style sheets and drawings beside the site's templates.
func addAssets(all map[string]resource, t town) {
	types := map[string]string{".css": "text/css; charset=utf-8", ".svg": "image/svg+xml"}
	folder := "sites/" + t.slug
	list, _ := files.ReadDir(folder) // embedded: it cannot fail
	for _, f := range list {
		if kind := types[path.Ext(f.Name())]; kind != "" {
			all["/"+f.Name()] = resource{kind, pictureDate, asset(folder + "/" + f.Name())}
		}
	}
}

// latest returns the n newest entries of a section.
func (r *Region) latest(name string, n int) []entry {
	s := r.section(name)
	return s.Entries[:min(len(s.Entries), n)]
}

// upcoming returns the next n events of a section.
func (r *Region) upcoming(name string, n int) []entry {
	var events []entry
	for _, e := range r.section(name).Entries {
		if e.Start.After(r.now) {
			events = append(events, e)
		}
	}
	slices.SortStableFunc(events, func(a, b entry) int { return a.Start.Compare(b.Start) })
	return events[:min(len(events), n)]
}
