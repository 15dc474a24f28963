package sqlite

import (
	"context"
	"errors"
	"fmt"

	"github.com/plonegov/carillon/federation"
)

// Placement implements [federation.Directory].
func (s *Store) Placement(ctx context.Context, slug string) (federation.Placement, error) {
	return get[federation.Placement](ctx, s, "placement", slug, `SELECT slug, data FROM placement WHERE slug = $1`)
}

// Placements implements [federation.Directory].
func (s *Store) Placements(ctx context.Context) ([]federation.Placement, error) {
	return all[federation.Placement](ctx, s, "placement", `SELECT slug, data FROM placement ORDER BY slug`)
}

// SavePlacement implements [federation.Tx]. An unknown member is ErrNotFound.
func (t *tx) SavePlacement(ctx context.Context, p federation.Placement) (bool, error) {
	if err := t.hasMember(ctx, p.Member); err != nil {
		return false, fmt.Errorf("save placement %q: %w", p.Slug, err)
	}
	data, err := encode(p)
	if err != nil {
		return false, fmt.Errorf("save placement %q: %w", p.Slug, err)
	}
	n, err := t.exec(ctx, `
		INSERT INTO placement (slug, member, data) VALUES ($1, $2, $3)
		ON CONFLICT (slug) DO UPDATE SET member = excluded.member, data = excluded.data
		WHERE data <> excluded.data`, p.Slug, p.Member, data)
	return t.saved(ctx, n, err, federation.PlacementSaved, p.Slug, p.Member)
}

// RemovePlacement implements [federation.Tx].
func (t *tx) RemovePlacement(ctx context.Context, slug string) error {
	member, err := one(ctx, t.runner, value[string], `DELETE FROM placement WHERE slug = $1 RETURNING member`, slug)
	if errors.Is(err, errNoRow) {
		err = federation.ErrNotFound
	}
	if err != nil {
		return fmt.Errorf("remove placement %q: %w", slug, err)
	}
	return t.configured(ctx, federation.PlacementRemoved, slug, member)
}
