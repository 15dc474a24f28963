package sqlite

import (
	"context"
	"errors"
	"fmt"

	"github.com/plonegov/carillon/federation"
)

const (
	selectRecord = `SELECT kind, key, owner, data FROM record WHERE kind = $1 AND key = $2`

	selectRecords = `SELECT kind, key, owner, data FROM record WHERE kind = $1 ORDER BY key`

	selectOwned = `SELECT kind, key, owner, data FROM record WHERE kind = $1 AND owner = $2 AND owner <> '' ORDER BY key`

	saveRecord = `
		INSERT INTO record (kind, key, owner, data) VALUES ($1, $2, $3, $4)
		ON CONFLICT (kind, key) DO UPDATE SET owner = excluded.owner, data = excluded.data`
)

// Record implements [federation.Records].
func (s *Store) Record(ctx context.Context, kind, key string) (r federation.Record, err error) {
	err = s.with(func(on runner) (err error) {
		r, err = on.record(ctx, kind, key)
		return err
	})
	return r, err
}

// Record implements [federation.Records].
func (t *tx) Record(ctx context.Context, kind, key string) (federation.Record, error) {
	return t.record(ctx, kind, key)
}

func (r runner) record(ctx context.Context, kind, key string) (federation.Record, error) {
	found, err := one(ctx, r, scanRecord, selectRecord, kind, federation.NormalText(key))
	if errors.Is(err, errNoRow) {
		return found, federation.NotFound(kind, key)
	}
	if err != nil {
		return found, fmt.Errorf("get %s %q: %w", kind, key, err)
	}
	return found, nil
}

// Records implements [federation.Records].
func (s *Store) Records(ctx context.Context, kind, owner string) (list []federation.Record, err error) {
	err = s.with(func(on runner) (err error) {
		list, err = on.records(ctx, kind, owner)
		return err
	})
	return list, err
}

// Records implements [federation.Records].
func (t *tx) Records(ctx context.Context, kind, owner string) ([]federation.Record, error) {
	return t.records(ctx, kind, owner)
}

func (r runner) records(ctx context.Context, kind, owner string) ([]federation.Record, error) {
	query, args := selectRecords, []any{kind}
	if owner != "" {
		query, args = selectOwned, append(args, federation.NormalText(owner))
	}
	list, err := collect(ctx, r, scanRecord, query, args...)
	if err != nil {
		return nil, fmt.Errorf("list the records of kind %s: %w", kind, err)
	}
	return list, nil
}

func scanRecord(row scanner) (r federation.Record, err error) {
	err = row.Scan(&r.Kind, &r.Key, &r.Owner, &r.Value)
	return r, err
}

// SaveRecord implements [federation.RecordWriter].
func (t *tx) SaveRecord(ctx context.Context, r federation.Record) error {
	_, err := t.exec(ctx, saveRecord, r.Kind, federation.NormalText(r.Key), federation.NormalText(r.Owner), r.Value)
	if err != nil {
		return fmt.Errorf("save %s %q: %w", r.Kind, r.Key, err)
	}
	return nil
}

// RemoveRecord implements [federation.RecordWriter].
func (t *tx) RemoveRecord(ctx context.Context, kind, key string) error {
	if _, err := t.exec(ctx, `DELETE FROM record WHERE kind = $1 AND key = $2`, kind, federation.NormalText(key)); err != nil {
		return fmt.Errorf("remove %s %q: %w", kind, key, err)
	}
	return nil
}
