package demo

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"time"
)

// answer makes the body of an address as served from an origin.
type answer func(base string) ([]byte, error)

// resource is one address of a site.
type resource struct {
	contentType string
	modified    time.Time
	answer      answer
}

const htmlType = "text/html; charset=utf-8"

// Sources serves the sites of all publishers, each below a path of its own:
// feeds with validators, a page behind every link, pictures. Addresses inside
// the documents are made from the Host of the request.
func (r *Region) Sources() http.Handler {
	all := map[string]resource{proceduresPath: {"application/zip", r.now, r.archive}}
	all["/robots.txt"] = resource{"text/plain; charset=utf-8", pictureDate, robots}
	all["/portail/logo.svg"] = resource{"image/svg+xml", pictureDate, asset("pages/logo.svg")}
	r.addPages(all)
	for _, p := range r.publishers {
		for _, s := range p.Sections {
			r.addDocuments(all, s)
			for _, e := range s.Entries {
				r.addPicture(all, "/"+p.Slug, e)
			}
		}
	}
	return site(all, "")
}

// addDocuments adds what machines read of a section.
func (r *Region) addDocuments(all map[string]resource, s *section) {
	d := dialects[s.Dialect]
	add := func(path, contentType string, write writer) {
		all[path] = resource{contentType, s.Updated(), func(base string) ([]byte, error) { return write(r, r.view(s, base)) }}
	}
	if d.write != nil {
		add(s.FeedPath(), d.contentType, d.write)
	}
	if d.more != nil {
		for path, write := range d.more(r.view(s, "")) {
			add(path, firstOr(d.moreType, d.contentType), write)
		}
	}
}

// robots lets everybody read everything, but for what no one wants to find.
func robots(base string) ([]byte, error) {
	return []byte("User-agent: *\nDisallow: /portail/recherche\n\nSitemap: " + base + "/merlecourt/sitemap.xml\n"), nil
}

func (r *Region) addPicture(all map[string]resource, folder string, e entry) {
	if e.Picture != "" {
		all[folder+"/images/"+e.Picture+".png"] = resource{"image/png", pictureDate, func(string) ([]byte, error) {
			return r.pictures.png(e.Picture), nil
		}}
	}
}

// site serves the addresses under a Content-Security-Policy, "" = none.
func site(all map[string]resource, csp string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		if csp != "" {
			w.Header().Set("Content-Security-Policy", csp)
		}
		res, ok := all[req.URL.RequestURI()]
		if !ok { // a question nobody asked for changes nothing
			res, ok = all[req.URL.Path]
		}
		switch {
		case !ok:
			http.NotFound(w, req)
		case req.Method != http.MethodGet && req.Method != http.MethodHead:
			notAllowed(w)
		default:
			res.serve(w, req)
		}
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

// notAllowed refuses what is neither GET nor HEAD.
func notAllowed(w http.ResponseWriter) {
	w.Header().Set("Allow", "GET, HEAD")
	http.Error(w, "only GET and HEAD", http.StatusMethodNotAllowed)
}
