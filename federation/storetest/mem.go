package storetest

import (
	"context"
	"fmt"
	"maps"
	"sync"
	"sync/atomic"
	"time"

	"github.com/plonegov/carillon/federation"
)

var (
	_ federation.Store = (*Mem)(nil)
	_ federation.Tx    = (*memTx)(nil)
)

// Mem is a store in memory. A transaction works on a copy of the whole, which
// takes the place of the old one when it succeeds: readers never wait and see
// whole transactions, and every transaction costs time in proportion to the
// items held. Safe for concurrent use.
type Mem struct {
	turn  chan struct{} // holds one token, of whoever may write
	state atomic.Pointer[memState]
	done  chan struct{} // closed by Close
	close sync.Once

	mu   sync.Mutex
	wake chan struct{} // closed by the next change
}

// memState is everything at one moment. Its values are never changed in place:
// a transaction puts new ones into its own copy of the maps.
type memState struct {
	records    map[[2]string]federation.Record // by kind and key
	items      map[string]memItem
	changes    []federation.Change
	cursors    map[string]federation.Cursor
	tasks      map[[2]string]federation.Task       // by kind and key
	rests      map[string]time.Time                // by host
	aliases    map[[2]string]federation.Alias      // by source and origin id
	likenesses map[string]federation.Likeness      // by item
	files      map[[2]string]federation.File       // by item and address
	queries    map[[3]string]federation.QueryCount // by day, language and key
	token      int64                               // the last one given
}

// NewMem returns an empty store.
func NewMem() *Mem {
	m := &Mem{turn: make(chan struct{}, 1), done: make(chan struct{}), wake: make(chan struct{})}
	m.turn <- struct{}{}
	m.state.Store(&memState{
		records: map[[2]string]federation.Record{}, items: map[string]memItem{},
		cursors: map[string]federation.Cursor{}, tasks: map[[2]string]federation.Task{}, rests: map[string]time.Time{},
		aliases: map[[2]string]federation.Alias{}, likenesses: map[string]federation.Likeness{},
		files: map[[2]string]federation.File{}, queries: map[[3]string]federation.QueryCount{},
	})
	return m
}

func (s *memState) clone() *memState {
	c := *s
	c.records, c.items = maps.Clone(s.records), maps.Clone(s.items)
	c.cursors, c.tasks = maps.Clone(s.cursors), maps.Clone(s.tasks)
	c.aliases, c.likenesses, c.rests = maps.Clone(s.aliases), maps.Clone(s.likenesses), maps.Clone(s.rests)
	c.files, c.queries = maps.Clone(s.files), maps.Clone(s.queries)
	return &c // changes share their array: appending writes beyond what readers see
}

// memTx is one transaction.
type memTx struct{ *memState }

// InTx implements [federation.Store].
func (m *Mem) InTx(ctx context.Context, fn func(federation.Tx) error) error {
	return m.update(ctx, func(t *memTx) error { return fn(t) })
}

func (m *Mem) update(ctx context.Context, fn func(*memTx) error) error {
	select {
	case <-m.turn:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { m.turn <- struct{}{} }()
	if _, err := m.view(ctx); err != nil {
		return err
	}
	old := m.state.Load()
	t := &memTx{old.clone()}
	if err := fn(t); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	m.state.Store(t.memState)
	if len(t.changes) > len(old.changes) {
		m.mu.Lock()
		defer m.mu.Unlock()
		close(m.wake)
		m.wake = make(chan struct{})
	}
	return nil
}

// view returns the present state, unless the store is closed or ctx done.
func (m *Mem) view(ctx context.Context) (*memState, error) {
	select {
	case <-m.done:
		return nil, errClosed
	default:
		return m.state.Load(), ctx.Err()
	}
}

var errClosed = fmt.Errorf("the store is closed: %w", federation.ErrUnavailable)

// Trouble implements [federation.Store].
func (m *Mem) Trouble(context.Context) error { return nil }

// Close implements [federation.Store]: it waits for the transaction under way.
func (m *Mem) Close() error {
	m.close.Do(func() {
		<-m.turn
		close(m.done)
		m.turn <- struct{}{}
	})
	return nil
}
