package sqlite

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"sync"
	"syscall"
	"time"

	lib "modernc.org/sqlite/lib"

	"github.com/plonegov/carillon/federation"
)

const (
	// reserveBytes is the size of the file that is given up when the disk is
	// full, so that the log can be written back and the most urgent goes on.
	reserveBytes = 16 << 20
	// pause is how long no write is tried after one that found no room:
	// those who try again and again must not wear the disk out.
	pause = time.Second
	// lookForRoom is how often a store in trouble looks whether it is over.
	lookForRoom = 5 * time.Second
)

// room knows whether the store can be written.
type room struct {
	now func() time.Time

	mu      sync.Mutex
	reserve string    // the file given up when the disk is full; "" = there is none
	size    int64     // of the reserve, in bytes
	cause   error     // of the trouble; nil = all is well
	closed  time.Time // until when no write is tried
	looked  time.Time // when the store last looked whether the trouble is over
}

// Reserve keeps a file beside the store that is given up when the disk is
// full, and taken again when there is room. When there is no room for it now,
// the store is in trouble from the start.
func (s *Store) Reserve() { s.keepReserve(reserveBytes) }

func (s *Store) keepReserve(size int64) {
	r := &s.room
	r.mu.Lock()
	defer r.mu.Unlock()
	r.reserve, r.size = s.path+reserveSuffix, size
	if err := r.take(); err != nil && r.cause == nil {
		r.cause, r.looked = fmt.Errorf("%w: %w", federation.ErrUnavailable, err), r.now()
	}
}

const reserveSuffix = "-reserve"

// take makes the reserve, unless it is there. Its bytes are noise: a file
// system that compresses must keep room for all of them.
func (r *room) take() error {
	if r.reserve == "" {
		return nil
	}
	if info, err := os.Stat(r.reserve); err == nil && info.Size() == r.size {
		return nil
	}
	f, err := os.OpenFile(r.reserve, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	noise := bufio.NewReaderSize(rand.NewChaCha8([32]byte{}), 1<<20)
	_, err = io.CopyN(f, noise, r.size)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return errors.Join(err, os.Remove(r.reserve))
	}
	return nil
}

// giveUp removes the reserve; it reports whether there was one.
func (r *room) giveUp() bool { return r.reserve != "" && os.Remove(r.reserve) == nil }

// admit refuses a write while the disk was full a moment ago.
func (r *room) admit() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.now().Before(r.closed) {
		return r.cause
	}
	return nil
}

// wrote notes how a write ended; again is that there is more room now than
// there was for it.
func (s *Store) wrote(ctx context.Context, err error) (again bool) {
	r := &s.room
	r.mu.Lock()
	defer r.mu.Unlock()
	switch code(err) {
	case 0:
		return false
	case lib.SQLITE_FULL, lib.SQLITE_IOERR, lib.SQLITE_READONLY, lib.SQLITE_CORRUPT:
	default:
		return false
	}
	if r.cause == nil {
		s.log.ErrorContext(ctx, "the store cannot be written; what is there is still served", "err", err)
	}
	if r.cause, r.looked = err, r.now(); !errors.Is(err, federation.ErrUnavailable) {
		r.cause = fmt.Errorf("%w: %w", federation.ErrUnavailable, err)
	}
	if code(err) == lib.SQLITE_FULL && r.giveUp() {
		return true
	}
	r.closed = r.now().Add(pause)
	return false
}

// troubled reports whether there is trouble, without a look whether it is over.
func (r *room) troubled() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.cause != nil
}

// Trouble implements [federation.Store]. While there is trouble it looks now
// and then whether that is over.
func (s *Store) Trouble(ctx context.Context) error {
	r := &s.room
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.cause != nil && r.now().Sub(r.looked) >= lookForRoom {
		r.looked = r.now()
		if err := errors.Join(r.take(), s.probe(ctx)); err == nil {
			s.log.WarnContext(ctx, "the store can be written again")
			r.cause, r.closed = nil, time.Time{}
		}
	}
	switch {
	case r.cause == nil:
		return nil
	case code(r.cause) == lib.SQLITE_FULL || errors.Is(r.cause, syscall.ENOSPC):
		return &refusal{"the disk of the store is full: free some space; what is there is served meanwhile", r.cause}
	}
	return &refusal{"the store cannot be written: look at its disk; what is there is served meanwhile", r.cause}
}

// probe writes something that changes nothing, and shrinks the log.
func (s *Store) probe(ctx context.Context) error {
	if _, err := s.writer.ExecContext(ctx, `UPDATE fence SET token = token`); err != nil {
		return err
	}
	return s.shrink(ctx)
}

// shrink writes the log back into the file and cuts it off: a log that grew is
// room of the disk.
func (s *Store) shrink(ctx context.Context) error {
	_, err := s.writer.ExecContext(ctx, `PRAGMA wal_checkpoint(truncate)`)
	return err
}
