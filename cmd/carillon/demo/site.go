package demo

import (
	"net/http"
	"path"
	"strings"
)

// Site is the web site of a municipality that embeds the hub.
type Site struct {
	Slug string // of the member, and its folder in sites/
	Name string

	// Handler serves the site with the snippets of the hub at that address.
	Handler func(hubURL string) http.Handler
}

// town is what differs between the sites besides their templates.
type town struct {
	Site
	news, agenda string // sections that it shows as its own
	csp          string // Content-Security-Policy, HUB stands for the hub
}

var towns = []town{
	{Site{Slug: "hautecombe-les-pres", Name: "Hautecombe-les-Prés"}, "hautecombe/actualites", "hautecombe/agenda", ""},
	{Site{Slug: "sambre-sur-orne", Name: "Sambre-sur-Orne"}, "sambre/actualites", "sambre/agenda", ""},
	{Site{Slug: "lindewater", Name: "Lindewater"}, "lindewater/nieuws", "",
		"default-src 'none'; style-src 'self'; img-src 'self' https: http:; script-src 'self' HUB; connect-src HUB; form-action HUB; base-uri 'none'"},
}

// Sites returns the municipal sites.
func (r *Region) Sites() []Site {
	var all []Site
	for _, t := range towns {
		site := t.Site
		site.Handler = func(hub string) http.Handler { return r.townHandler(t, strings.TrimSuffix(hub, "/")) }
		all = append(all, site)
	}
	return all
}

// townView is a page of a municipal site.
type townView struct {
	Hub    string
	Name   string
	Year   int
	Today  string
	News   []entry
	Agenda []entry
	Entry  *entry // of an inner page
}

func (r *Region) townHandler(t town, hub string) http.Handler {
	view := townView{Hub: hub, Name: t.Name, Year: r.now.Year(), Today: longDay(r.now, "fr")}
	all := map[string]resource{}
	add := func(path, contentType string, make answer) { all[path] = resource{contentType, r.now, make} }
	if s := r.section(t.agenda); s != nil {
		view.Agenda = upcoming(s, 4, r)
	}
	if s := r.section(t.news); s != nil {
		view.News = s.Entries[:min(len(s.Entries), 5)]
	}
	add("/", htmlType, func(string) ([]byte, error) { return r.page(t.Slug+".html", view) })
	for _, e := range append(append([]entry(nil), view.News...), view.Agenda...) {
		inner := view
		inner.Entry = &e
		add("/"+e.Slug, htmlType, func(string) ([]byte, error) { return r.page(t.Slug+"-page.html", inner) })
		if e.Picture != "" {
			add("/images/"+e.Picture+".png", "image/png", func(string) ([]byte, error) { return r.pictures.png(e.Picture), nil })
		}
	}
	r.addAssets(t, add)
	return policy(all, strings.ReplaceAll(t.csp, "HUB", hub))
}

// addAssets serves what lies beside the site's templates.
func (r *Region) addAssets(t town, add func(path, contentType string, make answer)) {
	types := map[string]string{".css": "text/css; charset=utf-8", ".svg": "image/svg+xml"}
	list, _ := files.ReadDir("sites/" + t.Slug)
	for _, f := range list {
		if kind := types[path.Ext(f.Name())]; kind != "" {
			add("/"+f.Name(), kind, func(string) ([]byte, error) { return files.ReadFile("sites/" + t.Slug + "/" + f.Name()) })
		}
	}
}

// policy serves the addresses under a Content-Security-Policy, "" = none.
func policy(all map[string]resource, csp string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		if csp != "" {
			w.Header().Set("Content-Security-Policy", csp)
		}
		res, ok := all[req.URL.Path]
		if !ok {
			http.NotFound(w, req)
			return
		}
		res.serve(w, req)
	})
}

// upcoming returns the next n events.
func upcoming(s *section, n int, r *Region) []entry {
	var out []entry
	for _, e := range s.Entries {
		if e.Start.After(r.now) {
			out = append(out, e)
		}
	}
	sortByStart(out)
	return out[:min(len(out), n)]
}
