package safehttp

import (
	"context"
	"sync"
	"time"
)

// turns lets one request at a time go to a host, with a gap between the end of
// one and the start of the next. The zero value has no gap.
type turns struct {
	gap time.Duration

	mu    sync.Mutex
	hosts map[string]*turn
}

type turn struct {
	token chan struct{} // holds one value while the host is free
	users int           // holders and waiters, under turns.mu
	free  time.Time     // when the next request may start; only the holder writes it, under turns.mu
}

// take waits for the turn at host and returns the function that gives it back;
// with near there is no gap after it.
// The error is ctx's.
func (t *turns) take(ctx context.Context, host string) (release func(near bool), err error) {
	h := t.join(host)
	select {
	case <-h.token:
	case <-ctx.Done():
		t.leave(host, h)
		return nil, ctx.Err()
	}
	if err := wait(ctx, time.Until(h.free)); err != nil {
		h.token <- struct{}{}
		t.leave(host, h)
		return nil, err
	}
	return func(near bool) {
		if !near {
			t.mu.Lock()
			h.free = time.Now().Add(t.gap)
			t.mu.Unlock()
		}
		h.token <- struct{}{}
		t.leave(host, h)
	}, nil
}

// next is when the gap after the last request to a host is over; zero when none
// is known.
func (t *turns) next(host string) time.Time {
	t.mu.Lock()
	defer t.mu.Unlock()
	if h := t.hosts[host]; h != nil {
		return h.free
	}
	return time.Time{}
}

func (t *turns) join(host string) *turn {
	t.mu.Lock()
	defer t.mu.Unlock()
	h := t.hosts[host]
	if h == nil {
		if t.hosts == nil {
			t.hosts = map[string]*turn{}
		}
		h = &turn{token: make(chan struct{}, 1)}
		h.token <- struct{}{}
		t.hosts[host] = h
	}
	h.users++
	return h
}

// leave forgets a host that nobody uses once its gap is over, so that the map
// holds no more hosts than are in use or were in the last gap.
func (t *turns) leave(host string, h *turn) {
	t.mu.Lock()
	defer t.mu.Unlock()
	h.users--
	if h.users > 0 {
		return
	}
	if rest := time.Until(h.free); rest > 0 {
		h.users++
		time.AfterFunc(rest, func() { t.leave(host, h) })
		return
	}
	delete(t.hosts, host)
}

func wait(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
