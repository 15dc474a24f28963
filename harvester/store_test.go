package harvester

import (
	"log/slog"
	"path/filepath"
	"testing"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/sqlite"
	"github.com/plonegov/carillon/federation/storetest"
)

// engines are the stores that cases are played on.
var engines = map[string]func(*testing.T) federation.Store{"memory": newStore, "sqlite": newSQLite}

func newSQLite(t *testing.T) federation.Store {
	t.Helper()
	s, err := sqlite.Open(t.Context(), slog.New(slog.DiscardHandler), filepath.Join(t.TempDir(), "carillon.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func newStore(t *testing.T) federation.Store {
	t.Helper()
	return storetest.Twice(storetest.NewMem())
}
