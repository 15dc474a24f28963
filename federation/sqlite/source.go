package sqlite

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/plonegov/carillon/federation"
)

// Source implements [federation.Directory].
func (s *Store) Source(ctx context.Context, name string) (federation.Source, error) {
	return get[federation.Source](ctx, s, "source", name, `SELECT name, data FROM source WHERE name = $1`)
}

// Sources implements [federation.Directory].
func (s *Store) Sources(ctx context.Context) ([]federation.Source, error) {
	return all[federation.Source](ctx, s, "source", `SELECT name, data FROM source ORDER BY name`)
}

// SaveSource implements [federation.Tx]. An unknown member is ErrNotFound.
func (t *tx) SaveSource(ctx context.Context, src federation.Source) (bool, error) {
	name := src.Name()
	if err := t.hasMember(ctx, src.Member); err != nil {
		return false, fmt.Errorf("save source %q: %w", name, err)
	}
	data, err := encode(src)
	if err != nil {
		return false, fmt.Errorf("save source %q: %w", name, err)
	}
	n, err := t.exec(ctx, `
		INSERT INTO source (name, member, data) VALUES ($1, $2, $3)
		ON CONFLICT (name) DO UPDATE SET data = excluded.data WHERE data <> excluded.data`, name, src.Member, data)
	changed, err := t.saved(ctx, n, err, federation.SourceSaved, name, src.Member)
	if err != nil || !changed {
		return changed, err
	}
	return true, t.PutTask(ctx, federation.Task{Kind: federation.TaskHarvest, Key: name, Host: federation.HostOf(src.URL), Due: federation.AtOnce})
}

// removed is why the items of a removed source are withdrawn.
const removed = "its source was removed"

// RemoveSource implements [federation.Tx]. The state goes by its foreign key.
func (t *tx) RemoveSource(ctx context.Context, name string) error {
	member, err := one(ctx, t.runner, value[string], `SELECT member FROM source WHERE name = $1`, name)
	if errors.Is(err, errNoRow) {
		err = federation.ErrNotFound
	}
	if err != nil {
		return fmt.Errorf("remove source %q: %w", name, err)
	}
	ids, err := t.names(ctx, `SELECT id FROM item WHERE source = $1 AND withdrawn IS NULL ORDER BY id`, name)
	if err != nil {
		return fmt.Errorf("remove source %q: %w", name, err)
	}
	now := time.Now()
	for _, id := range ids {
		if err := t.WithdrawItem(ctx, id, removed, now); err != nil {
			return fmt.Errorf("remove source %q: %w", name, err)
		}
	}
	if _, err := t.exec(ctx, `DELETE FROM source WHERE name = $1`, name); err != nil {
		return fmt.Errorf("remove source %q: %w", name, err)
	}
	if _, err := t.exec(ctx, `DELETE FROM task WHERE kind IN ($1, $2) AND key = $3`, federation.TaskHarvest, federation.TaskFiles, name); err != nil {
		return fmt.Errorf("remove tasks of source %q: %w", name, err)
	}
	return t.configured(ctx, federation.SourceRemoved, name, member)
}
