package main

import (
	"net"
	"net/netip"
	"sync"

	"github.com/plonegov/carillon/api/web"
)

// connectionLimit is a listener that bounds how many connections one network
// has open at once, so that nobody takes all of them: an IPv4 address, behind
// which may be a whole town hall, or an IPv6 /64, which is one customer. This
// machine and private networks have no limit: a reverse proxy is there, and
// speaks for everybody.
type connectionLimit struct {
	net.Listener
	most int

	mu   sync.Mutex
	open map[netip.Addr]int
}

// limitConnections bounds l to most connections a network; 0 = no bound.
func limitConnections(l net.Listener, most int) net.Listener {
	if most <= 0 {
		return l
	}
	return &connectionLimit{Listener: l, most: most, open: map[netip.Addr]int{}}
}

// Accept waits for a connection from a network that has room; others are shut
// before a byte of them is read.
func (l *connectionLimit) Accept() (net.Conn, error) {
	for {
		c, err := l.Listener.Accept()
		if err != nil {
			return nil, err
		}
		from, bounded := clientNetwork(c.RemoteAddr())
		if !bounded {
			return c, nil
		}
		if l.enter(from) {
			return &limitedConn{Conn: c, leave: sync.OnceFunc(func() { l.leave(from) })}, nil
		}
		if tcp, ok := c.(*net.TCPConn); ok {
			_ = tcp.SetLinger(0) // nothing is left of it, not even a port that waits
		}
		_ = c.Close() // it was refused
	}
}

func (l *connectionLimit) enter(from netip.Addr) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.open[from] >= l.most {
		return false
	}
	l.open[from]++
	return true
}

func (l *connectionLimit) leave(from netip.Addr) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.open[from]--; l.open[from] <= 0 {
		delete(l.open, from)
	}
}

// limitedConn is a connection that makes room when it is closed.
type limitedConn struct {
	net.Conn
	leave func()
}

func (c *limitedConn) Close() error {
	defer c.leave()
	return c.Conn.Close()
}

// clientNetwork is the network that a connection is counted for; bounded is
// false for those that have no limit.
func clientNetwork(remote net.Addr) (_ netip.Addr, bounded bool) {
	addr := web.Address(remote.String())
	if !addr.IsValid() || addr.IsLoopback() || addr.IsPrivate() || addr.IsLinkLocalUnicast() {
		return netip.Addr{}, false // a socket of this machine has no address
	}
	return web.Client(addr), true
}
