package sqlite

import (
	"context"
	"errors"
	"fmt"

	"github.com/plonegov/carillon/federation"
)

// hubKind is the kind of the one record that tells of the hub itself; its key
// is empty.
const hubKind = "hub"

// Hub implements [federation.Directory].
func (s *Store) Hub(ctx context.Context) (federation.Hub, error) {
	h, err := get[federation.Hub](ctx, s, hubKind, "", `SELECT kind, data FROM record WHERE kind = 'hub' AND key = $1`)
	if errors.Is(err, federation.ErrNotFound) {
		return federation.Hub{}, nil
	}
	return h, err
}

// SaveHub implements [federation.Tx].
func (t *tx) SaveHub(ctx context.Context, h federation.Hub) (bool, error) {
	data, err := encode(h)
	if err != nil {
		return false, fmt.Errorf("save hub: %w", err)
	}
	none, err := encode(federation.Hub{})
	if err != nil {
		return false, fmt.Errorf("save hub: %w", err)
	}
	// A hub that was never saved is the zero one: saving that is no change.
	n, err := t.exec(ctx, `
		INSERT INTO record (kind, key, data) SELECT $1, '', $2
		WHERE $2 <> $3 OR EXISTS (SELECT 1 FROM record WHERE kind = $1 AND key = '')
		ON CONFLICT (kind, key) DO UPDATE SET data = excluded.data WHERE data <> excluded.data`, hubKind, data, none)
	return t.saved(ctx, n, err, federation.HubSaved, "", "")
}
