package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"path/filepath"
	"runtime"
	"time"

	_ "modernc.org/sqlite" // the driver "sqlite"
)

const (
	busyTimeout = 5 * time.Second  // wait for another process's transaction
	lockTimeout = 60 * time.Second // wait for another process's migration
	cacheKiB    = 4 << 10          // of the writing connection; readers have SQLite's 2 MiB each. 16 MiB cost 25 MB resident and saved nothing (bench/harvest)
	keepWAL     = 64 << 20         // bytes; a log that grew beside a long reader shrinks back to this
)

// openWriter opens the one connection that writes. Transactions begin
// IMMEDIATE: one that read first and wrote later could fail for good with
// SQLITE_BUSY, whatever the timeout.
func openWriter(path string) (*sql.DB, error) {
	db, err := sql.Open("sqlite", dsn(path, busyTimeout, "rwc", "immediate",
		"journal_mode(wal)", "synchronous(full)", "foreign_keys(on)",
		fmt.Sprintf("cache_size(-%d)", cacheKiB), fmt.Sprintf("journal_size_limit(%d)", keepWAL)))
	if err != nil {
		return nil, err
	}
	keep(db, 1)
	return db, nil
}

// openReaders opens the pool of read-only connections. There are more than
// cores because a follower's EachItem keeps one for as long as it runs.
func openReaders(path string) (*sql.DB, error) {
	db, err := sql.Open("sqlite", dsn(path, busyTimeout, "ro", "deferred", "query_only(on)"))
	if err != nil {
		return nil, err
	}
	keep(db, max(8, 2*runtime.GOMAXPROCS(0)))
	return db, nil
}

// keep holds n connections open for good: to open one costs more than most
// queries.
func keep(db *sql.DB, n int) {
	db.SetMaxOpenConns(n)
	db.SetMaxIdleConns(n)
}

// dsn spells a connection. The path is escaped: "?" and "#" are fine in a
// file's name.
func dsn(path string, busy time.Duration, mode, lock string, pragmas ...string) string {
	q := url.Values{"mode": {mode}, "_txlock": {lock}}
	q.Add("_pragma", fmt.Sprintf("busy_timeout(%d)", busy.Milliseconds()))
	for _, p := range pragmas {
		q.Add("_pragma", p)
	}
	u := url.URL{Scheme: "file", Opaque: (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath(), RawQuery: q.Encode()}
	return u.String()
}

// lockFile waits until no other process holds the lock of that name. The lock
// is a transaction on an empty database: it works on every system and ends
// with its process, however that ends. The file is left, since removing it
// would let a third process lock another file of that name.
func lockFile(ctx context.Context, path string) (unlock func(), err error) {
	db, err := sql.Open("sqlite", dsn(path, lockTimeout, "rwc", "exclusive"))
	if err != nil {
		return nil, err
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return nil, fmt.Errorf("wait for another process that is opening it: %w", closeAfter(db, err))
	}
	return func() {
		_ = tx.Rollback() // nothing was written
		_ = db.Close()
	}, nil
}

func closeAfter(db *sql.DB, err error) error {
	_ = db.Close() // err says more
	return err
}
