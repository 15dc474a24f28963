package web

import (
	"net"
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Address is the address of a connection's other end, written "host:port": an
// IPv4 one as such, and none with a zone. What is no address (a socket, a test)
// gives the zero value.
//
// It is the only name of a client: a header that tells another could say
// anything. Behind a reverse proxy all clients are one.
func Address(remote string) netip.Addr {
	host, _, err := net.SplitHostPort(remote)
	if err != nil {
		host = remote
	}
	addr, err := netip.ParseAddr(host)
	if err != nil {
		return netip.Addr{}
	}
	return addr.Unmap().WithZone("")
}

// clientBits are those of an IPv6 address that one customer has for himself.
const clientBits = 64

// Client is the key under which a client is counted: its address, or the first
// of the IPv6 network that it has.
func Client(addr netip.Addr) netip.Addr {
	if !addr.Is6() {
		return addr
	}
	return netip.PrefixFrom(addr, clientBits).Masked().Addr()
}

const (
	maxClients = 10_000 // remembered by a limiter
	crowded    = 10 * time.Second
)

// Limiter bounds how often a client may do something. Safe for concurrent use.
type Limiter struct {
	every time.Duration
	burst int
	now   func() time.Time

	mu      sync.Mutex
	clients map[netip.Addr]*rate.Limiter
}

// NewLimiter lets each client do something burst times in a row, and once more
// after each time of every.
func NewLimiter(burst int, every time.Duration, now func() time.Time) *Limiter {
	return &Limiter{every: every, burst: burst, now: now, clients: map[netip.Addr]*rate.Limiter{}}
}

// Take counts one time of a client ("host:port"). When wait is not 0 it may not
// before that time, and was not counted.
func (l *Limiter) Take(remote string) (wait time.Duration) {
	key, now := Client(Address(remote)), l.now()
	l.mu.Lock()
	defer l.mu.Unlock()
	c := l.clients[key]
	if c == nil {
		if len(l.clients) >= maxClients && !l.forget(now) {
			return crowded
		}
		c = rate.NewLimiter(rate.Every(l.every), l.burst)
		l.clients[key] = c
	}
	r := c.ReserveN(now, 1)
	if wait = r.DelayFrom(now); wait > 0 {
		r.CancelAt(now)
	}
	return wait
}

// forget drops clients that may do all again, and reports whether there were
// any.
func (l *Limiter) forget(now time.Time) bool {
	before := len(l.clients)
	for key, c := range l.clients {
		if c.TokensAt(now) >= float64(l.burst) {
			delete(l.clients, key)
		}
	}
	return len(l.clients) < before
}
