package storetest

import (
	"context"
	"slices"

	"github.com/plonegov/carillon/federation"
)

// AppendChange implements [federation.Tx].
func (t *memTx) AppendChange(_ context.Context, c federation.Change) error {
	t.append(c)
	return nil
}

// append numbers the change and puts it into the log.
func (t *memTx) append(c federation.Change) {
	c.Seq, c.Time = int64(t.last())+1, federation.NormalTime(c.Time)
	t.changes = append(t.changes, c)
}

// last is the number of the last change.
func (s *memState) last() federation.Cursor { return federation.Cursor(len(s.changes)) }

// Changes implements [federation.ChangeLog].
func (m *Mem) Changes(ctx context.Context, after federation.Cursor, limit int) ([]federation.Change, error) {
	s, err := m.view(ctx)
	if err != nil {
		return nil, err
	}
	from := min(max(after, 0), s.last())
	to := min(from+federation.Cursor(max(limit, 0)), s.last())
	return slices.Clone(s.changes[from:to]), nil
}

// WaitChange implements [federation.ChangeLog].
func (m *Mem) WaitChange(ctx context.Context, after federation.Cursor) error {
	for {
		m.mu.Lock()
		wake := m.wake // taken before looking: what is written in between wakes
		m.mu.Unlock()
		s, err := m.view(ctx)
		if err != nil || s.last() > after {
			return err
		}
		select {
		case <-wake:
		case <-m.done:
			return errClosed
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// Cursor implements [federation.Cursors].
func (m *Mem) Cursor(ctx context.Context, name string) (federation.Cursor, error) {
	s, err := m.view(ctx)
	if err != nil {
		return 0, err
	}
	return s.cursors[name], nil
}

// SaveCursor implements [federation.Cursors].
func (m *Mem) SaveCursor(ctx context.Context, name string, c federation.Cursor) error {
	return m.update(ctx, func(t *memTx) error {
		t.cursors[name] = c
		return nil
	})
}
