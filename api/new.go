package api

import (
	"log/slog"

	"github.com/plonegov/carillon/api/portal"
	"github.com/plonegov/carillon/embed"
	"github.com/plonegov/carillon/embed/picture"
	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
)

// New returns a server of everything in the store; fetch brings the pictures
// of items. Templates and scripts are part of the program, so one that cannot
// be read is a bug, and panics.
func New(log *slog.Logger, config Config, store federation.Store, svc *search.Service, cats *federation.Catalogues,
	fetch picture.Fetcher) *Server {
	w, err := embed.New(log, svc, cats, config.PublicURL)
	if err != nil {
		panic(err)
	}
	p := portal.New(log, svc, store, cats, config.PublicURL)
	s := newServer(log, config, store, svc, cats, p, w, picture.New(log, store, cats, fetch))
	s.widgets = w
	return s
}
