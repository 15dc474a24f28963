package api

import (
	"log/slog"

	"github.com/plonegov/carillon/api/portal"
	"github.com/plonegov/carillon/embed"
	"github.com/plonegov/carillon/embed/picture"
	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
)

// New returns a server of what reader and store hold; fetch brings the pictures
// of items. Templates and scripts are part of the program, so one that cannot
// be read is a bug, and panics.
func New(log *slog.Logger, config Config, reader *federation.Reader, store Store, svc *search.Service, cats *federation.Catalogues,
	fetch picture.Fetcher) *Server {
	w, err := embed.New(log, svc, cats, config.PublicURL)
	if err != nil {
		panic(err)
	}
	p := portal.New(log, svc, reader, store, cats, config.PublicURL)
	s := newServer(log, config, reader, store, svc, cats, p, w, picture.New(log, reader, cats, fetch))
	s.widgets = w
	return s
}
