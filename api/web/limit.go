package web

import (
	"context"
	"sync"
	"time"

	"github.com/plonegov/carillon/federation"
)

// ErrBusy says that a class of requests has no room at the moment.
var ErrBusy error = &federation.UnavailableError{After: time.Second,
	Reason: "The hub has more to do than it can at the moment; try again in a second"}

// patience is how long a request waits for room before it is told to come back:
// short enough that nobody takes the hub for down.
const patience = 200 * time.Millisecond

// Limit bounds how much of one class of work runs at once under each name. Its
// fields are set before its first use. Safe for concurrent use.
type Limit struct {
	AtOnce   int           // how many run under one name, at least 1
	Most     int           // how many run or wait under one name; 0 = no bound
	Patience time.Duration // how long one waits; 0 = until its context is done

	mu    sync.Mutex
	lanes map[string]*lane
}

// lane is what runs and waits under one name.
type lane struct {
	room  chan struct{} // holds a value for each that runs
	users int           // that run or wait
}

// NewLimit returns a limit of n requests at once, at least one; others wait for
// 200 ms.
func NewLimit(n int) *Limit { return &Limit{AtOnce: max(n, 1), Patience: patience} }

// Acquire waits for room under a name and takes it; the caller gives it back by
// release, once. Without any in time, or when too many wait, it returns
// [ErrBusy], and when ctx is done its error.
func (l *Limit) Acquire(ctx context.Context, name string) (release func(), err error) {
	at, ok := l.join(name)
	if !ok {
		return nil, ErrBusy
	}
	release = func() {
		<-at.room
		l.leave(name, at)
	}
	select {
	case at.room <- struct{}{}:
		return release, nil
	default:
	}
	var late <-chan time.Time
	if l.Patience > 0 {
		timer := time.NewTimer(l.Patience)
		defer timer.Stop()
		late = timer.C
	}
	select {
	case at.room <- struct{}{}:
		return release, nil
	case <-late:
		err = ErrBusy
	case <-ctx.Done():
		err = ctx.Err()
	}
	l.leave(name, at)
	return nil, err
}

// join counts one more under a name; false = too many wait.
func (l *Limit) join(name string) (*lane, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	at := l.lanes[name]
	if at == nil {
		at = &lane{room: make(chan struct{}, l.AtOnce)}
		if l.lanes == nil {
			l.lanes = map[string]*lane{}
		}
		l.lanes[name] = at
	}
	if l.Most > 0 && at.users >= l.Most {
		return nil, false
	}
	at.users++
	return at, true
}

// leave forgets a name that nobody uses.
func (l *Limit) leave(name string, at *lane) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if at.users--; at.users == 0 {
		delete(l.lanes, name)
	}
}
