package main

import (
	"database/sql"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/sqlite"
	"github.com/plonegov/carillon/federation/worktest"
)

const (
	killedFeeds = 40
	killedItems = 20
	killedHosts = 4
	kills       = 20 // of each of the two kinds of harvest
	readyAgain  = 5 * time.Second
)

// TestKilled kills the hub with SIGKILL at random moments of a harvest, once in
// which all items are new and once in which all have changed, half of the
// times `carillon harvest` and half `carillon serve`. Whatever the moment: the
// database is whole, each source has all of its items or none, its validator is
// that of the items it has, a hub is ready again within five seconds, and one
// more harvest ends with every item once, at the version it should have.
func TestKilled(t *testing.T) {
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	moments := rand.New(rand.NewPCG(seed, 0))
	o := newEditions(t)
	program := released(t) // the race detector would only draw the moments out
	empty := applied(t, o.region())
	full := clone(t, empty)
	o.print(1)
	harvestAll(t, program, full)
	makeDue(t, full)
	for i, before := range []string{empty, full} {
		edition := i + 1
		o.print(edition)
		for _, command := range []string{"harvest", "serve"} {
			whole := o.duration(t, program, command, clone(t, before))
			cut, slowest := 0, time.Duration(0)
			for k := range kills / 2 {
				at := time.Duration((float64(k) + moments.Float64()) / (kills / 2) * float64(whole))
				data := clone(t, before)
				start(t, program, command, data).killAfter(at)
				if n := o.check(t, data, edition, at); n > 0 && n < killedFeeds {
					cut++
				}
				slowest = max(slowest, o.recovers(t, program, data, edition, at))
				if t.Failed() {
					t.Fatalf("%s of edition %d, killed after %v of %v", command, edition, at, whole)
				}
			}
			if cut == 0 {
				t.Errorf("%s of edition %d: none of %d kills in %v fell into the harvest; nothing was proved", command, edition, kills/2, whole)
			}
			t.Logf("%s of edition %d: killed %d times in %v, %d of them between two sources; ready again in %v at most", command, edition, kills/2, whole, cut, slowest)
		}
	}
}

func start(t *testing.T, program, command, data string) *process {
	t.Helper()
	if command == "harvest" {
		return begin(t, program, "harvest", "actus", "--data="+data, "--allow-private=127.0.0.1/32")
	}
	return begin(t, program, "serve", "--data="+data, "--listen=127.0.0.1:0", "--allow-private=127.0.0.1/32")
}

// editions is an origin whose feeds all come out anew at once, with validators
// that it heeds.
type editions struct {
	urls   []string
	waited bool

	mu      sync.Mutex
	edition int
	asked   map[string]bool // since the last edition
	all     chan struct{}   // closed when every feed was asked for
}

func newEditions(t *testing.T) *editions {
	o := &editions{}
	for range killedHosts { // feeds of one host are read one after the other
		s := httptest.NewServer(o)
		t.Cleanup(s.Close)
		o.urls = append(o.urls, s.URL)
	}
	return o
}

// print brings out an edition.
func (o *editions) print(edition int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.edition, o.asked, o.all = edition, map[string]bool{}, make(chan struct{})
}

func (o *editions) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	o.mu.Lock()
	edition := o.edition
	if !o.asked[r.URL.Path] {
		if o.asked[r.URL.Path] = true; len(o.asked) == killedFeeds {
			close(o.all)
		}
	}
	o.mu.Unlock()
	tag := fmt.Sprintf(`"%s-%d"`, r.URL.Path[1:], edition)
	w.Header().Set("ETag", tag)
	if r.Header.Get("If-None-Match") == tag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	var list []entry
	for n := range killedItems {
		list = append(list, entry{fmt.Sprint(n), fmt.Sprintf("Avis %d, édition %d", n, edition), fmt.Sprintf("https://example.org%s/%d", r.URL.Path, n), "Le texte."})
	}
	bytesOf("application/rss+xml", rssOf("Actualités", list...))(w, r)
}

func (o *editions) region() string {
	var y strings.Builder
	y.WriteString("members:\n")
	for i := range killedFeeds {
		fmt.Fprintf(&y, "  - slug: c%d\n    kind: commune\n    name: C%d\n    sources: [{slug: actus, url: %q}]\n", i, i, fmt.Sprintf("%s/%d", o.urls[i%killedHosts], i))
	}
	return y.String()
}

// duration is about how long the command takes for every feed: the time within
// which the kills are to fall.
func (o *editions) duration(t *testing.T, program, command, data string) time.Duration {
	t.Helper()
	o.print(o.edition)
	begin := time.Now()
	p := start(t, program, command, data)
	defer p.kill()
	select {
	case <-o.all:
	case <-worktest.Patience(t):
		t.Fatalf("%s has not asked for every feed: %s", command, p.errs.String())
	}
	return time.Since(begin) * 11 / 10 // what was answered last is still to be saved
}

// check looks at what a kill has left, and returns how many sources had been
// read by then.
func (o *editions) check(t *testing.T, data string, edition int, at time.Duration) (read int) {
	t.Helper()
	if got := queryText(t, data, `PRAGMA integrity_check`); got != "ok" {
		t.Errorf("killed after %v: integrity_check = %s", at, got)
	}
	versions := versionsOf(t, data)
	for i, state := range statesOf(t, data) {
		held := versions[fmt.Sprintf("c%d/actus", i)]
		want := map[int]int{}
		var had int
		if n, _ := fmt.Sscanf(state.ETag, fmt.Sprintf(`"%d-%%d"`, i), &had); n == 1 {
			want[had] = killedItems
		}
		if len(held) != len(want) || held[had] != want[had] {
			t.Errorf("killed after %v: source %d has the validator %q and items by version %v, want %v", at, i, state.ETag, held, want)
		}
		if had == edition {
			read++
		}
	}
	return read
}

// recovers starts a hub on what is left, which must be ready soon, then
// harvests once more. The hub is killed too: it may be at work again.
func (o *editions) recovers(t *testing.T, program, data string, edition int, at time.Duration) (ready time.Duration) {
	t.Helper()
	hub, _, ready := serveProcess(t, program, data)
	hub.kill()
	if ready > readyAgain {
		t.Errorf("killed after %v: ready again after %v, want %v at most", at, ready, readyAgain)
	}
	if !o.waited { // once as an operator would: for the leases of what was killed
		o.waited = true
	} else {
		leasesPass(t, data)
	}
	harvestAll(t, program, data)
	if read := o.check(t, data, edition, at); read != killedFeeds {
		t.Errorf("killed after %v: %d sources are read after one more harvest, want %d", at, read, killedFeeds)
	}
	const items, versions = killedFeeds * killedItems, `SELECT count(*) || ' items, ' || count(DISTINCT source || ' ' || origin_id) || ' of them distinct, ' ||
		(SELECT count(*) FROM version) || ' versions, ' || (SELECT count(*) FROM version WHERE title LIKE '%édition ' || number) || ' of them right' FROM item WHERE withdrawn IS NULL`
	want := fmt.Sprintf("%d items, %d of them distinct, %d versions, %d of them right", items, items, items*edition, items*edition)
	if got := queryText(t, data, versions); got != want {
		t.Errorf("killed after %v: the store holds %s, want %s", at, got, want)
	}
	return ready
}

// versionsOf counts the live items of each source by their version.
func versionsOf(t *testing.T, data string) map[string]map[int]int {
	t.Helper()
	store := openData(t, data)
	defer store.Close()
	out := map[string]map[int]int{}
	_, err := store.EachItem(t.Context(), federation.Part{}, func(it federation.Item) error {
		if out[it.Source] == nil {
			out[it.Source] = map[int]int{}
		}
		out[it.Source][it.Version]++
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func statesOf(t *testing.T, data string) []federation.SourceState {
	t.Helper()
	store := openData(t, data)
	defer store.Close()
	states, err := federation.States(t.Context(), store)
	if err != nil {
		t.Fatal(err)
	}
	var list []federation.SourceState
	for i := range killedFeeds {
		list = append(list, states[fmt.Sprintf("c%d/actus", i)])
	}
	return list
}

// makeDue gives every source a task that is due, as if its time had come.
func makeDue(t *testing.T, data string) {
	t.Helper()
	store := openData(t, data)
	defer store.Close()
	for i := range killedFeeds {
		task := federation.Task{Kind: federation.TaskHarvest, Key: fmt.Sprintf("c%d/actus", i), Due: time.Now()}
		if err := federation.PutTask(t.Context(), store, task); err != nil {
			t.Fatal(err)
		}
	}
}

// leasesPass ends the leases of processes that are dead, as the next fifteen
// seconds would.
func leasesPass(t *testing.T, data string) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(data, "carillon.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(t.Context(), `UPDATE task SET leased = 1 WHERE leased IS NOT NULL`); err != nil {
		t.Fatal(err)
	}
}

func harvestAll(t *testing.T, program, data string) {
	t.Helper()
	p := start(t, program, "harvest", data)
	<-p.ended
	if state := p.cmd.ProcessState; !state.Success() {
		t.Fatalf("harvest: %v: %s", state, p.errs.String())
	}
}

func openData(t *testing.T, data string) federation.Store {
	t.Helper()
	store, err := sqlite.Open(t.Context(), testLog(t), filepath.Join(data, "carillon.db"))
	if err != nil {
		t.Fatal(err)
	}
	return store
}

func queryText(t *testing.T, data, query string) (answer string) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(data, "carillon.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.QueryRowContext(t.Context(), query).Scan(&answer); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return answer
}

// clone copies a data folder that no process has open.
func clone(t *testing.T, data string) string {
	t.Helper()
	to := t.TempDir()
	if err := os.CopyFS(to, os.DirFS(data)); err != nil {
		t.Fatal(err)
	}
	return to
}
