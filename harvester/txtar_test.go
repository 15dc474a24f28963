package harvester

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/plonegov/carillon/federation"
)

var update = flag.Bool("update", false, "write want.json anew")

// round is what one harvest of a case came to.
type round struct {
	Asked   []string      `json:"asked"`
	Changes []string      `json:"changes,omitempty"`
	Items   []string      `json:"items,omitempty"` // where they differ from those of the round before
	Sources []outcomeLine `json:"sources"`
}

// outcomeLine is an outcome with the state after it.
type outcomeLine struct {
	Source   string                  `json:"source"`
	Result   Result                  `json:"result"`
	Counts   string                  `json:"counts"`
	Class    federation.FailureClass `json:"class,omitempty"`
	Status   int                     `json:"status,omitempty"`
	Message  string                  `json:"message,omitempty"`
	Failures int                     `json:"failures,omitempty"`
	ETag     string                  `json:"etag,omitempty"`
	Modified string                  `json:"last_modified,omitempty"`
	Mark     bool                    `json:"mark"`
	Held     int                     `json:"held,omitempty"`
	Warnings []string                `json:"warnings,omitempty"`
}

// TestCases plays testdata/*.txt. sources.json lists the sources; the files
// named by a number and an address are raw HTTP responses, from that round on;
// want.json is what each round comes to. The file "rounds" has one line a
// round, which may say "force" or the time that passes before it.
func TestCases(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, path := range paths {
		for engine, open := range engines {
			t.Run(strings.TrimSuffix(filepath.Base(path), ".txt")+"/"+engine, func(t *testing.T) {
				if !*update {
					t.Parallel()
				}
				testCase(t, path, open(t))
			})
		}
	}
}

func testCase(t *testing.T, path string, store federation.Store) {
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	got := lines(t, play(t, archive, store))
	if *update {
		setFile(archive, "want.json", got)
		if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(string(getFile(archive, "want.json")), string(got)); diff != "" {
		t.Errorf("%s (-want +got):\n%s", path, diff)
	}
}

// lines is a list of rounds in JSON, a line each.
func lines(t *testing.T, rounds []round) []byte {
	var b bytes.Buffer
	for i, r := range rounds {
		one, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "%c%s\n", ",["[min(i, 1)^1], one)
	}
	b.WriteString("]\n")
	return b.Bytes()
}

func getFile(a *txtar.Archive, name string) []byte {
	for _, f := range a.Files {
		if f.Name == name {
			return f.Data
		}
	}
	return nil
}

func setFile(a *txtar.Archive, name string, data []byte) {
	a.Files = slices.DeleteFunc(a.Files, func(f txtar.File) bool { return f.Name == name })
	a.Files = append(a.Files, txtar.File{Name: name, Data: data})
}

func play(t *testing.T, archive *txtar.Archive, store federation.Store) []round {
	w := newTestHub(t, store)
	var sources []federation.Source
	if err := json.Unmarshal(getFile(archive, "sources.json"), &sources); err != nil {
		t.Fatal(err)
	}
	for i, s := range sources {
		sources[i] = w.source(s)
	}
	var rounds []round
	var cursor federation.Cursor
	for i, words := range bytes.Split(bytes.TrimSuffix(getFile(archive, "rounds"), []byte("\n")), []byte("\n")) {
		for _, f := range archive.Files {
			if number, url, _ := strings.Cut(f.Name, " "); number == fmt.Sprint(i+1) {
				w.answer(url, string(f.Data))
			}
		}
		pass, err := time.ParseDuration(string(words))
		if err != nil {
			pass = time.Minute
		}
		w.pass(pass)
		outcomes := w.harvestAll(string(words) == "force", sources...)
		rounds = append(rounds, w.tell(sources, outcomes, &cursor))
	}
	for i := len(rounds) - 1; i > 0; i-- {
		if slices.Equal(rounds[i].Items, rounds[i-1].Items) {
			rounds[i].Items = nil
		}
	}
	return rounds
}

func (w *testHub) tell(sources []federation.Source, outcomes map[string]Outcome, cursor *federation.Cursor) round {
	r := round{Asked: w.look(), Items: w.items()}
	for _, c := range w.changes(cursor) {
		r.Changes = append(r.Changes, string(c.Kind))
	}
	for _, name := range slices.Sorted(maps.Keys(outcomes)) {
		out := outcomes[name]
		i := slices.IndexFunc(sources, func(s federation.Source) bool { return s.Name() == name })
		s := w.state(sources[i])
		one := outcomeLine{Source: name, Result: out.Result, Failures: s.Failures, ETag: s.ETag, Modified: s.LastModified, Mark: s.BodyHash != "", Held: s.Held,
			Counts: fmt.Sprintf("%d items, %d new, %d changed, %d withdrawn", out.Items, out.New, out.Changed, out.Withdrawn)}
		if f := s.Failure; f != nil {
			one.Class, one.Status, one.Message = f.Class, f.Status, w.madeUp(f.Message)
		}
		for _, warning := range s.Warnings {
			one.Warnings = append(one.Warnings, w.madeUp(warning))
		}
		if (s.Failure != nil) != (out.Result == Failed) && out.Result != Waiting || s.Items != out.Items {
			w.t.Errorf("%s: state %+v does not tell of outcome %+v", name, s, out)
		}
		r.Sources = append(r.Sources, one)
	}
	return r
}

// madeUp undoes real.
func (w *testHub) madeUp(text string) string {
	for name, address := range w.hosts {
		text = strings.ReplaceAll(text, address, name)
	}
	return text
}
