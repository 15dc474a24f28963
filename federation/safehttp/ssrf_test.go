package safehttp

import (
	"errors"
	"net"
	"net/http"
	"net/netip"
	"strconv"
	"sync/atomic"
	"testing"
	"time"
)

type refusedURL struct{ URL, Why string }

// TestOracleCSource asks for every hostile URL as a source. The resolver is
// hostile too: every name leads to loopback.
func TestOracleCSource(t *testing.T) {
	cases := lines[refusedURL](t, "urls-must-refuse.jsonl")
	canaries := newCanaries(t)
	for _, test := range cases {
		// No exception for the test's own addresses: the zero Config, in effect.
		d := &dials{}
		c := newClient(Config{Timeout: 5 * time.Second}, seams{resolver: fakeResolver(toLoopback), approved: d.approved})
		res, err := c.Get(t.Context(), Request{URL: test.URL})
		wantRefused(t, test, res, err)
		if len(d.seen) != 0 {
			t.Errorf("Get(%q) dialled %q (%s)", test.URL, d.seen, test.Why)
		}
	}
	canaries.check(t)
}

// TestOracleCRedirect serves every hostile URL as a redirect's target, from an
// origin that may be reached.
func TestOracleCRedirect(t *testing.T) {
	cases := lines[refusedURL](t, "urls-must-refuse.jsonl")
	canaries := newCanaries(t)
	c, d := testClient(t, Config{Timeout: 5 * time.Second}, toLoopback)
	base := serveRaw(t, func(conn net.Conn, r *http.Request) {
		n, _ := strconv.Atoi(r.URL.Query().Get("case"))
		// As raw bytes: net/http's server would clean the header first.
		conn.Write([]byte("HTTP/1.1 " + r.URL.Query().Get("status") + " Moved\r\nLocation: " + cases[n].URL + "\r\nContent-Length: 0\r\n\r\n"))
	})
	for n, test := range cases {
		for _, status := range []string{"301", "302", "303", "307", "308"} {
			res, err := c.Get(t.Context(), Request{URL: base + "/?status=" + status + "&case=" + strconv.Itoa(n)})
			wantRefused(t, test, res, err)
		}
	}
	if got := d.beyond(); len(got) != 0 {
		t.Errorf("dialled %q, want the origin only", got)
	}
	canaries.check(t)
}

// TestLiveCanaries proves the oracle: a dial that is allowed is counted.
func TestLiveCanaries(t *testing.T) {
	canaries := newCanaries(t)
	for _, l := range canaries.listeners {
		c := New(Config{AllowPrivate: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}})
		if _, err := c.Get(t.Context(), Request{URL: "http://" + l.Addr().String() + "/"}); err == nil {
			t.Errorf("Get of canary %s = nil error, want one: it closes", l.Addr())
		}
		guarded := New(Config{})
		if _, err := guarded.Get(t.Context(), Request{URL: "http://" + l.Addr().String() + "/"}); !isKind(err, KindRefused) {
			t.Errorf("Get of canary %s = %v, want %s", l.Addr(), err, KindRefused)
		}
	}
	// The transport tries a reused connection again, never a new one.
	if got, want := canaries.accepted.Load(), int64(len(canaries.listeners)); got != want {
		t.Errorf("canaries accepted %d connections, want %d", got, want)
	}
}

func TestDNS(t *testing.T) {
	base := serve(t, originIP, hello)
	url := "http://name.example:" + portOf(base) + "/"
	addr := netip.MustParseAddr
	tests := []struct {
		name  string
		addrs []string
		kind  Kind
	}{
		{"right", []string{originIP}, ""},
		{"mixed, loopback first", []string{"127.0.0.1", originIP}, ""},
		{"mixed, origin first", []string{originIP, "127.0.0.1", "10.0.0.1"}, ""},
		{"loopback", []string{"127.0.0.1"}, KindRefused},
		{"loopback, IPv6", []string{"::1"}, KindRefused},
		{"mapped", []string{"::ffff:127.0.0.1"}, KindRefused},
		{"metadata", []string{"169.254.169.254"}, KindRefused},
		{"no such name", nil, KindDNS},
	}
	for _, test := range tests {
		c, d := testClient(t, Config{}, func(string) []netip.Addr {
			var all []netip.Addr
			for _, a := range test.addrs {
				all = append(all, addr(a))
			}
			return all
		})
		_, err := c.Get(t.Context(), Request{URL: url})
		if test.kind == "" && err != nil || test.kind != "" && !isKind(err, test.kind) {
			t.Errorf("%s: Get(%q) = %v, want kind %q", test.name, url, err, test.kind)
		}
		if got := d.beyond(); len(got) != 0 {
			t.Errorf("%s: dialled %q", test.name, got)
		}
	}
}

// TestDNSRebind has a name that is good when first asked and loopback after.
func TestDNSRebind(t *testing.T) {
	var asked atomic.Int64
	base := serve(t, originIP, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Connection", "close") // so that each Get dials
		hello(w, r)
	})
	c, d := testClient(t, Config{}, func(string) []netip.Addr {
		if asked.Add(1) <= 2 { // A and AAAA
			return []netip.Addr{netip.MustParseAddr(originIP)}
		}
		return []netip.Addr{netip.MustParseAddr("127.0.0.1")}
	})
	url := "http://rebind.example:" + portOf(base) + "/"
	if _, err := c.Get(t.Context(), Request{URL: url}); err != nil {
		t.Fatalf("first Get(%q): %v", url, err)
	}
	if _, err := c.Get(t.Context(), Request{URL: url}); !isKind(err, KindRefused) {
		t.Errorf("second Get(%q) = %v, want %s", url, err, KindRefused)
	}
	if got := d.beyond(); len(got) != 0 {
		t.Errorf("dialled %q", got)
	}
}

// TestNoProxy sets every proxy variable: none may be asked.
func TestNoProxy(t *testing.T) {
	canaries := newCanaries(t)
	for _, name := range []string{"HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"} {
		t.Setenv(name, "http://"+canaries.listeners[0].Addr().String())
	}
	base := serve(t, originIP, hello)
	c, _ := testClient(t, Config{}, nil)
	if res, err := c.Get(t.Context(), Request{URL: base}); err != nil || string(res.Body) != "hello" {
		t.Errorf("Get(%q) = %v, %v", base, res, err)
	}
	if c.open.transport.Proxy != nil {
		t.Error("the transport has a proxy function")
	}
	canaries.check(t)
}

func wantRefused(t *testing.T, test refusedURL, res *Response, err error) {
	t.Helper()
	if res != nil || !isKind(err, KindRefused) {
		t.Errorf("Get(%q) = %v, %v, want %s (%s)", test.URL, res, err, KindRefused, test.Why)
	}
}

func isKind(err error, kind Kind) bool {
	var e *Error
	return errors.As(err, &e) && e.Kind == kind
}

func toLoopback(string) []netip.Addr {
	return []netip.Addr{netip.MustParseAddr("127.0.0.1"), netip.MustParseAddr("::1")}
}

// canaries listen where nothing may connect: on a free port of each loopback
// address, and on the web's ports where the system lets us. Other ports of the
// cases are left to the packages that start servers on them: dials are counted.
type canaries struct {
	listeners []net.Listener
	accepted  atomic.Int64
}

func newCanaries(t *testing.T) *canaries {
	t.Helper()
	c := &canaries{}
	for _, host := range []string{"127.0.0.1", "::1"} {
		for _, port := range []string{"0", "80", "443"} {
			l, err := net.Listen("tcp", net.JoinHostPort(host, port))
			if err != nil {
				continue // taken or reserved: the dials are counted as well
			}
			t.Cleanup(func() { l.Close() })
			c.listeners = append(c.listeners, l)
			go c.accept(l)
		}
	}
	if len(c.listeners) == 0 {
		t.Fatal("no canary could listen")
	}
	return c
}

func (c *canaries) accept(l net.Listener) {
	for {
		conn, err := l.Accept()
		if err != nil {
			return
		}
		c.accepted.Add(1)
		conn.Close()
	}
}

func (c *canaries) check(t *testing.T) {
	t.Helper()
	if n := c.accepted.Load(); n != 0 {
		t.Errorf("%d connections reached a canary, want 0", n)
	}
}
