package web_test

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/plonegov/carillon/api/web"
)

func TestClient(t *testing.T) {
	for remote, want := range map[string]string{"192.0.2.1:80": "192.0.2.1", "[2001:db8:1:2:3:4:5:6]:80": "2001:db8:1:2::",
		"[::ffff:192.0.2.1]:80": "192.0.2.1", "[fe80::1%eth0]:80": "fe80::", "@": "invalid IP"} {
		if got := web.Client(web.Address(remote)).String(); got != want {
			t.Errorf("Client(Address(%q)) = %s, want %s", remote, got, want)
		}
	}
}

// TestLimiterForgets: no more clients are remembered than there is room for,
// and a new one has its turn when one of them may do all again.
func TestLimiterForgets(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := web.NewLimiter(2, time.Minute, time.Now)
		for i := range 10_000 {
			if wait := l.Take(fmt.Sprintf("10.0.%d.%d:1", i/256, i%256)); wait != 0 {
				t.Fatalf("client %d waits %v", i, wait)
			}
		}
		if wait := l.Take("192.0.2.1:1"); wait != 10*time.Second {
			t.Errorf("one client more than are remembered waits %v, want 10s", wait)
		}
		time.Sleep(time.Minute) // of the bubble's clock
		if wait := l.Take("192.0.2.1:1"); wait != 0 {
			t.Errorf("when others may do all again it waits %v", wait)
		}
	})
}
