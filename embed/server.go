package embed

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"runtime"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"

	"github.com/plonegov/carillon/api/web"
	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
	"github.com/plonegov/carillon/widgets"
)

// Searcher answers selections; [search.Service] is one.
type Searcher interface {
	Search(ctx context.Context, r search.Request) (search.Answer, error)
}

// ErrorHandler answers a request that failed. The errors are those of package
// federation (ErrNotFound, ErrInvalid, ErrForbidden, …).
type ErrorHandler = func(w http.ResponseWriter, r *http.Request, err error)

// Server serves embeds. Safe for concurrent use.
type Server struct {
	log        *slog.Logger
	search     Searcher
	catalogues *federation.Catalogues
	render     *widgets.Renderer
	hub        string // public address without a slash at its end
	cache      *web.Cache
	addresses  *web.Recent[*address]  // by the address as it was asked for
	builds     *web.Limit             // of widgets
	alerts     *web.Limit             // of widgets that show alerts alone
	scripts    map[string]*web.Answer // loaders by version; "1" is the newest
	integrity  *web.Answer
}

// What is kept, in bytes.
const (
	cacheBytes   = 24 << 20
	addressBytes = 6 << 20
)

// New returns a server for a hub that the world knows as publicURL. An error
// is a mistake in the assets that are built in.
func New(log *slog.Logger, svc Searcher, cats *federation.Catalogues, publicURL string) (*Server, error) {
	render, err := widgets.NewRenderer()
	if err != nil {
		return nil, fmt.Errorf("embed: %w", err)
	}
	s := &Server{log: log, search: svc, catalogues: cats, render: render,
		hub: strings.TrimRight(publicURL, "/"), cache: web.NewCache(cacheBytes, time.Now), addresses: web.NewRecent[*address](addressBytes),
		builds: web.NewLimit(runtime.GOMAXPROCS(0) / 2), alerts: web.NewLimit(runtime.GOMAXPROCS(0) / 2)}
	if err := s.loadScripts(); err != nil {
		return nil, fmt.Errorf("embed: %w", err)
	}
	return s, nil
}

// Routes mounts every address of the package on r.
func (s *Server) Routes(r chi.Router, fail ErrorHandler) {
	handle := func(pattern string, h func(http.ResponseWriter, *http.Request) error) {
		f := func(w http.ResponseWriter, r *http.Request) {
			if err := h(w, r); err != nil {
				fail(w, r, err)
			}
		}
		r.Get(pattern, f)
		r.Head(pattern, f)
	}
	handle("/w/{version}/carillon.js", s.serveLoader)
	handle("/w/1/carillon.css", s.serveStyle)
	handle("/w/integrity.json", s.serveIntegrity)
	handle("/embed/{placement}", s.servePlacement)
	handle("/embed/widget/{kind}", s.serveUnsaved)
}

// Touch drops what changes touched, after the index and the catalogue have
// followed them.
func (s *Server) Touch(t *search.Touch) {
	s.addresses.Clear() // they may hold a catalogue that is no more
	s.cache.Touch(t)
}
