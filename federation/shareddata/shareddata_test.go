package shareddata

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

// recorder stands in for a test, to see whether Dir skips or fails it.
type recorder struct {
	testing.TB
	skipped, failed bool
}

func (r *recorder) Helper()               {}
func (r *recorder) Skipf(string, ...any)  { r.skipped = true; runtime.Goexit() }
func (r *recorder) Fatalf(string, ...any) { r.failed = true; runtime.Goexit() }

func run(elem ...string) (*recorder, string) {
	r, path, done := &recorder{}, "", make(chan struct{})
	go func() {
		defer close(done)
		path = Dir(r, elem...)
	}()
	<-done
	return r, path
}

func TestDirBesideTheRepository(t *testing.T) {
	t.Setenv("CARILLON_SHARED", "")
	base := t.TempDir()
	want := filepath.Join(base, "shared", "data", "feeds", "parser")
	inside := filepath.Join(base, "repo", "a", "b")
	for _, dir := range []string{want, inside} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(base, "repo", "go.mod"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	t.Chdir(inside)
	if _, got := run("feeds/parser"); got != want {
		t.Errorf("Dir(%q) = %q, want %q", "feeds/parser", got, want)
	}
}

func TestDirFromTheEnvironment(t *testing.T) {
	base := t.TempDir()
	t.Setenv("CARILLON_SHARED", base)
	want := filepath.Join(base, "data", "ics")
	if err := os.MkdirAll(want, 0o755); err != nil {
		t.Fatal(err)
	}
	if _, got := run("ics"); got != want {
		t.Errorf("Dir(%q) = %q, want %q", "ics", got, want)
	}
}

func TestDirMissing(t *testing.T) {
	t.Setenv("CARILLON_SHARED", t.TempDir())
	for ci, want := range map[string]recorder{
		"":     {skipped: true},
		"true": {failed: true},
	} {
		t.Setenv("CI", ci)
		got, _ := run("absent")
		if got.skipped != want.skipped || got.failed != want.failed {
			t.Errorf("CI=%q: Dir(absent) skipped %v, failed %v; want %v, %v",
				ci, got.skipped, got.failed, want.skipped, want.failed)
		}
	}
}
