package browsertest_test

import (
	"bufio"
	_ "embed"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/plonegov/carillon/embed/browsertest"
	"github.com/plonegov/carillon/federation/markup"
	"github.com/plonegov/carillon/federation/shareddata"
)

// hooks replaces alert and its like by a counter, in every frame.
//
//go:embed testdata/hooks.js
var hooks string

// harness shows fragments in frames and pokes every element.
//
//go:embed testdata/harness.html
var harness string

type fragment struct {
	ID   string `json:"id"`
	HTML string `json:"html"`
}

// TestHostileMarkup is the browser's part of oracle A of the hostile corpus:
// what the sanitiser lets through never runs, though it does run unsanitised.
func TestHostileMarkup(t *testing.T) {
	raw, wantFires := readFragments(t)
	b := browsertest.New(t)
	url := site(t, map[string]string{"/": harness})

	t.Run("raw fires", func(t *testing.T) {
		fired := show(t, b, url, slices.DeleteFunc(slices.Clone(raw), func(f fragment) bool {
			return !slices.Contains(wantFires, f.ID)
		}))
		n := 0
		for _, id := range wantFires {
			if slices.Contains(fired, id) {
				n++
			}
		}
		t.Logf("%d of %d fragments known to run did run", n, len(wantFires))
		if n*10 < len(wantFires)*9 {
			t.Errorf("%d of %d fragments known to run did run; the harness is blind below 90%%", n, len(wantFires))
		}
	})

	t.Run("sanitised never fires", func(t *testing.T) {
		var clean []fragment
		seen := map[string]bool{}
		for _, f := range raw {
			// Many cases come out as the same text, which needs one look.
			if html := markup.Sanitise(f.HTML, nil).String(); !seen[html] {
				seen[html] = true
				clean = append(clean, fragment{f.ID, html})
			}
		}
		t.Logf("%d fragments came out as %d different ones", len(raw), len(clean))
		for _, id := range show(t, b, url, clean) {
			i := slices.IndexFunc(clean, func(f fragment) bool { return f.ID == id })
			if i < 0 {
				t.Errorf("a script ran outside the frames")
				continue
			}
			t.Errorf("%s ran: sanitised it is %q", id, clean[i].HTML)
		}
	})
}

// show shows the fragments, some at a time, and returns the IDs of those that
// ran, with "" for a script that ran outside their frames.
func show(t *testing.T, b *browsertest.Browser, url string, fragments []fragment) []string {
	t.Helper()
	var fired []string
	for batch := range slices.Chunk(fragments, 80) {
		arg, err := json.Marshal(batch)
		if err != nil {
			t.Fatal(err)
		}
		var ids []string
		p := b.Open(t, url, browsertest.Script(hooks))
		p.Eval("show("+string(arg)+")", &ids)
		p.Close()
		fired = append(fired, ids...)
	}
	return fired
}

// readFragments returns the cases of hostile/xss and the IDs of those known to
// run script when nobody sanitises them.
func readFragments(t *testing.T) (cases []fragment, fires []string) {
	t.Helper()
	dir := shareddata.Dir(t, "hostile", "xss")
	files, err := filepath.Glob(filepath.Join(dir, "*.jsonl"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases in %s: %v", dir, err)
	}
	for _, name := range files {
		cases = append(cases, readCases(t, name)...)
	}
	known, err := os.ReadFile(filepath.Join(dir, "fires-raw.json"))
	if err != nil {
		t.Fatal(err)
	}
	var list struct{ Fired []string }
	if err := json.Unmarshal(known, &list); err != nil || len(list.Fired) == 0 {
		t.Fatalf("fires-raw.json lists %d cases: %v", len(list.Fired), err)
	}
	return cases, list.Fired
}

func readCases(t *testing.T, name string) []fragment {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var cases []fragment
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var c struct{ ID, Input string }
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		cases = append(cases, fragment{c.ID, c.Input})
	}
	if err := lines.Err(); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return cases
}
