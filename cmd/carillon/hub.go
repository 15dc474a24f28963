package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/safehttp"
	"github.com/plonegov/carillon/federation/sqlite"
	"github.com/plonegov/carillon/harvester"
	"github.com/plonegov/carillon/search"
	"github.com/plonegov/carillon/search/local"
)

// openStore opens the store of the configuration, making the data folder.
func openStore(ctx context.Context, log *slog.Logger, c hubConfig) (federation.Store, error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(c.Data, 0o750); err != nil {
		return nil, fmt.Errorf("cannot make the data folder: %w; give another one with --data", err)
	}
	store, err := sqlite.Open(ctx, log, c.databaseFile())
	if err != nil {
		return nil, err // a nil *sqlite.Store would be a Store that is not nil
	}
	return store, nil
}

// keepReserve gives the store room to get going again on a full disk. A
// command that ends soon needs none.
func keepReserve(store federation.Store) {
	if s, ok := store.(*sqlite.Store); ok {
		s.Reserve()
	}
}

// newHarvester wires the harvester to the one guarded client.
func newHarvester(log *slog.Logger, store federation.Store, c hubConfig, contact string) (*harvester.Harvester, *safehttp.Client) {
	client := safehttp.New(safehttp.Config{AllowPrivate: c.AllowPrivate, UserAgent: userAgent(contact), PerHostGap: c.HostGap})
	return harvester.New(log, store, client, formats()), client
}

// newPictureClient is a client of its own, so that no visitor's picture makes a
// harvest wait for its turn at a host. Somebody waits for a picture: it has
// less time than a document.
func newPictureClient(c hubConfig, contact string) *safehttp.Client {
	return safehttp.New(safehttp.Config{AllowPrivate: c.AllowPrivate, UserAgent: userAgent(contact),
		Timeout: 10 * time.Second, HeaderTimeout: 5 * time.Second})
}

// userAgent names the program, its version and where to complain.
func userAgent(contact string) string {
	if contact == "" {
		contact = "https://github.com/plonegov/carillon"
	}
	return "Carillon/" + version() + " (+" + contact + ")"
}

// hub is an opened store with its search beside it.
type hub struct {
	log       *slog.Logger
	store     federation.Store
	catalogue *federation.Catalogues
	index     search.Index
	indexer   *search.Indexer
	service   *search.Service
}

// openHub opens the store and the index; [hub.catchUp] makes them level.
func openHub(ctx context.Context, log *slog.Logger, c hubConfig) (_ *hub, err error) {
	h := &hub{log: log}
	defer func() {
		if err != nil {
			err = errors.Join(err, h.close())
		}
	}()
	if h.store, err = openStore(ctx, log, c); err != nil {
		return nil, err
	}
	keepReserve(h.store)
	if h.catalogue, err = federation.NewCatalogues(ctx, h.store); err != nil {
		return nil, err
	}
	index, err := local.New(log, c.searchFolder())
	if err != nil {
		return nil, fmt.Errorf("cannot open the search folder: %w; move it away, it is made anew", err)
	}
	h.index = index
	h.indexer = search.NewIndexer(log, h.index, h.store, h.catalogue)
	h.service = search.NewService(log, h.index, h.store, h.catalogue)
	h.service.AnswerWhile(h.indexer.Level)
	return h, nil
}

// catchUp makes the index level with the store: by the change log, or anew
// when there is no snapshot.
func (h *hub) catchUp(ctx context.Context) error {
	at, err := h.index.Cursor(ctx)
	if err == nil && at == 0 {
		err = h.indexer.Rebuild(ctx)
	}
	if err == nil {
		err = h.indexer.CatchUp(ctx)
	}
	return err
}

// close closes what was opened, the index first: its snapshot must not be
// ahead of a store that failed to close.
func (h *hub) close() error {
	var faults []error
	if h.index != nil {
		faults = append(faults, h.index.Close())
	}
	if h.store != nil {
		faults = append(faults, h.store.Close())
	}
	return errors.Join(faults...)
}
