package main

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/region"
	"github.com/plonegov/carillon/federation/worktest"
)

// TestPushed runs a whole hub that subscribes to its source by itself, and
// gets what the source publishes within seconds although it is polled hourly.
func TestPushed(t *testing.T) {
	asked := make(chan url.Values, 1)
	hub := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := r.ParseForm(); err != nil {
			t.Error(err)
		}
		w.WriteHeader(http.StatusAccepted)
		asked <- r.PostForm
	}))
	defer hub.Close()
	var items atomic.Int32
	items.Store(1)
	origin := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, `<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:f</id><title>f</title><link rel="hub" href="%s"/>`, hub.URL)
		for i := range items.Load() {
			fmt.Fprintf(w, `<entry><id>urn:%d</id><title>Titre %d</title></entry>`, i, i)
		}
		fmt.Fprint(w, "</feed>")
	}))
	defer origin.Close()

	store := servePublic(t, fmt.Sprintf(`
members:
  - slug: alba
    kind: commune
    name: Alba
    url: %s
    sources: [{slug: news, url: %s/feed, every: 1h}]
`, origin.URL, origin.URL))

	form := within(t, asked)
	callback := form.Get("hub.callback")
	res, err := http.Get(callback + "?" + url.Values{"hub.mode": {"subscribe"}, "hub.topic": {origin.URL + "/feed"},
		"hub.challenge": {"abc"}, "hub.lease_seconds": {"864000"}}.Encode())
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	if res.StatusCode != http.StatusOK {
		t.Fatalf("verification = %d, want 200", res.StatusCode)
	}
	items.Store(2)
	mac := hmac.New(sha256.New, []byte(form.Get("hub.secret")))
	fmt.Fprint(mac, "a hint")
	push, err := http.NewRequest(http.MethodPost, callback, strings.NewReader("a hint"))
	if err != nil {
		t.Fatal(err)
	}
	push.Header.Set("X-Hub-Signature", "sha256="+hex.EncodeToString(mac.Sum(nil)))
	if res, err = http.DefaultClient.Do(push); err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	if res.StatusCode != http.StatusAccepted {
		t.Fatalf("push = %d, want 202", res.StatusCode)
	}
	waitItem(t, store, federation.NewItemID("alba/news", "urn:1"))
}

// servePublic serves a whole hub over the region, web and worker, at an
// address that hubs know, until the test ends. It returns the hub's store.
func servePublic(t *testing.T, regionYAML string) federation.Store {
	t.Helper()
	store, _ := serveWhole(t, regionYAML)
	return store
}

// serveWhole is servePublic with the hub's address.
func serveWhole(t *testing.T, regionYAML string) (_ federation.Store, base string) {
	t.Helper()
	log, cmd := testLog(t), loopbackHub(t.TempDir())
	free, err := net.Listen("tcp", cmd.Listen)
	if err != nil {
		t.Fatal(err)
	}
	cmd.Roles, cmd.Listen = []string{"web", "worker"}, free.Addr().String()
	cmd.PublicURL = "http://" + cmd.Listen
	free.Close()
	ctx, stop := context.WithCancel(context.Background())
	store, err := openStore(ctx, log, cmd.hubConfig)
	if err != nil {
		t.Fatal(err)
	}
	r, err := region.Parse("test.yaml", []byte(regionYAML), regionOptions(nil, false))
	if err == nil {
		_, err = region.Apply(ctx, store, r, time.Now(), false)
	}
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- cmd.serve(ctx, log, func() {}, func(string, federation.Store) {}) }()
	t.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			t.Errorf("serve: %v", err)
		}
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return store, cmd.PublicURL
}

// waitItem waits until the item is there.
func waitItem(t *testing.T, store federation.Store, id string) {
	t.Helper()
	ctx := t.Context()
	var at federation.Cursor
	for {
		if _, err := store.Item(ctx, id); err == nil {
			return
		}
		if err := store.WaitChange(ctx, at); err != nil {
			t.Fatalf("item %s is not there: %v", id, err)
		}
		changes, err := store.Changes(ctx, at, 1000)
		if err != nil {
			t.Fatal(err)
		}
		at = federation.Cursor(changes[len(changes)-1].Seq)
	}
}

func within[T any](t *testing.T, c <-chan T) T {
	t.Helper()
	select {
	case v := <-c:
		return v
	case <-worktest.Patience(t):
		t.Fatal("nothing came")
		panic("unreachable")
	}
}
