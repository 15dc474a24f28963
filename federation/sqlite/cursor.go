package sqlite

import (
	"context"
	"errors"
	"fmt"

	"github.com/plonegov/carillon/federation"
)

// Cursor implements [federation.Cursors].
func (s *Store) Cursor(ctx context.Context, name string) (c federation.Cursor, err error) {
	err = s.with(func(r runner) (err error) {
		c, err = one(ctx, r, value[federation.Cursor], `SELECT seq FROM cursor WHERE name = $1`, federation.NormalText(name))
		return err
	})
	if errors.Is(err, errNoRow) {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("get cursor %q: %w", name, err)
	}
	return c, nil
}

// SaveCursor implements [federation.Cursors].
func (s *Store) SaveCursor(ctx context.Context, name string, c federation.Cursor) error {
	err := s.update(ctx, func(t *tx) error {
		_, err := t.exec(ctx, `
			INSERT INTO cursor (name, seq) VALUES ($1, $2)
			ON CONFLICT (name) DO UPDATE SET seq = excluded.seq`, federation.NormalText(name), int64(c))
		return err
	})
	if err != nil {
		return fmt.Errorf("save cursor %q: %w", name, err)
	}
	return nil
}
