package main

import (
	"net"
	"testing"
)

// offered is a listener whose connections come from given addresses.
type offered struct {
	net.Listener
	from []string
}

type offeredConn struct {
	net.Conn
	from   net.Addr
	closed bool
}

func (c *offeredConn) RemoteAddr() net.Addr { return c.from }
func (c *offeredConn) Close() error         { c.closed = true; return nil }

func (l *offered) Accept() (net.Conn, error) {
	if len(l.from) == 0 {
		return nil, net.ErrClosed
	}
	addr, err := net.ResolveTCPAddr("tcp", l.from[0])
	l.from = l.from[1:]
	return &offeredConn{from: addr}, err
}

func TestConnectionsOfOneNetwork(t *testing.T) {
	for _, c := range []struct {
		name string
		most int
		from []string
		want int // accepted
	}{
		{"one address", 2, []string{"203.0.113.7:1", "203.0.113.7:2", "203.0.113.7:3"}, 2},
		{"neighbours", 2, []string{"203.0.113.7:1", "203.0.113.8:1", "203.0.113.9:1"}, 3},
		{"one /64", 2, []string{"[2001:db8:0:1::1]:1", "[2001:db8:0:1::2]:1", "[2001:db8:0:1:ffff::3]:1"}, 2},
		{"three /64", 2, []string{"[2001:db8:0:1::1]:1", "[2001:db8:0:2::1]:1", "[2001:db8:0:3::1]:1"}, 3},
		{"one address in two spellings", 1, []string{"203.0.113.7:1", "[::ffff:203.0.113.7]:2"}, 1},
		{"a proxy beside the hub", 1, []string{"127.0.0.1:1", "127.0.0.1:2", "[::1]:3", "[::1]:4"}, 4},
		{"a proxy on a private network", 1, []string{"10.0.0.5:1", "10.0.0.5:2", "192.168.1.2:1", "192.168.1.2:2", "[fd00::1]:1", "[fd00::1]:2", "[::ffff:10.0.0.5]:3"}, 7},
		{"no limit", 0, []string{"203.0.113.7:1", "203.0.113.7:2", "203.0.113.7:3"}, 3},
	} {
		l := limitConnections(&offered{from: c.from}, c.most)
		var got []net.Conn
		for {
			conn, err := l.Accept()
			if err != nil {
				break
			}
			got = append(got, conn)
		}
		if len(got) != c.want {
			t.Errorf("%s: %d of %d accepted, want %d", c.name, len(got), len(c.from), c.want)
		}
		limit, ok := l.(*connectionLimit)
		if !ok {
			continue
		}
		for _, conn := range got {
			_, _ = conn.Close(), conn.Close() // twice, as servers do
		}
		if len(limit.open) != 0 {
			t.Errorf("%s: after all are closed %v are counted", c.name, limit.open)
		}
		limit.Listener = &offered{from: c.from[:1]}
		if _, err := limit.Accept(); err != nil {
			t.Errorf("%s: there is no room after all are closed", c.name)
		}
	}
}
