package sqlite_test

import (
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/sqlite"
	"github.com/plonegov/carillon/federation/storetest"
)

func TestStore(t *testing.T) {
	storetest.Run(t, func(t *testing.T) federation.Store { return open(t, filepath.Join(t.TempDir(), "carillon.db")) })
}

// open opens a store that the test closes; closing it before is harmless.
func open(t testing.TB, path string) *sqlite.Store {
	t.Helper()
	s, err := sqlite.Open(t.Context(), slog.New(slog.NewTextHandler(t.Output(), nil)), path)
	if err != nil {
		t.Fatalf("Open(%q) = %v", path, err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("Close() = %v", err)
		}
	})
	return s
}

func newItem(origin string) federation.Item {
	return federation.Item{ID: federation.NewItemID("alba/news", origin), Member: "alba", Source: "alba/news",
		OriginID: origin, Type: federation.News, Title: "Titre " + origin, FirstSeen: time.Unix(1, 0).UTC(), Version: 1}
}

func save(t testing.TB, s *sqlite.Store, items ...federation.Item) {
	t.Helper()
	err := s.InTx(t.Context(), func(tx federation.Tx) error {
		for _, it := range items {
			if err := tx.SaveItem(t.Context(), it, time.Unix(2, 0)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatalf("InTx(SaveItem…) = %v", err)
	}
}

func TestKeptAcrossOpens(t *testing.T) {
	path := filepath.Join(t.TempDir(), "odd ?#%20 name é.db")
	s := open(t, path)
	save(t, s, newItem("1"))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if got, err := open(t, path).Item(t.Context(), newItem("1").ID); err != nil || got.Title != "Titre 1" {
		t.Errorf("Item(…) after opening again = %q, %v", got.Title, err)
	}
	if _, err := os.Stat(path); err != nil { // not a file whose name ends at the "?"
		t.Error(err)
	}
}

// TestOtherProcess has two stores on one file, as two processes would.
func TestOtherProcess(t *testing.T) {
	path := filepath.Join(t.TempDir(), "carillon.db")
	here, there := open(t, path), open(t, path)
	ctx := t.Context()
	got := make(chan error, 1)
	go func() { got <- here.WaitChange(ctx, 0) }()
	save(t, there, newItem("1"))
	if err := <-got; err != nil {
		t.Errorf("WaitChange(0) = %v, want nil for another process's change", err)
	}
	if _, err := here.Item(t.Context(), newItem("1").ID); err != nil {
		t.Errorf("Item(saved by another process) = %v", err)
	}
	save(t, here, newItem("2"))
	heads := 0
	if _, err := there.EachItem(t.Context(), federation.Part{}, func(federation.Item) error { heads++; return nil }); err != nil || heads != 2 {
		t.Errorf("EachItem(…) yields %d, %v, want 2", heads, err)
	}
}

// TestWritersOfTwoProcesses: both read and then write in one transaction,
// which would fail with SQLITE_BUSY if it did not begin IMMEDIATE.
func TestWritersOfTwoProcesses(t *testing.T) {
	path := filepath.Join(t.TempDir(), "carillon.db")
	stores := []*sqlite.Store{open(t, path), open(t, path)}
	it := newItem("1")
	save(t, stores[0], it)
	const each = 20
	ended := make(chan error, len(stores))
	for _, s := range stores {
		go func() {
			var faults error
			for range each {
				faults = errors.Join(faults, s.InTx(t.Context(), func(tx federation.Tx) error {
					heads, err := tx.Heads(t.Context(), it.Source)
					if err != nil {
						return err
					}
					it := it
					it.Version = heads[it.ID].Version + 1
					return tx.SaveItem(t.Context(), it, time.Unix(3, 0))
				}))
			}
			ended <- faults
		}()
	}
	for range stores {
		if err := <-ended; err != nil {
			t.Errorf("InTx(…) beside another process = %v", err)
		}
	}
	if list, err := stores[0].Versions(t.Context(), it.ID); err != nil || len(list) != 1+2*each {
		t.Errorf("Versions(…) has %d, %v, want %d", len(list), err, 1+2*each)
	}
}
