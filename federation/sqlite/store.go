package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"time"

	"github.com/plonegov/carillon/federation"
)

var _ federation.Store = (*Store)(nil)

// Store is one SQLite file. Safe for concurrent use, by other processes too.
type Store struct {
	log     *slog.Logger
	path    string
	room    room
	writer  *sql.DB // one connection
	readers *sql.DB // read-only connections
	write   runner  // prepared on writer
	read    runner  // prepared on readers
	news    news

	mu     sync.Mutex
	closed bool
	users  sync.WaitGroup // calls in progress
	done   chan struct{}  // closed by Close
}

// Open opens the file at path, making or migrating it as needed; its folder
// must exist. Beside it SQLite keeps path-wal and path-shm, and Open an empty
// path-lock.
func Open(ctx context.Context, log *slog.Logger, path string) (*Store, error) {
	s := &Store{log: log, path: path, done: make(chan struct{})}
	s.news.wake, s.room.now = make(chan struct{}), time.Now
	err := s.open(ctx, path)
	if err == nil {
		return s, nil
	}
	_ = s.closeHandles() // err says more
	err = refused(path, err)
	if full := new(fullError); errors.As(err, &full) && os.Remove(path+reserveSuffix) == nil {
		log.WarnContext(ctx, "the disk of the store is full: its reserve is given up", "store", path)
		return Open(ctx, log, path)
	}
	return nil, err
}

func (s *Store) open(ctx context.Context, path string) (err error) {
	lock, err := lockFile(ctx, path+"-lock")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lock.release(ctx, err == nil)) }()
	if emptied, err := lock.emptied(path); err != nil || emptied {
		return cmp.Or(err, errEmptied)
	}
	if s.writer, err = openWriter(path); err != nil {
		return err
	}
	if err := migrate(ctx, s.log, s.writer); err != nil {
		return err
	}
	if s.readers, err = openReaders(path); err != nil {
		return err
	}
	if s.write, err = prepare(ctx, s.writer, selectRecord, saveRecord, saveNewItem, saveNextItem, saveVersion, appendItemChange, selectHeads,
		selectHeld, saveLikeness, saveLikenessKeys, nextToken, makeTask, namedTask, leaseTask, holdTask, finishTask); err != nil {
		return err
	}
	s.read, err = prepare(ctx, s.readers, selectRecord, selectItem, selectItemsByID, selectChanges, selectLastChange, selectSharing, selectLikenesses, selectRest)
	return err
}

// Close refuses new calls, wakes those that wait for a change, waits for those
// in progress and closes the file. Closing twice is harmless.
func (s *Store) Close() error {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return nil
	}
	s.closed = true
	close(s.done)
	s.mu.Unlock()
	s.users.Wait()
	return s.closeHandles()
}

// closeHandles closes the readers first: the last connection to close writes
// the log back into the file, which a read-only one cannot.
func (s *Store) closeHandles() error {
	var faults []error
	for _, db := range []*sql.DB{s.readers, s.writer} {
		if db != nil {
			faults = append(faults, db.Close())
		}
	}
	return errors.Join(faults...)
}

var errClosed = fmt.Errorf("the store is closed: %w", federation.ErrUnavailable)

// enter registers a call that Close waits for; call leave after it.
func (s *Store) enter() (leave func(), err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil, errClosed
	}
	s.users.Add(1)
	return s.users.Done, nil
}

// with runs fn on the read-only connections.
func (s *Store) with(fn func(r runner) error) error {
	leave, err := s.enter()
	if err != nil {
		return err
	}
	defer leave()
	return fault(fn(s.read))
}
