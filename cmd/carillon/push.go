package main

import (
	"context"
	"log/slog"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/safehttp"
	"github.com/plonegov/carillon/harvester"
	"github.com/plonegov/carillon/harvester/websub"
)

// watchHubs lets the harvester tell the subscriber of the hubs that sources
// name. The subscriber is to be run.
func watchHubs(ctx context.Context, log *slog.Logger, store federation.Store, worker *harvester.Harvester, client *safehttp.Client, publicURL string) *websub.Subscriber {
	s := websub.New(log, store, client, publicURL)
	worker.Watch(func(ctx context.Context, src federation.Source, found websub.Found) {
		if err := s.Discovered(ctx, src, found); err != nil {
			log.ErrorContext(ctx, "hub not noted; it is when the source is fetched next", "source", src.Name(), "err", err)
		}
	}, func(src federation.Source) bool {
		active, err := s.Active(ctx, src.Name())
		return err == nil && active // in doubt it is polled as ever
	})
	return s
}
