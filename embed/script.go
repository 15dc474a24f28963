package embed

import (
	"cmp"
	"context"
	"encoding/json"
	"net/http"

	"github.com/go-chi/chi/v5"

	"github.com/plonegov/carillon/api/web"
	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
	"github.com/plonegov/carillon/widgets"
)

// evergreen is the name of the newest loader of the first contract.
const evergreen = "1"

// pinned is a loader as /w/integrity.json tells of it.
type pinned struct {
	URL       string `json:"url"`
	Integrity string `json:"integrity"`
}

// loadScripts compresses every loader ever issued.
func (s *Server) loadScripts() error {
	versions, err := widgets.Releases()
	if err != nil {
		return err
	}
	s.scripts = map[string]*web.Answer{}
	loaders := map[string]pinned{}
	for _, v := range versions {
		body, err := widgets.Release(v)
		if err != nil {
			return err
		}
		s.scripts[v] = web.New("text/javascript; charset=utf-8", body, web.Best)
		loaders[v] = pinned{s.hub + "/w/" + v + "/carillon.js", widgets.Integrity(body)}
	}
	s.scripts[evergreen] = s.scripts[widgets.Version]
	list, err := json.Marshal(map[string]any{"latest": widgets.Version, "loaders": loaders})
	if err != nil {
		return err
	}
	s.integrity = web.New("application/json", list, web.Best)
	return nil
}

// serveLoader answers /w/{version}/carillon.js. A version is for ever; "1" is
// the newest, looked at again each hour.
func (s *Server) serveLoader(w http.ResponseWriter, r *http.Request) error {
	version := cmp.Or(chi.URLParam(r, "version"), evergreen)
	a := s.scripts[version]
	if a == nil {
		return federation.NotFound("loader", version)
	}
	send(w, r, a)
	return nil
}

// serveIntegrity answers /w/integrity.json.
func (s *Server) serveIntegrity(w http.ResponseWriter, r *http.Request) error {
	send(w, r, s.integrity)
	return nil
}

// serveStyle answers /w/1/carillon.css: the sheet that fragments link, with
// the tokens of a theme when the query has some.
func (s *Server) serveStyle(w http.ResponseWriter, r *http.Request) error {
	theme, err := themeOf(web.Query(r.URL.RawQuery), "")
	if err != nil {
		return err
	}
	a, err := s.cache.Get(r.Context(), "css"+widgets.ThemeQuery(theme), func(ctx context.Context) (*web.Answer, error) {
		search.ReadsOf(ctx).Directory() // any reason to drop it will do
		return web.New("text/css; charset=utf-8", []byte(widgets.StyleSheet(theme)), web.Fast), nil
	})
	if err != nil {
		return err
	}
	send(w, r, a)
	return nil
}

// send sends what is the same for all, and every origin may read.
func send(w http.ResponseWriter, r *http.Request, a *web.Answer) {
	h := w.Header()
	web.Secure(h)
	h["Access-Control-Allow-Origin"] = anyOrigin
	h["Cross-Origin-Resource-Policy"] = acrossOrigins
	h["Access-Control-Expose-Headers"] = exposed
	a.Write(w, r)
}
