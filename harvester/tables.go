package harvester

import (
	"context"
	"sync"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/enrich"
)

// tablesAge is how long what the hub knows of its topics and communes is used
// before it is read again.
const tablesAge = time.Minute

// cachedTables are the hub's topics and members as they were lately.
type cachedTables struct {
	mu  sync.Mutex
	now *enrich.Tables
	at  time.Time
}

// readTables makes sure that the tables are not old.
func (h *Harvester) readTables(ctx context.Context) error {
	h.cached.mu.Lock()
	defer h.cached.mu.Unlock()
	if h.cached.now != nil && h.now().Sub(h.cached.at).Abs() < tablesAge {
		return nil
	}
	topics, err := federation.All[federation.Topic](ctx, h.store)
	if err != nil {
		return err
	}
	members, err := federation.All[federation.Member](ctx, h.store)
	if err != nil {
		return err
	}
	hub, err := federation.HubOf(ctx, h.store)
	if err != nil {
		return err
	}
	h.cached.now, h.cached.at = enrich.NewTables(topics, members, hub), h.now()
	return nil
}

// tables are those last read, empty before the first time.
func (h *Harvester) tables() *enrich.Tables {
	h.cached.mu.Lock()
	defer h.cached.mu.Unlock()
	if h.cached.now == nil {
		return enrich.NewTables(nil, nil, federation.Hub{})
	}
	return h.cached.now
}
