package picture

import (
	"context"
	"sync"
)

// turns lets a few go at a time under each name, and bounds those who wait.
// The zero value of all but atOnce and waiting is usable.
type turns struct {
	atOnce  int // who go under one name
	waiting int // who go or wait under one name

	mu    sync.Mutex
	lanes map[string]*lane
}

type lane struct {
	slots chan struct{} // holds a value for each who goes
	users int
}

// enter waits for a turn; leave ends it. It is errBusy when too many wait, or
// the turn does not come before ctx is done.
func (t *turns) enter(ctx context.Context, name string) (leave func(), err error) {
	l, ok := t.join(name)
	if !ok {
		return nil, errBusy
	}
	select {
	case l.slots <- struct{}{}:
		return func() {
			<-l.slots
			t.part(name, l)
		}, nil
	case <-ctx.Done():
		t.part(name, l)
		return nil, errBusy
	}
}

func (t *turns) join(name string) (*lane, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	l := t.lanes[name]
	if l == nil {
		l = &lane{slots: make(chan struct{}, t.atOnce)}
		if t.lanes == nil {
			t.lanes = map[string]*lane{}
		}
		t.lanes[name] = l
	}
	if l.users == t.waiting {
		return nil, false
	}
	l.users++
	return l, true
}

func (t *turns) part(name string, l *lane) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if l.users--; l.users == 0 {
		delete(t.lanes, name)
	}
}
