package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// runner runs SQL on a pool or, when tx is set, in a transaction; through a
// prepared statement where there is one.
type runner struct {
	on interface {
		ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
		QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	}
	tx    *sql.Tx
	stmts map[string]*sql.Stmt
}

// prepare returns a runner that has the statements compiled once for each
// connection. They are closed with db.
func prepare(ctx context.Context, db *sql.DB, statements ...string) (runner, error) {
	r := runner{on: db, stmts: make(map[string]*sql.Stmt, len(statements))}
	for _, text := range statements {
		stmt, err := db.PrepareContext(ctx, text)
		if err != nil {
			return runner{}, fmt.Errorf("prepare %q: %w", text, err)
		}
		r.stmts[text] = stmt
	}
	return r, nil
}

// in is r inside tx, which must be on the same pool.
func (r runner) in(tx *sql.Tx) runner { return runner{on: tx, tx: tx, stmts: r.stmts} }

func (r runner) prepared(ctx context.Context, query string) *sql.Stmt {
	stmt := r.stmts[query]
	if stmt != nil && r.tx != nil {
		return r.tx.StmtContext(ctx, stmt)
	}
	return stmt
}

// exec returns the number of rows changed.
func (r runner) exec(ctx context.Context, query string, args ...any) (int64, error) {
	var res sql.Result
	var err error
	if stmt := r.prepared(ctx, query); stmt != nil {
		res, err = stmt.ExecContext(ctx, args...)
	} else {
		res, err = r.on.ExecContext(ctx, query, args...)
	}
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

func (r runner) query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if stmt := r.prepared(ctx, query); stmt != nil {
		return stmt.QueryContext(ctx, args...)
	}
	return r.on.QueryContext(ctx, query, args...)
}

// scanner is a row: *sql.Rows.
type scanner interface{ Scan(dest ...any) error }

// each calls fn with every row of the query until one fails.
func each(ctx context.Context, r runner, fn func(scanner) error, query string, args ...any) error {
	rows, err := r.query(ctx, query, args...)
	if err != nil {
		return err
	}
	for rows.Next() {
		if err := fn(rows); err != nil {
			return errors.Join(err, rows.Close())
		}
	}
	return errors.Join(rows.Err(), rows.Close())
}

// collect returns the rows of a query, in its order.
func collect[T any](ctx context.Context, r runner, scan func(scanner) (T, error), query string, args ...any) ([]T, error) {
	var list []T
	err := each(ctx, r, func(row scanner) error {
		v, err := scan(row)
		list = append(list, v)
		return err
	}, query, args...)
	if err != nil {
		return nil, err
	}
	return list, nil
}

// errNoRow tells the callers of one to say in their own words what is missing.
var errNoRow = errors.New("no row")

// one returns the first row of a query, or errNoRow.
func one[T any](ctx context.Context, r runner, scan func(scanner) (T, error), query string, args ...any) (T, error) {
	list, err := collect(ctx, r, scan, query, args...)
	if err == nil && len(list) == 0 {
		err = errNoRow
	}
	if err != nil {
		var none T
		return none, err
	}
	return list[0], nil
}

// value scans a row of one column.
func value[T any](row scanner) (v T, err error) {
	err = row.Scan(&v)
	return v, err
}
