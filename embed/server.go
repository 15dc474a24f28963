package embed

import (
	"context"
	"fmt"
	"log/slog"
	"runtime"
	"strings"
	"time"

	"github.com/plonegov/carillon/api/cache"
	"github.com/plonegov/carillon/api/web"
	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
	"github.com/plonegov/carillon/widgets"
)

// Searcher answers selections; [search.Service] is one.
type Searcher interface {
	Search(ctx context.Context, r search.Request) (search.Answer, error)
}

// Server serves embeds. Safe for concurrent use.
type Server struct {
	log        *slog.Logger
	search     Searcher
	catalogues *federation.Catalogues
	render     *widgets.Renderer
	hub        string // public address without a slash at its end
	cache      *cache.Cache
	addresses  *cache.Recent[*address] // by the address as it was asked for
	builds     *web.Limit              // of widgets
	alerts     *web.Limit              // of widgets that show alerts alone
	scripts    map[string]*web.Answer  // loaders by version; "1" is the newest
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
		hub: strings.TrimRight(publicURL, "/"), cache: cache.New(cacheBytes, time.Now), addresses: cache.NewRecent[*address](addressBytes),
		builds: web.NewLimit(runtime.GOMAXPROCS(0) / 2), alerts: web.NewLimit(runtime.GOMAXPROCS(0) / 2)}
	if err := s.loadScripts(); err != nil {
		return nil, fmt.Errorf("embed: %w", err)
	}
	return s, nil
}

// Routes are every address of the package. They compress and validate by
// themselves, and send what is kept.
func (s *Server) Routes() []web.Route {
	const newest = "public, max-age=3600, stale-while-revalidate=86400, stale-if-error=604800"
	return []web.Route{
		{Pattern: "/w/" + evergreen + "/carillon.js", Class: web.Direct, Life: newest, Serve: s.serveLoader},
		{Pattern: "/w/{version}/carillon.js", Class: web.Direct, Life: web.ForEver, Serve: s.serveLoader},
		{Pattern: "/w/1/carillon.css", Class: web.Direct, Life: newest, Serve: s.serveStyle},
		{Pattern: "/w/integrity.json", Class: web.Direct, Life: "public, max-age=300", Serve: s.serveIntegrity},
		{Pattern: "/embed/{placement}", Class: web.Direct, Life: lifetime[0], Serve: s.servePlacement},
		{Pattern: "/embed/widget/{kind}", Class: web.Direct, Life: lifetime[0], Serve: s.serveUnsaved},
	}
}

// Touch drops what changes touched, after the index and the catalogue have
// followed them.
func (s *Server) Touch(t *search.Touch) {
	s.addresses.Clear() // they may hold a catalogue that is no more
	s.cache.Touch(t)
}
