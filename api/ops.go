package api

import (
	"io"
	"net/http"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"

	"github.com/plonegov/carillon/api/web"
)

// Ops answers the probes, and what people search for, for an address that only
// operators reach.
func (s *Server) Ops() http.Handler {
	r := chi.NewRouter()
	r.Use(securityHeaders, s.logged, s.recovered, middleware.GetHead)
	web.Mount(r, append(s.probes(), s.stats()...), s.fail)
	return r
}

// probes: /healthz says that the process lives, /readyz that it can answer
// with everything the store holds, and keep what is new.
func (s *Server) probes() []web.Route {
	return []web.Route{
		{Pattern: "/healthz", Class: web.Direct, Life: web.NoStore, Serve: func(w http.ResponseWriter, _ *http.Request) error {
			return probe(w, http.StatusOK, "alive\n")
		}},
		{Pattern: "/readyz", Class: web.Direct, Life: web.NoStore, Serve: s.ready},
	}
}

func (s *Server) ready(w http.ResponseWriter, r *http.Request) error {
	if s.config.Ready != nil && !s.config.Ready() {
		w.Header().Set("Retry-After", "1")
		return probe(w, http.StatusServiceUnavailable, "not ready: the search index is being made\n")
	}
	if err := s.store.Trouble(r.Context()); err != nil {
		w.Header().Set("Retry-After", "10")
		return probe(w, http.StatusServiceUnavailable, "not ready: "+err.Error()+"\n")
	}
	if s.config.SearchTrouble != nil {
		if why := s.config.SearchTrouble(); why != "" {
			return probe(w, http.StatusOK, "ready; the embedded engine answers searches: "+why+"\n")
		}
	}
	return probe(w, http.StatusOK, "ready\n")
}

func probe(w http.ResponseWriter, status int, text string) error {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, text) // the prober may have gone
	return nil
}

// serveRobots keeps crawlers from the endless pages of every selection; items,
// members and channels are for finding.
func (s *Server) serveRobots(w http.ResponseWriter, _ *http.Request) error {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, err := io.WriteString(w, "User-agent: *\nDisallow: /search\nDisallow: /api/v1/\nDisallow: /embed/\n\nSitemap: "+s.url("/sitemap.xml")+"\n")
	return err
}
