package api

import (
	"net/http"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"
	"github.com/klauspost/compress/gzhttp"

	"github.com/plonegov/carillon/api/feed"
)

// routes is the table of everything the hub answers.
func (s *Server) routes() http.Handler {
	r := chi.NewRouter()
	r.Use(securityHeaders, s.logged, s.recovered, s.bounded, s.options(r), middleware.GetHead)
	r.NotFound(s.serve(notFound))
	r.MethodNotAllowed(s.methodNotAllowed(r))

	r.Group(func(r chi.Router) { // for programs of any origin
		r.Use(compressed, shared, validated)
		s.operations(s.describe(r))
		settle(s.openapi)
		r.Get("/api/openapi.json", s.serve(s.serveOpenAPI))
		r.Get("/api/docs", s.serve(s.serveDocs))
		r.Get("/robots.txt", s.serve(s.serveRobots))
		for _, f := range feed.Formats {
			r.Get("/feed."+f.Extension, s.serve(s.selectionFeed(f)))
			r.Get("/channels/{slug}."+f.Extension, s.serve(s.channelFeed(f)))
		}
	})
	if s.pages != nil {
		r.Group(func(r chi.Router) { // for people; it validates itself
			r.Use(compressed)
			s.pages.Routes(r)
		})
	}
	if s.widgets != nil { // compresses and validates itself, ahead of requests
		s.widgets.Routes(r, s.fail)
	}
	s.probes(r)
	return r
}

// compressed sends gzip or zstd to who takes it. Validators are weak, so they
// hold for every encoding.
func compressed(next http.Handler) http.Handler { return gzhttp.GzipHandler(next) }
