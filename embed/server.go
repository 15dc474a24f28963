package embed

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/go-chi/chi/v5"

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
	cache      *cache
	plain      sync.Map           // *resolved by the name of a placement, as asked for without a query
	scripts    map[string]*answer // loaders by version; "1" is the newest
	integrity  *answer
}

// New returns a server for a hub that the world knows as publicURL. An error
// is a mistake in the assets that are built in.
func New(log *slog.Logger, svc Searcher, cats *federation.Catalogues, publicURL string) (*Server, error) {
	render, err := widgets.NewRenderer()
	if err != nil {
		return nil, fmt.Errorf("embed: %w", err)
	}
	s := &Server{log: log, search: svc, catalogues: cats, render: render,
		hub: strings.TrimRight(publicURL, "/"), cache: newCache(time.Now)}
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

// Changed tells the server that the log has moved: everything cached before is
// built anew when next asked for. It is meant for the function given to
// [federation.Follow], after the index and the catalogue have followed.
func (s *Server) Changed(_ context.Context, changes []federation.Change) error {
	if len(changes) > 0 {
		s.cache.expire()
	}
	return nil
}
