package safehttp

import (
	"bufio"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"
)

// Origins of these tests listen on 127.0.0.2 and .3, the only addresses that
// their clients may reach; 127.0.0.1 is the address that they must not.
const (
	originIP  = "127.0.0.2"
	origin2IP = "127.0.0.3"
)

// dials records what the guard approved, and lets nothing leave loopback even
// if the guard is wrong.
type dials struct {
	mu   sync.Mutex
	seen []string
}

func (d *dials) approved(address string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.seen = append(d.seen, address)
	if ap, err := netip.ParseAddrPort(address); err != nil || !ap.Addr().IsLoopback() {
		return fmt.Errorf("test: %s is not on loopback", address)
	}
	return nil
}

// beyond returns the approved addresses that are not on the test origins.
func (d *dials) beyond() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	var out []string
	for _, a := range d.seen {
		if !strings.HasPrefix(a, originIP+":") && !strings.HasPrefix(a, origin2IP+":") {
			out = append(out, a)
		}
	}
	return out
}

// testClient may reach the two origins; names resolve by dns, nil for none.
func testClient(t *testing.T, cfg Config, dns lookup) (*Client, *dials) {
	t.Helper()
	d := &dials{}
	cfg.AllowPrivate = []netip.Prefix{netip.MustParsePrefix(originIP + "/32"), netip.MustParsePrefix(origin2IP + "/32")}
	c := newClient(cfg, seams{resolver: fakeResolver(dns), approved: d.approved})
	t.Cleanup(c.Close)
	return c, d
}

// listen opens a port on ip, or skips where loopback is one address only.
func listen(t *testing.T, ip string) net.Listener {
	t.Helper()
	l, err := net.Listen("tcp", net.JoinHostPort(ip, "0"))
	if err != nil {
		t.Skipf("no loopback address %s here: %v", ip, err)
	}
	t.Cleanup(func() { l.Close() })
	return l
}

// serve starts an HTTP origin at ip and returns its base URL without a slash.
func serve(t *testing.T, ip string, h http.HandlerFunc) string {
	t.Helper()
	s := httptest.NewUnstartedServer(h)
	s.Listener.Close()
	s.Listener = listen(t, ip)
	s.Start()
	t.Cleanup(s.Close)
	return s.URL
}

// script is what a raw origin does with one connection whose request was read.
type script func(conn net.Conn, r *http.Request)

// serveRaw starts an origin that writes what it likes.
func serveRaw(t *testing.T, do script) string {
	t.Helper()
	l := listen(t, originIP)
	var conns sync.WaitGroup
	stop := make(chan struct{})
	t.Cleanup(func() { close(stop); l.Close(); conns.Wait() })
	conns.Go(func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			conns.Go(func() {
				defer conn.Close()
				go func() { <-stop; conn.Close() }()
				in := bufio.NewReader(conn)
				for {
					r, err := http.ReadRequest(in)
					if err != nil {
						return
					}
					do(conn, r)
				}
			})
		}
	})
	return "http://" + l.Addr().String()
}

// say is a script that writes text and closes.
func say(text string) script {
	return func(conn net.Conn, _ *http.Request) {
		conn.Write([]byte(text))
		conn.Close()
	}
}

// drip writes one byte of text at each tick, the last for ever, until the
// other side is gone.
func drip(conn net.Conn, text string, every time.Duration) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for i := 0; ; i++ {
		<-tick.C
		if _, err := conn.Write([]byte{text[min(i, len(text)-1)]}); err != nil {
			return
		}
	}
}

func hello(w http.ResponseWriter, _ *http.Request) { w.Write([]byte("hello")) }

func portOf(base string) string { return base[strings.LastIndex(base, ":")+1:] }

// quiet is for servers whose clients are meant to break off.
func quiet() *log.Logger { return log.New(io.Discard, "", 0) }
