package search

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/plonegov/carillon/federation"
)

// Patience with the search server.
const (
	askPatience   = 600 * time.Millisecond // for an answer; the engine in the process has the rest of the second
	writePatience = 30 * time.Second       // for a batch; after that it is brought level beside the harvest
	restAfter     = 5 * time.Second        // after a failure, during which it is not asked
	checkEvery    = 15 * time.Second       // looks whether the index is still there
	maxPause      = time.Minute            // between two attempts to bring it level
)

// Fallback is an index of two engines: a server, which answers, and one in the
// process, which is kept level beside it and answers whenever the server does
// not: gone, slow, busy, without its index, or not level yet. Nobody waits for
// the server for more than a moment, and the harvest goes on without it; what
// it missed it is given from the change log, by [Fallback.Run].
//
// What was not answered by the server says so ([Result.Standby]).
type Fallback struct {
	log    *slog.Logger
	server Index
	here   Index
	hereIs func() bool // level; nil = always
	now    func() time.Time

	patience time.Duration
	writing  sync.Mutex // held to write to the server
	held     federation.Cursor
	level    atomic.Bool   // the server holds what the engine in the process does
	behind   chan struct{} // it is not any more

	resting sync.Mutex
	until   time.Time // before which the server is not asked
	trouble string    // why not; "" = it answers
}

var _ Index = (*Fallback)(nil)

// NewFallback returns an index of a server and an engine in the process.
// hereIs reports whether the latter is level; nil = it always is. The server
// is not asked before [Fallback.Run] brought it level.
func NewFallback(log *slog.Logger, server, here Index, hereIs func() bool) *Fallback {
	return &Fallback{log: log, server: server, here: here, hereIs: hereIs, now: time.Now, patience: askPatience, behind: make(chan struct{}, 1)}
}

// Level reports whether one of the two can answer.
func (f *Fallback) Level() bool { return f.isHere() || f.mayAsk() }

func (f *Fallback) isHere() bool { return f.hereIs == nil || f.hereIs() }

// Trouble is why the server does not answer, in a sentence for the operator;
// "" when it does.
func (f *Fallback) Trouble() string {
	f.resting.Lock()
	defer f.resting.Unlock()
	if f.trouble == "" && !f.level.Load() {
		return "the search server is being brought level with the store"
	}
	return f.trouble
}

// mayAsk reports whether the server is to be asked.
func (f *Fallback) mayAsk() bool {
	if !f.level.Load() {
		return false
	}
	f.resting.Lock()
	defer f.resting.Unlock()
	return !f.now().Before(f.until)
}

// failed notes that the server did not answer, and says so once.
func (f *Fallback) failed(ctx context.Context, err error) {
	rest := restAfter
	var un *UnavailableError
	if errors.As(err, &un) {
		rest = max(rest, un.After)
		if un.Lost {
			f.lose(ctx, err)
		}
	}
	f.resting.Lock()
	defer f.resting.Unlock()
	f.until = f.now().Add(rest)
	if f.trouble == "" {
		f.log.ErrorContext(ctx, "the search server does not answer; the engine in the process does meanwhile", "again", rest, "err", err)
	}
	f.trouble = err.Error()
}

// answered notes that the server is well.
func (f *Fallback) answered(ctx context.Context) {
	f.resting.Lock()
	defer f.resting.Unlock()
	if f.trouble != "" {
		f.log.WarnContext(ctx, "the search server answers again")
	}
	f.trouble, f.until = "", time.Time{}
}

// lose notes that the server has to be brought level.
func (f *Fallback) lose(ctx context.Context, err error) {
	if f.level.Swap(false) {
		f.log.ErrorContext(ctx, "the search server is not level with the store; it is brought level from the change log", "err", err)
	}
	select {
	case f.behind <- struct{}{}:
	default:
	}
}

// Search asks the server, and the engine in the process when the server does
// not answer in time.
func (f *Fallback) Search(ctx context.Context, q Query) (Result, error) {
	at, err := parseTurn(q.After)
	if err != nil {
		return Result{}, err
	}
	if f.mayAsk() && !(f.isHere() && at.staysHere(q)) {
		res, err := f.ask(ctx, func(ctx context.Context) (Result, error) { return search(ctx, f.server, byServer, q, at) })
		if err == nil || ctx.Err() != nil || errors.Is(err, federation.ErrInvalid) {
			return res, err
		}
	}
	if !f.isHere() {
		return Result{}, ErrNotLevel
	}
	res, err := search(ctx, f.here, byProcess, q, at)
	res.Standby = true
	return res, err
}

// ask asks the server within the patience there is.
func (f *Fallback) ask(ctx context.Context, fn func(context.Context) (Result, error)) (Result, error) {
	within, cancel := context.WithTimeout(ctx, f.patience)
	defer cancel()
	res, err := fn(within)
	switch {
	case err == nil:
		f.answered(ctx)
	case ctx.Err() == nil && !errors.Is(err, federation.ErrInvalid):
		f.failed(ctx, err)
	}
	return res, err
}

// Suggest asks the server, and the engine in the process when the server does
// not answer in time.
func (f *Fallback) Suggest(ctx context.Context, b Beginning) (Completions, error) {
	if f.mayAsk() {
		var c Completions
		_, err := f.ask(ctx, func(ctx context.Context) (_ Result, err error) {
			c, err = f.server.Suggest(ctx, b)
			return Result{}, err
		})
		if err == nil || ctx.Err() != nil {
			return c, err
		}
	}
	if !f.isHere() {
		return Completions{}, ErrNotLevel
	}
	return f.here.Suggest(ctx, b)
}

// Abilities are those of the engine that is to be asked.
func (f *Fallback) Abilities() Abilities {
	if f.mayAsk() {
		return f.server.Abilities()
	}
	return f.here.Abilities()
}

// Apply gives the batch to both. A server that does not take it is brought
// level later; that is no failure here.
func (f *Fallback) Apply(ctx context.Context, b Batch) error {
	if err := f.here.Apply(ctx, b); err != nil {
		return err
	}
	f.writing.Lock()
	defer f.writing.Unlock()
	if !f.level.Load() || b.Cursor < f.held { // it has this already
		return nil
	}
	within, cancel := context.WithTimeout(ctx, writePatience)
	defer cancel()
	if err := f.server.Apply(within, b); err != nil {
		if ctx.Err() == nil {
			f.lose(ctx, err)
		}
		return ctx.Err()
	}
	f.held = b.Cursor
	return nil
}

// Cursor is that of the engine in the process.
func (f *Fallback) Cursor(ctx context.Context) (federation.Cursor, error) { return f.here.Cursor(ctx) }

// Reset empties the engine in the process; the server goes on with what it has.
func (f *Fallback) Reset(ctx context.Context) error { return f.here.Reset(ctx) }

// Close closes both.
func (f *Fallback) Close() error { return errors.Join(f.server.Close(), f.here.Close()) }

// Run brings the server level with the store, by the change log or, when its
// index is not there, anew, and does so again whenever it falls behind, until
// ctx is done. An index that was lost it notices by itself.
func (f *Fallback) Run(ctx context.Context, store federation.Store, catalogue *federation.Catalogues) error {
	x := NewIndexer(f.log, f.server, store, catalogue)
	pause := time.Duration(0)
	for ctx.Err() == nil {
		if !f.level.Load() {
			if err := f.bring(ctx, x, store); err != nil && ctx.Err() == nil {
				pause = f.wait(ctx, pause, err)
				continue
			}
			pause = 0
		}
		select {
		case <-ctx.Done():
		case <-f.behind:
		case <-time.After(checkEvery):
			f.check(ctx)
		}
	}
	return nil
}

// wait pauses after a failure, longer each time, and says why at the first.
func (f *Fallback) wait(ctx context.Context, pause time.Duration, err error) time.Duration {
	if pause == 0 {
		f.log.ErrorContext(ctx, "the search server cannot be brought level; it is tried again and again, and the engine in the process answers meanwhile", "err", err)
	}
	pause = min(max(2*pause, 200*time.Millisecond), maxPause)
	var un *UnavailableError
	if errors.As(err, &un) {
		pause = max(pause, min(un.After, maxPause))
	}
	f.resting.Lock()
	f.trouble = err.Error()
	f.resting.Unlock()
	select {
	case <-ctx.Done():
	case <-time.After(pause):
	}
	return pause
}

// bring brings the server level. What comes in while it does is given to it at
// the end, when nothing else is written.
func (f *Fallback) bring(ctx context.Context, x *Indexer, store federation.ChangeLog) error {
	select {
	case <-f.behind:
	default:
	}
	at, err := f.server.Cursor(ctx)
	if err != nil {
		return err
	}
	if at > 0 {
		// A cursor that the log has not come to is another store's.
		ahead, err := store.Changes(ctx, at-1, 1)
		if err != nil {
			return err
		}
		if len(ahead) == 0 {
			f.log.WarnContext(ctx, "the search server's index is ahead of the store; it is made anew", "cursor", at)
			at = 0
		}
	}
	if at == 0 {
		if err := x.Rebuild(ctx); err != nil {
			return err
		}
	}
	if err := x.CatchUp(ctx); err != nil {
		return err
	}
	f.writing.Lock()
	defer f.writing.Unlock()
	if err := x.CatchUp(ctx); err != nil {
		return err
	}
	if f.held, err = f.server.Cursor(ctx); err != nil {
		return err
	}
	f.level.Store(true)
	f.answered(ctx)
	return nil
}

// check looks whether the index is still there.
func (f *Fallback) check(ctx context.Context) {
	f.writing.Lock()
	defer f.writing.Unlock()
	within, cancel := context.WithTimeout(ctx, writePatience)
	defer cancel()
	at, err := f.server.Cursor(within)
	if err != nil {
		return // searches notice what matters
	}
	if f.level.Load() && at < f.held {
		f.lose(ctx, fmt.Errorf("the index is at change %d, not at %d", at, f.held))
	}
}
