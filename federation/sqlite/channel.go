package sqlite

import (
	"context"
	"fmt"

	"github.com/plonegov/carillon/federation"
)

// Channel implements [federation.Directory].
func (s *Store) Channel(ctx context.Context, slug string) (federation.Channel, error) {
	return get[federation.Channel](ctx, s, "channel", slug, `SELECT slug, data FROM channel WHERE slug = $1`)
}

// Channels implements [federation.Directory].
func (s *Store) Channels(ctx context.Context) ([]federation.Channel, error) {
	return all[federation.Channel](ctx, s, "channel", `SELECT slug, data FROM channel ORDER BY slug`)
}

// SaveChannel implements [federation.Tx].
func (t *tx) SaveChannel(ctx context.Context, c federation.Channel) (bool, error) {
	data, err := encode(c)
	if err != nil {
		return false, fmt.Errorf("save channel %q: %w", c.Slug, err)
	}
	n, err := t.exec(ctx, `
		INSERT INTO channel (slug, data) VALUES ($1, $2)
		ON CONFLICT (slug) DO UPDATE SET data = excluded.data WHERE data <> excluded.data`, c.Slug, data)
	return t.saved(ctx, n, err, federation.ChannelSaved, c.Slug, "")
}

// RemoveChannel implements [federation.Tx].
func (t *tx) RemoveChannel(ctx context.Context, slug string) error {
	n, err := t.exec(ctx, `DELETE FROM channel WHERE slug = $1`, slug)
	if err == nil && n == 0 {
		err = federation.ErrNotFound
	}
	if err != nil {
		return fmt.Errorf("remove channel %q: %w", slug, err)
	}
	return t.configured(ctx, federation.ChannelRemoved, slug, "")
}
