package local_test

import (
	"log/slog"
	"testing"

	"github.com/plonegov/carillon/search"
	"github.com/plonegov/carillon/search/local"
	"github.com/plonegov/carillon/search/searchtest"
)

func TestIndex(t *testing.T) {
	searchtest.Run(t, func(t *testing.T) search.Index { return open(t, "") })
}

// open returns an index that is closed when the test ends.
func open(t *testing.T, dir string) *local.Index {
	t.Helper()
	x, err := local.New(slog.New(slog.NewTextHandler(t.Output(), nil)), dir)
	if err != nil {
		t.Fatalf("New(%q): %v", dir, err)
	}
	t.Cleanup(func() {
		if err := x.Close(); err != nil {
			t.Errorf("Close() = %v", err)
		}
	})
	return x
}
