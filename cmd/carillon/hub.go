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
	"github.com/plonegov/carillon/search/meili"
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
	embedded  search.Index
	indexer   *search.Indexer    // of the embedded engine
	fallback  *search.Fallback   // of a server and the embedded engine; nil without a server
	index     search.Index       // that answers: the fallback, or the embedded engine
	follower  *search.Indexer    // of index
	reader    *federation.Reader // of store
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
	h.embedded, h.index = index, index
	h.indexer = search.NewIndexer(log, index, h.store, h.catalogue)
	h.follower = h.indexer
	if c.Search != "" {
		server, err := openServer(ctx, log, c)
		if err != nil {
			return nil, err
		}
		h.fallback = search.NewFallback(log, server, index, h.indexer.Level)
		h.index = h.fallback
		h.follower = search.NewIndexer(log, h.index, h.store, h.catalogue)
	}
	h.reader = &federation.Reader{Held: h.store}
	h.service = search.NewService(log, h.index, h.reader, h.catalogue)
	h.service.AnswerWhile(h.level)
	return h, nil
}

// level reports whether searches find what the store holds.
func (h *hub) level() bool {
	if h.fallback != nil {
		return h.fallback.Level()
	}
	return h.indexer.Level()
}

// keepServer keeps the search server level, if there is one.
func (h *hub) keepServer(ctx context.Context) error {
	if h.fallback == nil {
		return nil
	}
	return h.fallback.Run(ctx, h.store, h.catalogue)
}

// searchTrouble is why the search server does not answer; "" when it does, or
// there is none.
func (h *hub) searchTrouble() string {
	if h.fallback == nil {
		return ""
	}
	return h.fallback.Trouble()
}

// askServer is how long a start waits for the search server.
const askServer = 3 * time.Second

// openServer returns the index on the search server. One that cannot be reached
// is no reason not to begin; a key that it refuses is.
func openServer(ctx context.Context, log *slog.Logger, c hubConfig) (*meili.Index, error) {
	x, err := meili.New(log, c.server())
	if err != nil {
		return nil, usageError{err}
	}
	within, cancel := context.WithTimeout(ctx, askServer)
	defer cancel()
	switch err := x.Authorised(within); {
	case errors.Is(err, federation.ErrForbidden):
		return nil, usageError{fmt.Errorf("--search-key: the server at %s refuses it for writing; give its admin key (\"Default Admin API Key\" of GET /keys) or its master key", redact(c.Search))}
	case err != nil:
		log.WarnContext(ctx, "the search server does not answer; the embedded engine does until it is there", "server", redact(c.Search), "err", err)
	}
	return x, nil
}

// catchUp makes the index level with the store: by the change log, or anew
// when there is no snapshot.
func (h *hub) catchUp(ctx context.Context) error {
	at, err := h.embedded.Cursor(ctx)
	if err == nil && at == 0 {
		err = h.indexer.Rebuild(ctx)
	}
	if err == nil {
		err = h.indexer.CatchUp(ctx)
	}
	if err == nil {
		err = h.follower.CatchUp(ctx)
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
