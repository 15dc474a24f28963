package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
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

// fileLock keeps other processes from opening the store meanwhile. It is a
// transaction on a database of its own: it works on every system and ends with
// its process, however that ends. The file is left, since removing it would
// let a third process lock another file of that name.
type fileLock struct {
	db   *sql.DB
	tx   *sql.Tx
	made bool // the store has been made once; kept as the database's user_version
}

// lockFile waits until no other process holds the lock of that name.
func lockFile(ctx context.Context, path string) (*fileLock, error) {
	db, err := sql.Open("sqlite", dsn(path, lockTimeout, "rwc", "exclusive"))
	if err != nil {
		return nil, err
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return nil, fmt.Errorf("wait for another process that is opening it: %w", closeAfter(db, err))
	}
	l := &fileLock{db: db, tx: tx}
	if err := tx.QueryRowContext(ctx, "PRAGMA user_version").Scan(&l.made); err != nil {
		return nil, errors.Join(err, tx.Rollback(), db.Close())
	}
	return l, nil
}

// emptied reports whether the store at path was a store once and is an empty
// file now, which SQLite would take for a new one.
func (l *fileLock) emptied(path string) (bool, error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) { // new, or moved away to begin anew
		return false, nil
	}
	return err == nil && l.made && info.Size() == 0, err
}

// release ends the lock; made notes that there is a store now.
func (l *fileLock) release(ctx context.Context, made bool) (err error) {
	if made && !l.made {
		_, err = l.tx.ExecContext(ctx, "PRAGMA user_version = 1")
	}
	return errors.Join(err, l.tx.Commit(), l.db.Close())
}

func closeAfter(db *sql.DB, err error) error {
	_ = db.Close() // err says more
	return err
}
