package safehttp

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"testing"
	"testing/synctest"
	"time"
)

func TestTurnsOneAtATime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		turns := turns{gap: time.Second}
		start := time.Now()
		busy, other := make(chan time.Duration, 2), make(chan time.Duration, 1)
		work := func(host string, took chan<- time.Duration) {
			release, err := turns.take(t.Context(), host)
			if err != nil {
				t.Errorf("take(%q): %v", host, err)
				return
			}
			took <- time.Since(start)
			time.Sleep(10 * time.Second) // the bubble's clock: costs no time
			release(false)
		}
		go work("a:80", busy)
		synctest.Wait()
		go work("a:80", busy)
		go work("b:80", other)
		if first, second := <-busy, <-busy; first != 0 || second != 11*time.Second {
			t.Errorf("requests to one host began after %v and %v, want 0s and 11s", first, second)
		}
		if began := <-other; began != 0 {
			t.Errorf("request to another host began after %v, want 0s", began)
		}
		time.Sleep(time.Minute)
		synctest.Wait()
		if n := len(turns.hosts); n != 0 {
			t.Errorf("%d hosts remembered after all is done, want 0", n)
		}
	})
}

func TestTurnsCancel(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		turns := turns{gap: time.Second}
		release, err := turns.take(t.Context(), "a:80")
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		if _, err := turns.take(ctx, "a:80"); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("take of a taken host = %v, want %v", err, context.DeadlineExceeded)
		}
		release(false)
		gone, leave := context.WithCancel(t.Context())
		leave()
		if _, err := turns.take(gone, "a:80"); !errors.Is(err, context.Canceled) {
			t.Errorf("take in the gap by one who left = %v, want %v", err, context.Canceled)
		}
		release, err = turns.take(t.Context(), "a:80")
		if err != nil {
			t.Fatalf("take after others gave up: %v", err)
		}
		release(false)
		time.Sleep(time.Minute)
		synctest.Wait()
		if n := len(turns.hosts); n != 0 {
			t.Errorf("%d hosts remembered, want 0", n)
		}
	})
}

// TestNoGapNear: hosts of the operator's own are asked again at once.
func TestNoGapNear(t *testing.T) {
	turns := turns{gap: time.Hour}
	for range 3 {
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		release, err := turns.take(ctx, "a:80")
		if err != nil {
			t.Fatal(err)
		}
		release(true)
		cancel()
	}
}

func TestGuardHas(t *testing.T) {
	g := newGuard([]netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("fd00::/8")}, nil)
	for address, want := range map[string]bool{"127.0.0.1:80": true, "[::ffff:127.0.0.1]:80": true, "[fd00::1]:80": true, "10.0.0.1:80": false, "192.0.2.1:80": false} {
		if got := g.has(net.TCPAddrFromAddrPort(netip.MustParseAddrPort(address))); got != want {
			t.Errorf("has(%s) = %t, want %t", address, got, want)
		}
	}
	if g.has(&net.UnixAddr{Name: "x"}) {
		t.Error("has(a socket) = true")
	}
}
