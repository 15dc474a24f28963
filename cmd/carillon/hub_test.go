package main

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/netip"
	"testing"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/region"
	"github.com/plonegov/carillon/federation/worktest"
	"github.com/plonegov/carillon/harvester"
)

// testLog writes to the test's own log.
func testLog(t testing.TB) *slog.Logger {
	return slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn}))
}

// startHub runs a whole hub on loopback with the region, harvested once, and
// returns its address. It ends with the test.
func startHub(t testing.TB, regionYAML string) (base string) {
	t.Helper()
	data := t.TempDir()
	fillHub(t, loopbackHub(data).hubConfig, regionYAML)
	return serveData(t, data)
}

// loopbackHub serves the web side of a data folder at a free port.
func loopbackHub(data string) serveCommand {
	cmd := serveCommand{Roles: []string{"web"}}
	cmd.Data, cmd.Listen = data, "127.0.0.1:0"
	cmd.AllowPrivate = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}
	return cmd
}

// serveData serves the web side of a data folder until the test ends.
func serveData(t testing.TB, data string) (base string) {
	t.Helper()
	log, cmd := testLog(t), loopbackHub(data)
	ctx, stop := context.WithCancel(context.Background())
	ready, done := make(chan string, 1), make(chan error, 1)
	go func() {
		done <- cmd.serve(ctx, log, func() {}, func(base string, _ federation.Store) { ready <- base })
	}()
	t.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			t.Errorf("serve: %v", err)
		}
	})
	select {
	case base = <-ready:
	case err := <-done:
		done <- err
		t.Fatalf("serve: %v", err)
	case <-worktest.Patience(t):
		t.Fatal("the hub is not ready")
	}
	return base
}

func fillHub(t testing.TB, c hubConfig, regionYAML string) harvester.Summary {
	t.Helper()
	ctx, log := context.Background(), testLog(t)
	r, err := region.Parse("demo/test.yaml", []byte(regionYAML), regionOptions(nil, false))
	if err != nil {
		t.Fatal(err)
	}
	store, err := openStore(ctx, log, c)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	if _, err := region.Apply(ctx, store, r, time.Now(), false); err != nil {
		t.Fatal(err)
	}
	worker, client := newHarvester(log, store, c, "")
	defer client.Close()
	sum, err := worker.Harvest(ctx, r.Sources, harvester.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return sum
}

// get returns the status and body of a page.
func get(t testing.TB, url string) (int, string) {
	t.Helper()
	res, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, string(body)
}
