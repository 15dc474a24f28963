package api

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/go-chi/chi/v5"

	"github.com/plonegov/carillon/api/web"
)

// spelt reads a path as it was meant. Escapes that need not be are undone in
// place, so that whatever follows, a cache above all, sees one spelling; a
// path that was respelt by somebody (a slash at its end or doubled, capitals
// in a slug) is answered with a redirect to the right one. It is permanent: a
// path has no other meaning that it could take on.
func (s *Server) spelt(routes chi.Routes) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.RawPath != "" {
				r = plain(r)
			}
			to := right(routes, r.URL)
			switch {
			case to == "":
				next.ServeHTTP(w, r)
			case r.Method == http.MethodGet || r.Method == http.MethodHead:
				move(w, r, to)
			case r.Method == http.MethodOptions: // a browser asks what it may do before it follows
				next.ServeHTTP(w, withPath(r, to))
			default: // a redirect would lose the body
				next.ServeHTTP(w, r)
			}
		})
	}
}

// move sends to another path of the hub, with the same query.
func move(w http.ResponseWriter, r *http.Request, to string) {
	h := w.Header()
	h.Set("Cache-Control", web.MovedLifetime)
	if isShared(to) {
		h.Set("Access-Control-Allow-Origin", "*") // else a page of another origin could not follow it
	}
	if r.URL.RawQuery != "" {
		to += "?" + r.URL.RawQuery
	}
	http.Redirect(w, r, to, http.StatusMovedPermanently)
}

// plain is the request without needless escapes in its path.
func plain(r *http.Request) *http.Request {
	u, c := *r.URL, *r
	web.Plain(&u)
	c.URL = &u
	return &c
}

// withPath is the request at another path, which is escaped.
func withPath(r *http.Request, path string) *http.Request {
	u, c := *r.URL, *r
	if p, err := url.PathUnescape(path); err == nil {
		u.Path, u.RawPath = p, path
	}
	c.URL = &u
	return &c
}

// right is the path that u should have, "" when it is right or nothing stands
// at either.
func right(routes chi.Routes, u *url.URL) string {
	path := u.EscapedPath()
	to := web.Respelt(path)
	if bare := strings.TrimRight(to, "/"); bare != to && bare != "" && !answers(routes, to) && answers(routes, bare) {
		to = bare
	}
	if to == path || !answers(routes, to) {
		return ""
	}
	return to
}

func answers(routes chi.Routes, path string) bool {
	return routes.Match(chi.NewRouteContext(), http.MethodGet, path)
}
