package sqlite

import (
	"context"
	"errors"
	"fmt"

	"github.com/plonegov/carillon/federation"
)

// get returns one thing of the configuration, whose query yields its name and
// its data.
func get[T any](ctx context.Context, s *Store, kind, name, query string) (v T, err error) {
	err = s.with(func(r runner) (err error) {
		v, err = getIn[T](ctx, r, kind, name, query)
		return err
	})
	return v, err
}

// getIn is get inside a transaction.
func getIn[T any](ctx context.Context, r runner, kind, name, query string) (T, error) {
	v, err := one(ctx, r, scanData[T](kind), query, name)
	if errors.Is(err, errNoRow) {
		return v, federation.NotFound(kind, name)
	}
	if err != nil {
		return v, fmt.Errorf("get %s %q: %w", kind, name, err)
	}
	return v, nil
}

// all returns every thing of a kind, in the order of the query.
func all[T any](ctx context.Context, s *Store, kind, query string) (list []T, err error) {
	err = s.with(func(r runner) (err error) {
		list, err = collect(ctx, r, scanData[T](kind), query)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list %ss: %w", kind, err)
	}
	return list, nil
}

func scanData[T any](kind string) func(scanner) (T, error) {
	return func(row scanner) (v T, err error) {
		var name string
		var data []byte
		if err := row.Scan(&name, &data); err != nil {
			return v, err
		}
		err = decode(data, &v, kind, name)
		return v, err
	}
}

// saved says what a Save method of configuration did: rows is what the upsert
// changed, none when the data held was equal.
func (t *tx) saved(ctx context.Context, rows int64, err error, kind federation.ChangeKind, key, member string) (bool, error) {
	if err == nil && rows > 0 {
		err = t.configured(ctx, kind, key, member)
	}
	if err != nil {
		return false, fmt.Errorf("%s %q: %w", kind, key, err)
	}
	return rows > 0, nil
}

// names returns a column of names.
func (t *tx) names(ctx context.Context, query string, args ...any) ([]string, error) {
	return collect(ctx, t.runner, value[string], query, args...)
}

// hasMember fails with ErrNotFound when there is no such member, before the
// foreign key would say so less plainly.
func (t *tx) hasMember(ctx context.Context, slug string) error {
	found, err := t.names(ctx, `SELECT slug FROM member WHERE slug = $1`, slug)
	if err == nil && len(found) == 0 {
		err = federation.NotFound("member", slug)
	}
	return err
}
