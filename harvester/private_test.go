package harvester

import (
	"log/slog"
	"net/netip"
	"strings"
	"testing"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/safehttp"
)

// TestPrivateNetworkIsASources: what is on the network of one commune is read
// for it, and for no other: by no address, redirect, page or further page.
func TestPrivateNetworkIsASources(t *testing.T) {
	w := newTestHub(t, newStore(t))
	client := safehttp.New(safehttp.Config{})
	t.Cleanup(client.Close)
	w.Harvester = New(slog.New(slog.NewTextHandler(t.Output(), nil)), w.store, client, []federation.Format{linesFormat()})
	w.now = w.time
	intranet := []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}
	a := w.source(federation.Source{Member: "a", Slug: "intranet", URL: "http://a.example/rss", AllowPrivate: intranet})
	w.ok(a.URL, `{"feed":"A"}`+"\n"+`{"id":"1","title":"Note de service"}`+"\n"+`{"page":"http://a.example/p"}`)
	w.ok("http://a.example/p", `{"id":"2","title":"Page de service"}`)
	if out := w.one(a); out.Result != Fetched || out.Items != 2 {
		t.Fatalf("the source on its own network: %+v, want its item and its page", out)
	}
	w.look()
	for name, src := range map[string]federation.Source{
		"its address":        {URL: "http://a.example/rss"},
		"on another network": {URL: "http://a.example/rss", AllowPrivate: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}},
	} {
		src.Member, src.Slug = "b", "rss"
		out := w.harvestAll(true, w.source(src))["b/rss"]
		if out.Result != Failed || out.Failure.Class != federation.FailRefused || len(w.look()) != 0 {
			t.Errorf("%s: %+v, want it refused and nobody asked", name, out)
		}
		if !strings.Contains(out.Failure.Advice, "allow_private") {
			t.Errorf("%s: advice %q does not say what to write", name, out.Failure.Advice)
		}
	}
	if out := w.harvestAll(true, a)["a/intranet"]; out.Result != Fetched || out.Items != 2 {
		t.Errorf("the source itself after the others: %+v", out)
	}
}
