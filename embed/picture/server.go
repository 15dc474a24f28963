package picture

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"time"

	"github.com/go-chi/chi/v5"
	"golang.org/x/sync/semaphore"
	"golang.org/x/sync/singleflight"

	"github.com/plonegov/carillon/api/web"
	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/safehttp"
)

// Directory tells what the region file says of those whose pictures are shown;
// a [federation.Catalogues] does.
type Directory interface {
	// Logos are the addresses of the logos of a member and of its placements,
	// or with [federation.HubOwner] of the hub.
	Logos(owner string) []string
	// Private are the networks that pictures of a source may be on besides
	// public ones.
	Private(source string) []netip.Prefix
}

// Fetcher is the guarded client.
type Fetcher interface {
	Get(ctx context.Context, req safehttp.Request) (*safehttp.Response, error)
}

// Server serves pictures. Safe for concurrent use.
type Server struct {
	log       *slog.Logger
	reader    *federation.Reader
	directory Directory
	fetch     Fetcher
	now       func() time.Time
	kept      *cache
	flights   singleflight.Group

	all      web.Limit           // who wait or are served, whatever they ask
	own      web.Limit           // of one source or host
	fetched  web.Limit           // whose bytes are held
	decoded  web.Limit           // of one source
	decoding *semaphore.Weighted // bytes
}

// New returns a server of the pictures of items and the logos of members.
func New(log *slog.Logger, reader *federation.Reader, directory Directory, fetch Fetcher) *Server {
	return &Server{log: log, reader: reader, directory: directory, fetch: fetch, now: time.Now,
		kept: newCache(cacheBytes), decoding: semaphore.NewWeighted(budget),
		all:     web.Limit{AtOnce: maxAll, Most: maxAll},
		own:     web.Limit{AtOnce: maxOwn, Most: maxOwn + maxWaiting},
		fetched: web.Limit{AtOnce: maxFetched, Most: maxAll},
		decoded: web.Limit{AtOnce: 1, Most: maxAll}}
}

// Routes are the package's addresses. An item that is unknown or withdrawn, and
// a picture that is another's or cannot be had, is ErrNotFound or ErrGone, and
// too many at once ErrUnavailable. A picture never changes under its address,
// yet may be kept for a day only: what is withdrawn must leave (DESIGN.md 8.3).
func (s *Server) Routes() []web.Route {
	const life = "public, max-age=86400, stale-while-revalidate=86400"
	return []web.Route{
		{Pattern: "/pictures/{item}/{name}", Class: web.Direct, Life: life, Serve: s.serve},
		{Pattern: "/pictures/logos/{owner}/{tag}", Class: web.Direct, Life: life, Serve: s.serveLogo},
	}
}

func (s *Server) serve(w http.ResponseWriter, r *http.Request) error {
	id, name := chi.URLParam(r, "item"), chi.URLParam(r, "name")
	asked, size, ok := parseName(name)
	if !ok || !federation.ValidItemID(id) {
		return federation.NotFound("picture", name)
	}
	it, err := s.reader.Item(r.Context(), id, "")
	if err != nil {
		return err
	}
	address, ok := tagged(it, asked)
	if !ok {
		return federation.NotFound("picture", name)
	}
	p, err := s.get(r.Context(), subject{address: address, owner: it.Source, private: s.directory.Private(it.Source)})
	if errors.Is(err, errNone) {
		return fmt.Errorf("picture of item %q: %w: %w", id, federation.ErrNotFound, err)
	}
	if err != nil {
		return err
	}
	send(w, r, p.sizes[size])
	return nil
}

// send answers with a file.
func send(w http.ResponseWriter, r *http.Request, f *file) {
	h := w.Header()
	secure(h)
	h.Set("Content-Type", f.kind)
	if f.kind == svgType {
		h.Set("Content-Security-Policy", "sandbox; default-src 'none'; style-src 'unsafe-inline'")
	}
	h.Set("ETag", f.etag)
	web.Send(w, r, f.body)
}

// secure keeps an answer a picture, whatever opens it, and lets pages of other
// origins show it.
func secure(h http.Header) {
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", "sandbox; default-src 'none'")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
}
