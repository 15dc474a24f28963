package web

import (
	"context"
	"time"
)

// maxWait is how long a request waits for room before it is told to come back:
// short enough that nobody takes the hub for down.
const maxWait = 200 * time.Millisecond

// Limit bounds how much of one class of work runs at once. Safe for concurrent
// use.
type Limit struct{ room chan struct{} }

// NewLimit returns a limit of n at once, at least one.
func NewLimit(n int) *Limit { return &Limit{make(chan struct{}, max(n, 1))} }

// Acquire waits for room and takes it; the caller gives it back by release.
// After 200 ms without any it returns [ErrBusy].
func (l *Limit) Acquire(ctx context.Context) (release func(), err error) {
	select {
	case l.room <- struct{}{}:
		return l.release, nil
	default:
	}
	timer := time.NewTimer(maxWait)
	defer timer.Stop()
	select {
	case l.room <- struct{}{}:
		return l.release, nil
	case <-timer.C:
		return nil, ErrBusy
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (l *Limit) release() { <-l.room }
