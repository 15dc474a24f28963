package websub

import (
	"sync"
	"time"
)

// limiter counts events by key in spans of time. Safe for concurrent use.
type limiter struct {
	most int           // in one span
	span time.Duration // from the first event of a key
	keys int           // more than these are forgotten all at once

	mu     sync.Mutex
	counts map[string]*count
}

type count struct {
	began time.Time
	n     int
}

// full reports whether key has had as many events as it may.
func (l *limiter) full(key string, now time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.at(key, now).n >= l.most
}

// add counts an event, and reports whether key may have it.
func (l *limiter) add(key string, now time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	c := l.at(key, now)
	c.n++
	if l.counts == nil || len(l.counts) >= l.keys && l.counts[key] == nil {
		l.counts = map[string]*count{}
	}
	l.counts[key] = c
	return c.n <= l.most
}

func (l *limiter) at(key string, now time.Time) *count {
	c := l.counts[key]
	if c == nil || now.Sub(c.began) >= l.span || now.Before(c.began) {
		c = &count{began: now}
	}
	return c
}
