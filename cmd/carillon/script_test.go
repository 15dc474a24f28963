package main

import (
	"context"
	"crypto/sha256"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == "read-file" { // the child of a hub that runs in a test
		os.Exit(run(context.Background(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
	}
	testscript.Main(m, map[string]func(){
		"carillon": func() {
			if err := dropRoot(); err != nil {
				fmt.Fprintln(os.Stderr, err)
				os.Exit(125)
			}
			os.Exit(run(context.Background(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
		},
	})
}

// TestScripts runs the command as its users type it. $SITE is a loopback
// server of the script's own folder "site"; a file name.status beside a file
// holds the status to answer with.
func TestScripts(t *testing.T) {
	cmds := map[string]func(*testscript.TestScript, bool, []string){"exits": exits, "sub": sub}
	maps.Copy(cmds, diskCommands)
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			site := httptest.NewServer(folder(filepath.Join(env.WorkDir, "site")))
			env.Defer(site.Close)
			env.Setenv("SITE", site.URL)
			env.Setenv("SITE_ADDR", site.Listener.Addr().String())
			return reachable(env.WorkDir)
		},
		Cmds: cmds,
		Condition: func(name string) (bool, error) {
			if name != "mount" {
				return false, fmt.Errorf("unknown condition %q", name)
			}
			return canMount(), nil
		},
	})
}

// exits CODE COMMAND…: the command ends with the code.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits code command [arg…]")
	}
	err := ts.Exec(args[1], args[2:]...)
	code := 0
	if err != nil {
		var n int
		if _, scan := fmt.Sscanf(err.Error(), "exit status %d", &n); scan != nil {
			ts.Fatalf("%v", err)
		}
		code = n
	}
	if fmt.Sprint(code) != args[0] {
		ts.Fatalf("%s ended with %d, want %s", strings.Join(args[1:], " "), code, args[0])
	}
}

// sub FILE…: expand $VARIABLES in files.
func sub(ts *testscript.TestScript, neg bool, args []string) {
	for _, name := range args {
		path := ts.MkAbs(name)
		ts.Check(os.WriteFile(path, []byte(os.Expand(ts.ReadFile(name), ts.Getenv)), 0o600))
	}
}

// folder serves files with an ETag of their content, because a script changes
// them within the second that Last-Modified knows, and the status in
// name.status when it is there.
func folder(dir string) http.Handler {
	files := http.FileServer(http.Dir(dir))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		status, err := os.ReadFile(filepath.Join(dir, filepath.Base(r.URL.Path)+".status"))
		if err != nil {
			body, _ := os.ReadFile(filepath.Join(dir, filepath.Base(r.URL.Path)))
			w.Header().Set("ETag", fmt.Sprintf(`"%x"`, sha256.Sum256(body)))
			files.ServeHTTP(w, r)
			return
		}
		var code int
		fmt.Sscan(string(status), &code)
		w.WriteHeader(code)
	})
}
