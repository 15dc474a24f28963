package meili_test

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"sync/atomic"
	"testing"

	"github.com/plonegov/carillon/search"
	"github.com/plonegov/carillon/search/meili"
	"github.com/plonegov/carillon/search/meili/meilitest"
	"github.com/plonegov/carillon/search/searchtest"
)

// TestIndex runs the suite on the stand-in, and on a real server where
// CARILLON_TEST_MEILI_URL names one.
func TestIndex(t *testing.T) {
	t.Run("StandIn", func(t *testing.T) {
		runAll(t, func(t *testing.T) *meili.Index {
			x, _ := standIn(t)
			return x
		})
	})
	if server := os.Getenv("CARILLON_TEST_MEILI_URL"); server != "" {
		t.Run("OnServer", func(t *testing.T) { onServer(t, server) })
	}
}

// runAll runs the suite of all engines and the cases of this one.
func runAll(t *testing.T, newIndex func(t *testing.T) *meili.Index) {
	for _, c := range own {
		t.Run(c.name, func(t *testing.T) { c.run(t, newIndex(t)) })
	}
	searchtest.Run(t, func(t *testing.T) search.Index { return newIndex(t) })
}

var made atomic.Int64

func onServer(t *testing.T, server string) {
	runAll(t, func(t *testing.T) *meili.Index {
		x := open(t, meili.Config{URL: server, Key: os.Getenv("CARILLON_TEST_MEILI_KEY"), Name: fmt.Sprintf("carillon-test-%d-%d", os.Getpid(), made.Add(1))})
		t.Cleanup(func() {
			if err := x.Remove(context.WithoutCancel(t.Context())); err != nil { // the test is over
				t.Logf("the test's index could not be deleted: %v", err)
			}
		})
		return x
	})
}

func standIn(t *testing.T) (*meili.Index, *meilitest.Server) {
	t.Helper()
	s := meilitest.New(t)
	return open(t, meili.Config{URL: s.URL, Key: meilitest.MasterKey}), s
}

// open returns an index that is there and empty.
func open(t *testing.T, c meili.Config) *meili.Index {
	t.Helper()
	x, err := meili.New(slog.New(slog.NewTextHandler(t.Output(), nil)), c)
	if err != nil {
		t.Fatal(err)
	}
	if err := x.Reset(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := x.Close(); err != nil {
			t.Error(err)
		}
	})
	return x
}
