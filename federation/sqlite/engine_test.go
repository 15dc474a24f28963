package sqlite

import (
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/plonegov/carillon/federation"
)

// The tests of this file look behind the interface.

func openHere(t *testing.T) *Store {
	t.Helper()
	s, err := Open(t.Context(), slog.New(slog.NewTextHandler(t.Output(), nil)), filepath.Join(t.TempDir(), "carillon.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func (s *Store) must(t *testing.T, query string, args ...any) {
	t.Helper()
	if _, err := s.writer.ExecContext(t.Context(), query, args...); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
}

func saveOne(t *testing.T, s *Store, origin, summary string) error {
	t.Helper()
	return s.InTx(t.Context(), func(tx federation.Tx) error {
		return tx.SaveItem(t.Context(), federation.Item{ID: federation.NewItemID("alba/news", origin), Source: "alba/news", Member: "alba",
			OriginID: origin, Summary: summary, Version: 1}, time.Unix(1, 0))
	})
}

// TestPragmas: what the guarantees of the package rest on.
func TestPragmas(t *testing.T) {
	s := openHere(t)
	for pragma, want := range map[string]string{"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "busy_timeout": "5000"} {
		var got string
		if err := s.writer.QueryRowContext(t.Context(), "PRAGMA "+pragma).Scan(&got); err != nil || got != want {
			t.Errorf("PRAGMA %s = %q, %v, want %q", pragma, got, err, want)
		}
	}
	if _, err := s.readers.ExecContext(t.Context(), `DELETE FROM record`); err == nil {
		t.Error("a reading connection could write")
	}
}

// TestWakesAtOnce: those who wait in this process need not find a change by
// looking.
func TestWakesAtOnce(t *testing.T) {
	s := openHere(t)
	wake := s.news.next()
	if err := s.SaveCursor(t.Context(), "x", 1); err != nil {
		t.Fatal(err)
	}
	select {
	case <-wake:
		t.Error("a transaction without a change woke those who wait")
	default:
	}
	if err := saveOne(t, s, "1", ""); err != nil {
		t.Fatal(err)
	}
	select {
	case <-wake:
	default:
		t.Error("a change did not wake those who wait")
	}
}

// TestOlderPolicy: HTML that was stored under another policy is sanitised by
// the present one as it is read.
func TestOlderPolicy(t *testing.T) {
	s := openHere(t)
	if err := saveOne(t, s, "1", ""); err != nil {
		t.Fatal(err)
	}
	s.must(t, `UPDATE version SET content = '<p>a</p><script>alert(1)</script>', policy = 0`)
	it, err := s.Item(t.Context(), federation.NewItemID("alba/news", "1"))
	if err != nil || it.Content.String() != "<p>a</p>" {
		t.Errorf("Item(…).Content under an older policy = %q, %v, want %q", it.Content, err, "<p>a</p>")
	}
}

// TestTombstoneKeepsVersions: what left every output is still on record.
func TestTombstoneKeepsVersions(t *testing.T) {
	s := openHere(t)
	if err := saveOne(t, s, "1", "kept"); err != nil {
		t.Fatal(err)
	}
	id := federation.NewItemID("alba/news", "1")
	err := s.InTx(t.Context(), func(tx federation.Tx) error { return tx.WithdrawItem(t.Context(), id, "why", time.Unix(2, 0)) })
	if err != nil {
		t.Fatal(err)
	}
	var reason, data string
	err = s.readers.QueryRowContext(t.Context(),
		`SELECT reason, data FROM item JOIN version ON version.item = item.id WHERE id = $1`, id).Scan(&reason, &data)
	if err != nil || reason != "why" || !strings.Contains(data, "kept") {
		t.Errorf("the tombstone has reason %q and version %q, %v", reason, data, err)
	}
}

// TestPlans: no query that runs often reads a whole table.
func TestPlans(t *testing.T) {
	s := openHere(t)
	for name, query := range map[string]string{
		"heads": selectHeads, "item": selectItem, "items": selectItemsByID, "versions": selectVersions, "changes": selectChanges,
		"last change": selectLastChange, "expired": selectExpired, "leasable": `SELECT 1 ` + leasable, "lease": leaseTask,
	} {
		plan, err := collect(t.Context(), s.write, func(row scanner) (detail string, err error) {
			var id, parent, unused int
			err = row.Scan(&id, &parent, &unused, &detail)
			return detail, err
		}, "EXPLAIN QUERY PLAN "+query, 1, 2, 3, 4, 5)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for _, step := range plan {
			if strings.HasPrefix(step, "SCAN") && !strings.HasPrefix(step, "SCAN want") {
				t.Errorf("%s: %q in the plan %q", name, step, plan)
			}
		}
	}
}
