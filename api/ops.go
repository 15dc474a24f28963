package api

import (
	"io"
	"net/http"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"
)

// Ops answers the probes, and what people search for, for an address that only
// operators reach.
func (s *Server) Ops() http.Handler {
	r := chi.NewRouter()
	r.Use(securityHeaders, s.logged, s.recovered, middleware.GetHead)
	s.probes(r)
	s.stats(r)
	return r
}

// probes: /healthz says that the process lives, /readyz that it can answer
// with everything the store holds, and keep what is new.
func (s *Server) probes(r chi.Router) {
	r.Get("/healthz", func(w http.ResponseWriter, _ *http.Request) { probe(w, http.StatusOK, "alive\n") })
	r.Get("/readyz", func(w http.ResponseWriter, r *http.Request) {
		if s.config.Ready != nil && !s.config.Ready() {
			w.Header().Set("Retry-After", "1")
			probe(w, http.StatusServiceUnavailable, "not ready: the search index is being made\n")
			return
		}
		if err := s.store.Trouble(r.Context()); err != nil {
			w.Header().Set("Retry-After", "10")
			probe(w, http.StatusServiceUnavailable, "not ready: "+err.Error()+"\n")
			return
		}
		if s.config.SearchTrouble != nil {
			if why := s.config.SearchTrouble(); why != "" {
				probe(w, http.StatusOK, "ready; the embedded engine answers searches: "+why+"\n")
				return
			}
		}
		probe(w, http.StatusOK, "ready\n")
	})
}

func probe(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, text) // the prober may have gone
}

// serveRobots keeps crawlers from the endless pages of every selection; items,
// members and channels are for finding.
func (s *Server) serveRobots(w http.ResponseWriter, _ *http.Request) error {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, err := io.WriteString(w, "User-agent: *\nDisallow: /search\nDisallow: /api/v1/\nDisallow: /embed/\n\nSitemap: "+s.url("/sitemap.xml")+"\n")
	return err
}
