package api

import (
	"net"
	"net/netip"
	"sync"
	"time"
)

// Bounds of checks, which strangers may ask for: a few at a time in all, and a
// few a minute for one client.
const (
	checksAtOnce   = 4
	checksInARow   = 5
	checkAgain     = time.Minute // one more each
	busyWait       = 10 * time.Second
	maxCheckers    = 10_000 // clients remembered
	clientNetwork6 = 64     // bits of an IPv6 address that one client has
)

// checkLimit counts checks by client address. It knows the address of the
// connection only: a header that names another could say anything. Behind a
// reverse proxy all clients are one. Safe for concurrent use.
type checkLimit struct {
	now func() time.Time

	mu      sync.Mutex
	running int
	full    map[netip.Addr]time.Time // when a client has all its checks again
}

func newCheckLimit(now func() time.Time) *checkLimit {
	return &checkLimit{now: now, full: map[netip.Addr]time.Time{}}
}

// enter begins a check of a client ("host:port"); leave ends it. When wait is
// not 0 the check may not begin before that time, and leave is nil.
func (l *checkLimit) enter(remote string) (leave func(), wait time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.running >= checksAtOnce {
		return nil, busyWait
	}
	client, now := clientOf(remote), l.now()
	full, known := l.full[client]
	if full.Before(now) {
		full = now
	}
	if full = full.Add(checkAgain); full.Sub(now) > checksInARow*checkAgain {
		return nil, full.Sub(now) - checksInARow*checkAgain
	}
	if !known && len(l.full) >= maxCheckers && !l.forget(now) {
		return nil, busyWait
	}
	l.full[client] = full
	l.running++
	return sync.OnceFunc(func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.running--
	}), 0
}

// forget drops clients that have all their checks again, and reports whether
// there were any.
func (l *checkLimit) forget(now time.Time) bool {
	before := len(l.full)
	for client, full := range l.full {
		if !full.After(now) {
			delete(l.full, client)
		}
	}
	return len(l.full) < before
}

// clientOf is the address of a connection, or the network of an IPv6 one. What
// is no address (a test, a socket) is all one client.
func clientOf(remote string) netip.Addr {
	host, _, err := net.SplitHostPort(remote)
	if err != nil {
		host = remote
	}
	addr, err := netip.ParseAddr(host)
	if err != nil {
		return netip.Addr{}
	}
	if addr = addr.Unmap(); addr.Is6() {
		if net, err := addr.WithZone("").Prefix(clientNetwork6); err == nil {
			return net.Addr()
		}
	}
	return addr
}
