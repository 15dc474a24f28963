package web

import (
	"net/http"

	"github.com/go-chi/chi/v5"
)

// Class is a kind of request: what is kept of its answers, and how many are made
// at once. Each has room of its own, so that a flood of one leaves the others
// theirs.
type Class string

// The classes. Answers of all but [Direct] are made whole before they are sent,
// and kept.
const (
	Page   Class = "page"   // for people
	Feed   Class = "feed"   // for feed readers and calendars
	List   Class = "list"   // for programs
	Direct Class = "direct" // its handler sends, and keeps what there is to keep
)

// Lifetimes that several routes have, as Cache-Control says them.
const (
	NoStore = "no-store"
	Hour    = "public, max-age=3600"
	ForEver = "public, max-age=31536000, immutable"
)

// Handler answers a request, or returns the error for one place to answer.
type Handler = func(w http.ResponseWriter, r *http.Request) error

// Route is one row of the table of everything that the hub answers.
type Route struct {
	Method  string // "" = GET, and HEAD with it
	Pattern string // of chi
	Class   Class
	Life    string // Cache-Control of a good answer, unless the handler knows better
	Shared  bool   // pages of any origin may read it
	Serve   Handler
}

// Methods are those that the route answers.
func (rt Route) Methods() []string {
	if rt.Method == "" {
		return []string{http.MethodGet, http.MethodHead}
	}
	return []string{rt.Method}
}

// Mount adds the routes that have a handler to r; errors go to fail.
func Mount(r chi.Router, routes []Route, fail func(w http.ResponseWriter, r *http.Request, err error)) {
	for _, rt := range routes {
		if rt.Serve == nil { // who described it has mounted it
			continue
		}
		life := []string{rt.Life} // shared by all answers
		for _, method := range rt.Methods() {
			r.MethodFunc(method, rt.Pattern, func(w http.ResponseWriter, r *http.Request) {
				h := w.Header()
				h["Cache-Control"] = life
				if rt.Shared {
					Share(h)
				}
				if err := rt.Serve(w, r); err != nil {
					h.Del("Cache-Control")
					fail(w, r, err)
				}
			})
		}
	}
}

// Share lets a page of any origin read the response: it is public, and no
// cookie goes with the request.
func Share(h http.Header) {
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("Access-Control-Expose-Headers", "ETag, Content-Location, Retry-After")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
}

// Lifetime is the Cache-Control of an answer of a route that lives for life, by
// its status: what failed is looked at again.
func Lifetime(life string, status int) string {
	switch {
	case status >= http.StatusInternalServerError:
		return NoStore
	case status >= http.StatusMultipleChoices || life == "":
		return "no-cache"
	}
	return life
}
