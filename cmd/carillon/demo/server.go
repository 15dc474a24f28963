package demo

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"html/template"
	"net/http"
	"strings"
	"time"
)

// answer makes the body of an address as served from an origin.
type answer func(base string) ([]byte, error)

// resource is one address of the publishers' sites.
type resource struct {
	contentType string
	modified    time.Time
	answer      answer
}

const htmlType = "text/html; charset=utf-8"

var pageFuncs = template.FuncMap{
	"day": longDay,
	"two": func(lang string, words ...string) string { return words[max(0, indexOf(lang))] },
}

func indexOf(lang string) int {
	return map[string]int{"fr": 0, "nl": 1, "de": 2}[lang]
}

// Sources serves the sites of all publishers, each below a path of its own:
// feeds with validators, a page behind every link, pictures. Addresses inside
// the documents are made from the Host of the request.
func (r *Region) Sources() http.Handler {
	all := r.resources()
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		res, ok := all[req.URL.Path]
		if !ok {
			http.NotFound(w, req)
			return
		}
		if req.Method != http.MethodGet && req.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, "only GET and HEAD", http.StatusMethodNotAllowed)
			return
		}
		res.serve(w, req)
	})
}

// serve answers with ETag and Last-Modified; http.ServeContent does the rest.
func (res resource) serve(w http.ResponseWriter, req *http.Request) {
	body, err := res.answer("http://" + req.Host)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	sum := sha256.Sum256(body)
	w.Header().Set("Content-Type", res.contentType)
	w.Header().Set("ETag", `"`+hex.EncodeToString(sum[:12])+`"`)
	w.Header().Set("Cache-Control", "max-age=60")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	http.ServeContent(w, req, "", res.modified, bytes.NewReader(body))
}

// resources lists every address.
func (r *Region) resources() map[string]resource {
	all := map[string]resource{
		"/":            {htmlType, r.now, func(base string) ([]byte, error) { return r.page("publishers.html", r.publishers) }},
		proceduresPath: {"application/zip", r.now, r.archive},
		proceduresHome: {htmlType, r.now, func(base string) ([]byte, error) {
			return r.page("procedures.html", r.procedures)
		}},
	}
	for _, p := range r.procedures {
		all[proceduresHome+p.ID] = resource{htmlType, p.date, func(string) ([]byte, error) { return r.page("procedure.html", p) }}
	}
	for _, p := range r.publishers {
		all["/"+p.Slug+"/"] = resource{htmlType, r.now, func(string) ([]byte, error) { return r.page("publisher.html", p) }}
		for _, s := range p.Sections {
			r.addSection(all, s)
		}
	}
	return all
}

func (r *Region) addSection(all map[string]resource, s *section) {
	all[s.FeedPath()] = resource{dialects[s.Dialect].contentType, s.Updated(), func(base string) ([]byte, error) {
		return r.feed(s, base)
	}}
	all[s.Home()] = resource{htmlType, s.Updated(), func(string) ([]byte, error) { return r.page("section.html", s) }}
	for _, e := range s.Entries {
		view := entryView{s, e}
		all[s.Home()+e.Slug] = resource{htmlType, e.Date, func(string) ([]byte, error) { return r.page("entry.html", view) }}
		if e.Picture != "" {
			all["/"+s.Publisher+"/images/"+e.Picture+".png"] = resource{"image/png", pictureDate, func(string) ([]byte, error) {
				return r.pictures.png(e.Picture), nil
			}}
		}
	}
}

// entryView is an entry on its own page.
type entryView struct {
	Section *section
	entry
}

func (r *Region) page(name string, view any) ([]byte, error) {
	var b strings.Builder
	if err := r.pages.ExecuteTemplate(&b, name, view); err != nil {
		return nil, err
	}
	return []byte(b.String()), nil
}
