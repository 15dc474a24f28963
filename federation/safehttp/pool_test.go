package safehttp

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
)

// intranet is a server on loopback, with how often it was asked.
func intranet(t *testing.T) (*httptest.Server, *atomic.Int32) {
	t.Helper()
	var asked atomic.Int32
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		if to := r.URL.Query().Get("to"); to != "" {
			http.Redirect(w, r, to, http.StatusTemporaryRedirect)
			return
		}
		fmt.Fprint(w, "intranet")
	}))
	t.Cleanup(s.Close)
	return s, &asked
}

var own = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}

// TestNetworksAreOfOneRequest: what one request may reach, no other may: not
// by a connection kept alive, not by a redirect, not with networks that are
// others, not by a form.
func TestNetworksAreOfOneRequest(t *testing.T) {
	c := New(Config{})
	defer c.Close()
	s, asked := intranet(t)
	for range 2 {
		if res, err := c.Get(t.Context(), Request{URL: s.URL, AllowPrivate: own}); err != nil || string(res.Body) != "intranet" {
			t.Fatalf("a source on its own network: %v", err)
		}
	}
	if _, err := c.Post(t.Context(), Form{URL: s.URL, Values: url.Values{"a": {"b"}}, AllowPrivate: own}); err != nil {
		t.Fatalf("a hub on its own network: %v", err)
	}
	before := asked.Load()
	for name, err := range map[string]error{
		"another":                  second(c.Get(t.Context(), Request{URL: s.URL})),
		"one on another network":   second(c.Get(t.Context(), Request{URL: s.URL, AllowPrivate: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}})),
		"one on a smaller network": second(c.Get(t.Context(), Request{URL: s.URL, AllowPrivate: []netip.Prefix{netip.MustParsePrefix("127.0.0.2/32")}})),
		"a form":                   second(c.Post(t.Context(), Form{URL: s.URL})),
		"the mapped one":           second(c.Get(t.Context(), Request{URL: strings.Replace(s.URL, "127.0.0.1", "[::ffff:7f00:1]", 1)})),
	} {
		if !isKind(err, KindRefused) {
			t.Errorf("%s = %v, want it refused", name, err)
		}
	}
	if n := asked.Load(); n != before {
		t.Errorf("the intranet was asked %d times more", n-before)
	}
	if res, err := c.Get(t.Context(), Request{URL: s.URL, AllowPrivate: own}); err != nil || string(res.Body) != "intranet" {
		t.Errorf("the source itself after the others: %v", err)
	}
}

// TestRedirectIntoAnothersNetwork: the redirect of a source that may be on one
// network does not reach another's.
func TestRedirectIntoAnothersNetwork(t *testing.T) {
	inner, asked := intranet(t)
	c, d := testClient(t, Config{}, nil)
	for _, status := range []int{301, 302, 303, 307, 308} {
		base := serve(t, originIP, func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, inner.URL, status)
		})
		if _, err := c.Get(t.Context(), Request{URL: base}); !isKind(err, KindRefused) {
			t.Errorf("%d from a source without networks = %v, want it refused", status, err)
		}
		if _, err := c.Get(t.Context(), Request{URL: base, AllowPrivate: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}}); !isKind(err, KindRefused) {
			t.Errorf("%d from a source of another network = %v, want it refused", status, err)
		}
	}
	if n := asked.Load(); n != 0 {
		t.Errorf("the intranet was asked %d times; dialled %q", n, d.beyond())
	}
}

// TestPoolsAreBounded: a region file that changes for ever leaves no more than
// so many.
func TestPoolsAreBounded(t *testing.T) {
	c := New(Config{})
	for i := range 3 * maxPools {
		c.pool([]netip.Prefix{netip.PrefixFrom(netip.AddrFrom4([4]byte{10, byte(i), 0, 0}), 16)})
	}
	if n := len(c.pools); n > maxPools {
		t.Errorf("%d pools, want at most %d", n, maxPools)
	}
	c.Close()
}

func second(_ *Response, err error) error { return err }
