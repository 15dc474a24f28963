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
	members, sources, channels, placements map[string]string // JSON by name
	states                                 map[string]federation.SourceState
	items                                  map[string]memItem
	changes                                []federation.Change
	cursors                                map[string]federation.Cursor
	tasks                                  map[[2]string]federation.Task      // by kind and key
	rests                                  map[string]time.Time               // by host
	topics                                 map[string]string                  // JSON by slug
	aliases                                map[[2]string]federation.Alias     // by source and origin id
	pages                                  map[[2]string]federation.PageState // by source and address
	entries                                map[string]map[string]string       // by source
	subscriptions                          map[string]federation.Subscription
	likenesses                             map[string]federation.Likeness      // by item
	files                                  map[[2]string]federation.File       // by item and address
	queries                                map[[3]string]federation.QueryCount // by day, language and key
	hub                                    federation.Hub
	token                                  int64 // the last one given
}

// NewMem returns an empty store.
func NewMem() *Mem {
	m := &Mem{turn: make(chan struct{}, 1), done: make(chan struct{}), wake: make(chan struct{})}
	m.turn <- struct{}{}
	m.state.Store(&memState{
		members: map[string]string{}, sources: map[string]string{},
		channels: map[string]string{}, placements: map[string]string{},
		states: map[string]federation.SourceState{}, items: map[string]memItem{},
		cursors: map[string]federation.Cursor{}, tasks: map[[2]string]federation.Task{}, rests: map[string]time.Time{},
		topics: map[string]string{}, aliases: map[[2]string]federation.Alias{}, pages: map[[2]string]federation.PageState{},
		entries:       map[string]map[string]string{},
		subscriptions: map[string]federation.Subscription{}, likenesses: map[string]federation.Likeness{},
		files: map[[2]string]federation.File{}, queries: map[[3]string]federation.QueryCount{},
	})
	return m
}

func (s *memState) clone() *memState {
	c := *s
	c.members, c.sources = maps.Clone(s.members), maps.Clone(s.sources)
	c.channels, c.placements = maps.Clone(s.channels), maps.Clone(s.placements)
	c.states, c.items = maps.Clone(s.states), maps.Clone(s.items)
	c.cursors, c.tasks = maps.Clone(s.cursors), maps.Clone(s.tasks)
	c.topics, c.aliases, c.pages = maps.Clone(s.topics), maps.Clone(s.aliases), maps.Clone(s.pages)
	c.entries = maps.Clone(s.entries)
	c.subscriptions, c.likenesses = maps.Clone(s.subscriptions), maps.Clone(s.likenesses)
	c.rests = maps.Clone(s.rests)
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
