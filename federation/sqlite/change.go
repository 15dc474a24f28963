package sqlite

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/plonegov/carillon/federation"
)

// pollChanges bounds how late a change of another process is seen.
const pollChanges = 500 * time.Millisecond

const selectChanges = `
	SELECT seq, time, kind, key, member, source, version
	FROM change WHERE seq > $1 ORDER BY seq LIMIT $2`

// Changes implements [federation.ChangeLog].
func (s *Store) Changes(ctx context.Context, after federation.Cursor, limit int) (list []federation.Change, err error) {
	err = s.with(func(r runner) (err error) {
		list, err = collect(ctx, r, scanChange, selectChanges, int64(after), max(limit, 0))
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read changes after %d: %w", after, err)
	}
	return list, nil
}

func scanChange(row scanner) (c federation.Change, err error) {
	err = row.Scan(&c.Seq, instant{&c.Time}, &c.Kind, &c.Key, &c.Member, &c.Source, &c.Version)
	return c, err
}

const selectLastChange = `SELECT coalesce(max(seq), 0) FROM change`

// WaitChange implements [federation.ChangeLog]. A change of this process wakes
// it at once; one of another process is found by looking.
func (s *Store) WaitChange(ctx context.Context, after federation.Cursor) error {
	tick := time.NewTicker(pollChanges)
	defer tick.Stop()
	for {
		wake := s.news.next() // taken before looking: what is written in between wakes
		var last federation.Cursor
		err := s.with(func(r runner) (err error) {
			last, err = one(ctx, r, value[federation.Cursor], selectLastChange)
			return err
		})
		if err != nil {
			return fmt.Errorf("wait for a change after %d: %w", after, err)
		}
		if last > after {
			return nil
		}
		select {
		case <-wake:
		case <-tick.C:
		case <-s.done:
			return errClosed
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// news wakes everybody who waits for a change.
type news struct {
	mu   sync.Mutex
	wake chan struct{} // closed by the next change
}

func (n *news) next() <-chan struct{} {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.wake
}

func (n *news) broadcast() {
	n.mu.Lock()
	defer n.mu.Unlock()
	close(n.wake)
	n.wake = make(chan struct{})
}
