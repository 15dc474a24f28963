package sqlite

import (
	"context"
	"database/sql"
	goembed "embed"
	"fmt"
	"io/fs"
	"log/slog"

	"github.com/pressly/goose/v3"
)

//go:embed migrations/*.sql
var migrations goembed.FS

// migrate brings the schema up to the newest one this program knows, each
// migration in a transaction. A newer schema is refused untouched. The caller
// holds the lock.
func migrate(ctx context.Context, log *slog.Logger, db *sql.DB) error {
	dir, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	p, err := goose.NewProvider(goose.DialectSQLite3, db, dir, goose.WithDisableGlobalRegistry(true), goose.WithSlog(log))
	if err != nil {
		return err
	}
	current, known, err := p.GetVersions(ctx)
	if err != nil {
		return err
	}
	if current > known {
		return fmt.Errorf("it has schema %d and this program knows up to %d: a newer Carillon wrote it; run that one, or restore a backup from before it",
			current, known)
	}
	done, err := p.Up(ctx)
	if err != nil {
		return fmt.Errorf("migrate from schema %d to %d: %w", current, known, err)
	}
	for _, m := range done {
		log.InfoContext(ctx, "database migrated", "migration", m.Source.Path, "took", m.Duration)
	}
	return nil
}
