package api

import (
	"context"
	"net/http"
	"strings"

	"github.com/plonegov/carillon/api/portal"
	"github.com/plonegov/carillon/api/web"
	"github.com/plonegov/carillon/search"
)

// answer answers from what is kept, else has the answer made.
func (s *Server) answer(w http.ResponseWriter, r *http.Request) {
	if s.widgets != nil && s.widgets.ServeKept(w, r) {
		return
	}
	rt := s.route(r)
	if rt.Class == web.Direct {
		s.router.ServeHTTP(w, r)
		return
	}
	a, err := s.get(rt, r)
	if err != nil {
		web.Secure(w.Header())
		s.fail(w, r, err)
		return
	}
	if asked, ok := a.Note.(search.Asked); ok && s.config.Counter != nil && asked.Words != "" && r.Method == http.MethodGet {
		s.config.Counter.Count(asked)
	}
	a.Write(w, r)
}

// get returns the answer that is kept for the request, or makes one. Of lists
// the first page alone is kept: of the others there is no end.
func (s *Server) get(rt web.Route, r *http.Request) (*web.Answer, error) {
	c := s.classes.of[rt.Class]
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
		a := s.make(rt, web.Unconditional(r.WithContext(search.WithAsked(ctx, &asked))))
		a.Note = asked
		return a, nil
	}
	if strings.Contains(r.URL.RawQuery, "cursor=") {
		return build(r.Context())
	}
	return c.kept.Get(r.Context(), s.keyOf(rt, r), build)
}

// keyOf is everything of a request that decides its answer: the address, of a
// feed without what others added to it, and of a page the language of the
// reader.
func (s *Server) keyOf(rt web.Route, r *http.Request) string {
	if rt.Class == web.Feed && r.URL.RawQuery != "" {
		return r.URL.Path + "?" + feedQuery(r.URL.RawQuery).Encode()
	}
	if rt.Class != web.Page {
		return r.RequestURI
	}
	return portal.Preferred(r.Header.Get("Accept-Language"), s.cats.Current().Hub.Speaks()) + r.RequestURI
}

// make lets the routes answer and completes the header.
func (s *Server) make(rt web.Route, r *http.Request) *web.Answer {
	return web.Capture(s.router, r, func(status int, h http.Header, body []byte) {
		if h.Get("Cache-Control") == "" {
			h.Set("Cache-Control", web.Lifetime(rt.Life, status))
		}
		if status == http.StatusOK && h.Get("ETag") == "" {
			h.Set("ETag", web.Tag(body))
		}
	})
}
