package sqlite

import (
	"context"
	"fmt"

	"github.com/plonegov/carillon/federation"
)

// Member implements [federation.Directory].
func (s *Store) Member(ctx context.Context, slug string) (federation.Member, error) {
	return get[federation.Member](ctx, s, "member", slug, `SELECT slug, data FROM member WHERE slug = $1`)
}

// Members implements [federation.Directory].
func (s *Store) Members(ctx context.Context) ([]federation.Member, error) {
	return all[federation.Member](ctx, s, "member", `SELECT slug, data FROM member ORDER BY slug`)
}

// SaveMember implements [federation.Tx].
func (t *tx) SaveMember(ctx context.Context, m federation.Member) (bool, error) {
	data, err := encode(m)
	if err != nil {
		return false, fmt.Errorf("save member %q: %w", m.Slug, err)
	}
	n, err := t.exec(ctx, `
		INSERT INTO member (slug, data) VALUES ($1, $2)
		ON CONFLICT (slug) DO UPDATE SET data = excluded.data WHERE data <> excluded.data`, m.Slug, data)
	return t.saved(ctx, n, err, federation.MemberSaved, m.Slug, m.Slug)
}

// RemoveMember implements [federation.Tx].
func (t *tx) RemoveMember(ctx context.Context, slug string) error {
	if err := t.hasMember(ctx, slug); err != nil {
		return fmt.Errorf("remove %w", err)
	}
	sources, err := t.names(ctx, `SELECT name FROM source WHERE member = $1 ORDER BY name`, slug)
	if err != nil {
		return fmt.Errorf("remove member %q: %w", slug, err)
	}
	for _, name := range sources {
		if err := t.RemoveSource(ctx, name); err != nil {
			return fmt.Errorf("remove member %q: %w", slug, err)
		}
	}
	placements, err := t.names(ctx, `SELECT slug FROM placement WHERE member = $1 ORDER BY slug`, slug)
	if err != nil {
		return fmt.Errorf("remove member %q: %w", slug, err)
	}
	for _, name := range placements {
		if err := t.RemovePlacement(ctx, name); err != nil {
			return fmt.Errorf("remove member %q: %w", slug, err)
		}
	}
	if _, err := t.exec(ctx, `DELETE FROM member WHERE slug = $1`, slug); err != nil {
		return fmt.Errorf("remove member %q: %w", slug, err)
	}
	return t.configured(ctx, federation.MemberRemoved, slug, slug)
}
