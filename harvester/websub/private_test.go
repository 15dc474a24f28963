package websub

import (
	"net/netip"
	"testing"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/safehttp"
)

// TestHubOnAPrivateNetwork: a hub that a source names is asked there only when
// the source may be on that network.
func TestHubOnAPrivateNetwork(t *testing.T) {
	for name, test := range map[string]struct {
		private string
		state   federation.SubscriptionState
	}{
		"its own":   {"127.0.0.0/8", federation.SubscriptionActive},
		"none":      {"", federation.SubscriptionPending},
		"another's": {"10.0.0.0/8", federation.SubscriptionPending},
	} {
		w := newWorld(t)
		if test.private != "" {
			w.src.AllowPrivate = []netip.Prefix{netip.MustParsePrefix(test.private)}
		}
		w.saveSource(w.src)
		w.pages["/feed"] = page{body: atom(w.hub.URL, w.src.URL)}
		w.discover()
		client := safehttp.New(safehttp.Config{}) // of the hub, which opens no network to all
		t.Cleanup(client.Close)
		w.subscriber.hubs = client
		w.turn()
		if test.state == federation.SubscriptionActive {
			if status, _ := w.hub.verify(w.hub.last(), nil); status != 200 {
				t.Errorf("%s: verification = %d", name, status)
			}
		}
		if sub := w.only(); sub.State != test.state || test.state == federation.SubscriptionPending && sub.Failures == 0 {
			t.Errorf("%s: %s after %d failures, want %s", name, sub.State, sub.Failures, test.state)
		}
	}
}
