package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/plonegov/carillon/federation"
)

var _ federation.Tx = (*tx)(nil)

// tx is one transaction on the writing connection.
type tx struct {
	runner
	changed bool // a change row was appended
}

// InTx implements [federation.Store]. Transactions of this process take turns;
// a panic of fn rolls back and goes on.
func (s *Store) InTx(ctx context.Context, fn func(federation.Tx) error) error {
	return s.update(ctx, func(t *tx) error { return fn(t) })
}

// update runs fn in a transaction and, once it is committed, wakes those who
// wait for a change. When the disk is full it gives up the reserve and runs fn
// once more.
func (s *Store) update(ctx context.Context, fn func(*tx) error) error {
	leave, err := s.enter()
	if err != nil {
		return err
	}
	defer leave()
	if err := s.room.admit(); err != nil {
		return err
	}
	err = s.transact(ctx, fn)
	if s.wrote(ctx, err) {
		_ = s.shrink(ctx) // whether that helped shows at once
		err = s.transact(ctx, fn)
		s.wrote(ctx, err)
	}
	if err == nil && s.room.troubled() {
		_ = s.Trouble(ctx) // it may be over
	}
	return err
}

// transact runs fn in one transaction.
func (s *Store) transact(ctx context.Context, fn func(*tx) error) error {
	sqlTx, err := s.writer.BeginTx(ctx, nil)
	if err != nil {
		return fault(err)
	}
	defer func() { _ = sqlTx.Rollback() }() // after an error or a panic; too late to matter after Commit
	t := &tx{runner: s.write.in(sqlTx)}
	err = fn(t)
	if err == nil {
		err = sqlTx.Commit()
	}
	if errors.Is(err, sql.ErrTxDone) && ctx.Err() != nil {
		err = fmt.Errorf("%w: %w", ctx.Err(), err) // database/sql rolled back when ctx ended
	}
	if err != nil {
		return fault(err)
	}
	if t.changed {
		s.news.broadcast()
	}
	return nil
}

// AppendChange implements [federation.Tx].
func (t *tx) AppendChange(ctx context.Context, c federation.Change) error {
	_, err := t.exec(ctx, `
		INSERT INTO change (time, kind, key, member, source, version) VALUES ($1, $2, $3, $4, $5, $6)`,
		c.Time.UnixMicro(), string(c.Kind), federation.NormalText(c.Key), federation.NormalText(c.Member), federation.NormalText(c.Source), c.Version)
	if err != nil {
		return fmt.Errorf("append change %s of %q: %w", c.Kind, c.Key, err)
	}
	t.changed = true
	return nil
}
