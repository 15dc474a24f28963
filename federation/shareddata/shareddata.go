// Package shareddata finds, for tests, the shared test data that lies beside
// the repository.
//
// It reads nothing itself and is never imported by production code. It
// guarantees that a developer without the data sees a skipped test, and that
// continuous integration without the data sees a failed one.
package shareddata

import (
	"os"
	"path/filepath"
	"testing"
)

// Dir returns the folder or file at elem inside the shared data: under
// $CARILLON_SHARED/data when that variable is set, otherwise under
// ../shared/data next to the repository root, which is the nearest parent of
// the working directory with a go.mod.
//
// When the path does not exist the test is skipped, or fails when the
// environment has CI=true. The data is read-only: copy before changing it.
func Dir(t testing.TB, elem ...string) string {
	t.Helper()
	shared, err := root()
	if err != nil {
		missing(t, err)
	}
	path := filepath.Join(append([]string{shared, "data"}, elem...)...)
	if _, err := os.Stat(path); err != nil {
		missing(t, err)
	}
	return path
}

func root() (string, error) {
	if dir := os.Getenv("CARILLON_SHARED"); dir != "" {
		return dir, nil
	}
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return filepath.Join(filepath.Dir(dir), "shared"), nil
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return "", os.ErrNotExist
		}
		dir = parent
	}
}

func missing(t testing.TB, err error) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatalf("shared data not present: %v", err)
	}
	t.Skipf("shared data not present: %v", err)
}
