package api

import (
	"context"
	"net/http"
	"strings"

	"github.com/go-chi/chi/v5"

	"github.com/plonegov/carillon/api/portal"
	"github.com/plonegov/carillon/api/web"
	"github.com/plonegov/carillon/search"
)

// answer answers from what is kept, else has the answer made.
func (s *Server) answer(w http.ResponseWriter, r *http.Request) {
	if s.widgets != nil && s.widgets.ServeKept(w, r) {
		return
	}
	c, whole := s.classes.of(r)
	if !whole {
		s.router.ServeHTTP(w, r)
		return
	}
	a, err := s.get(c, r)
	if err != nil {
		web.Secure(w.Header())
		s.fail(w, r, err)
		return
	}
	if s.config.Counter != nil && a.Asked.Words != "" && r.Method == http.MethodGet {
		s.config.Counter.Count(a.Asked)
	}
	a.Write(w, r)
}

// get returns the answer that is kept for the request, or makes one. Of lists
// the first page alone is kept: of the others there is no end.
func (s *Server) get(c class, r *http.Request) (*web.Answer, error) {
	build := func(ctx context.Context) (*web.Answer, error) {
		limit := c.makes
		if alertsOnly(s.cats.Current(), r.URL) {
			limit = s.classes.alerts
		}
		release, err := limit.Acquire(ctx, "")
		if err != nil {
			return nil, err
		}
		defer release()
		var asked search.Asked
		a := s.make(web.Unconditional(r.WithContext(search.WithAsked(ctx, &asked))))
		a.Asked = asked
		return a, nil
	}
	if strings.Contains(r.URL.RawQuery, "cursor=") {
		return build(r.Context())
	}
	return c.kept.Get(r.Context(), s.keyOf(r), build)
}

// keyOf is everything of a request that decides its answer: the address, of a
// feed without what others added to it, and of a page the language of the
// reader.
func (s *Server) keyOf(r *http.Request) string {
	if isFeed(r.URL.Path) && r.URL.RawQuery != "" {
		return r.URL.Path + "?" + feedQuery(r.URL.RawQuery).Encode()
	}
	if !isPage(r.URL.Path) {
		return r.RequestURI
	}
	return portal.Preferred(r.Header.Get("Accept-Language"), s.cats.Current().Hub.Speaks()) + r.RequestURI
}

// make lets the routes answer and completes the header.
func (s *Server) make(r *http.Request) *web.Answer {
	route := chi.NewRouteContext()
	route.Routes = s.router
	r = r.WithContext(context.WithValue(r.Context(), chi.RouteCtxKey, route))
	return web.Capture(s.router, r, func(status int, h http.Header, body []byte) {
		if h.Get("Cache-Control") == "" {
			h.Set("Cache-Control", cacheControl(route.RoutePattern(), status))
		}
		if status == http.StatusOK && h.Get("ETag") == "" {
			h.Set("ETag", etag(body))
		}
	})
}
