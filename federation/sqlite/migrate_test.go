package sqlite_test

import (
	"database/sql"
	"flag"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plonegov/carillon/federation/sqlite"
)

var update = flag.Bool("update", false, "rewrite testdata/schema.sql")

// raw opens the file beside the store.
func raw(t *testing.T, path string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// TestSchema compares what the migrations make with the golden dump, where a
// reviewer sees the whole schema and what a migration changes of it.
func TestSchema(t *testing.T) {
	path := filepath.Join(t.TempDir(), "carillon.db")
	open(t, path)
	rows, err := raw(t, path).QueryContext(t.Context(), `
		SELECT sql FROM sqlite_master
		WHERE sql IS NOT NULL AND tbl_name NOT LIKE 'sqlite_%' AND tbl_name NOT LIKE 'goose_%'
		ORDER BY tbl_name, type DESC, name`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var b strings.Builder
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			t.Fatal(err)
		}
		b.WriteString(text + ";\n\n")
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	const golden = "testdata/schema.sql"
	if *update {
		if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), b.String()); diff != "" {
		t.Errorf("schema differs from %s; see it with -update (-want +got):\n%s", golden, diff)
	}
}

func TestNewerSchemaRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "carillon.db")
	s := open(t, path)
	save(t, s, newItem("1"))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	db := raw(t, path)
	if _, err := db.ExecContext(t.Context(), `INSERT INTO goose_db_version (version_id, is_applied) VALUES (99, 1)`); err != nil {
		t.Fatal(err)
	}
	_, err := sqlite.Open(t.Context(), slog.New(slog.DiscardHandler), path)
	if err == nil {
		t.Fatal("Open(newer schema) succeeded")
	}
	for _, want := range []string{path, "schema 99", "newer Carillon"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("Open(newer schema) = %q, want it to say %q", err, want)
		}
	}
	if _, err := db.ExecContext(t.Context(), `DELETE FROM goose_db_version WHERE version_id = 99`); err != nil {
		t.Fatal(err)
	}
	if _, err := open(t, path).Item(t.Context(), newItem("1").ID); err != nil {
		t.Errorf("Item(…) after the refusal = %v, want it untouched", err)
	}
}

func TestOpenAtOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "carillon.db")
	var wg sync.WaitGroup
	for range 6 {
		wg.Go(func() {
			s, err := sqlite.Open(t.Context(), slog.New(slog.DiscardHandler), path)
			if err != nil {
				t.Errorf("Open(%q) beside others = %v", path, err)
				return
			}
			if err := s.Close(); err != nil {
				t.Errorf("Close() = %v", err)
			}
		})
	}
	wg.Wait()
}

func TestOpenFails(t *testing.T) {
	dir := t.TempDir()
	text := filepath.Join(dir, "text.db")
	if err := os.WriteFile(text, []byte(strings.Repeat("not a database, whatever its name says\n", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{text, filepath.Join(dir, "no", "such", "folder.db"), dir} {
		s, err := sqlite.Open(t.Context(), slog.New(slog.DiscardHandler), path)
		if err == nil {
			t.Errorf("Open(%q) succeeded", path)
			_ = s.Close()
		} else if !strings.Contains(err.Error(), path) {
			t.Errorf("Open(%q) = %q, want it to name the file", path, err)
		}
	}
	if b, err := os.ReadFile(text); err != nil || !strings.HasPrefix(string(b), "not a database") {
		t.Errorf("Open changed a file that is no database: %.40q, %v", b, err)
	}
}
