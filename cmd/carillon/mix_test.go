package main

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/plonegov/carillon/federation"
)

const (
	healthySources = 80
	// mixEvery is shorter than a region file may ask for, so that a test can
	// see it repeated, and no shorter: the hub looks for what is due every two
	// seconds and spreads intervals by ±10 %, which alone makes up to 35
	// seconds of 30.
	mixEvery   = 30 * time.Second
	mixStart   = 8 * time.Second // within which all come due for the first time
	mixFor     = 43 * time.Second
	mixLate    = 1.2 // × mixEvery: the gate of the 95th percentile
	mixMaxPeak = 256 << 20
)

// TestHostileMix runs a hub on a hundred sources of which twenty do their
// worst, each on a host of its own: the others are read in their rhythm, none
// of them fails, and the hub stays small.
func TestHostileMix(t *testing.T) {
	if testing.Short() {
		t.Skip("takes as long as sources need to come round")
	}
	healthy := newRhythm(t)
	var y strings.Builder
	y.WriteString("members:\n  - slug: m\n    kind: commune\n    name: M\n    sources:\n")
	source := func(slug string, s *httptest.Server) {
		fmt.Fprintf(&y, "      - {slug: %s, url: %q}\n", slug, s.URL+"/"+slug)
	}
	for i := range healthySources {
		source(fmt.Sprintf("good-%d", i), hostOf(t, healthy))
	}
	bad := hostile(t)
	for i, b := range bad {
		source(fmt.Sprintf("bad-%d", i), hostOf(t, b.does))
	}
	if len(bad) != healthySources/4 {
		t.Fatalf("%d of %d sources are hostile, want 20 %%", len(bad), len(bad)+healthySources)
	}
	data := applied(t, y.String())
	quicken(t, data)
	p, hub, _ := serveProcess(t, released(t), data)
	select {
	case <-time.After(mixFor):
	case <-p.ended:
		t.Fatalf("the hub ended: %s", p.errs.String())
	}
	gaps := healthy.gaps(time.Now())
	health := healthOf(t, hub)
	if status, body := get(t, hub+"/readyz"); status != http.StatusOK {
		t.Errorf("GET /readyz = %d: %s", status, body)
	}
	peak := peakOf(t, p)
	p.kill()

	for i := range healthySources {
		if h := health[fmt.Sprintf("m/good-%d", i)]; h.LastError != nil || h.Items < 20 {
			t.Errorf("good-%d: %d items and the failure %+v", i, h.Items, h.LastError)
		}
	}
	for i, b := range bad {
		h := health[fmt.Sprintf("m/bad-%d", i)]
		if h.LastError == nil && len(h.Warnings) == 0 {
			t.Errorf("%s: its health says nothing", b.name)
		} else if h.LastError != nil {
			t.Logf("%-22s %s", b.name, h.LastError.Message)
		} else {
			t.Logf("%-22s %d items; %s", b.name, h.Items, h.Warnings[0])
		}
	}
	p95 := gaps[len(gaps)*95/100]
	t.Logf("%d gaps of %v: median %v, p95 %v, longest %v; peak %d MB", len(gaps), mixEvery, gaps[len(gaps)/2], p95, gaps[len(gaps)-1], peak>>20)
	if p95 > time.Duration(mixLate*float64(mixEvery)) {
		t.Errorf("95th percentile of the gaps between two fetches of a healthy source: %v, want %.1f × %v at most", p95, mixLate, mixEvery)
	}
	if peak > mixMaxPeak {
		t.Errorf("the hub had %d MB resident, want %d at most", peak>>20, mixMaxPeak>>20)
	}
}

func hostOf(t *testing.T, h http.Handler) *httptest.Server {
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	t.Cleanup(s.CloseClientConnections) // first: what drips would never end
	return s
}

// quicken gives all sources their short interval, and makes them look as if
// they had been read before: they come due one after the other, and their
// first interval is not drawn out.
func quicken(t *testing.T, data string) {
	t.Helper()
	store := openData(t, data)
	defer store.Close()
	sources, err := federation.All[federation.Source](t.Context(), store)
	if err != nil {
		t.Fatal(err)
	}
	rand.Shuffle(len(sources), func(i, k int) { sources[i], sources[k] = sources[k], sources[i] })
	save := func(do func(tx federation.Tx, i int, src federation.Source) error) {
		err := store.InTx(t.Context(), func(tx federation.Tx) error {
			for i, src := range sources {
				if err := do(tx, i, src); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	save(func(tx federation.Tx, _ int, src federation.Source) error {
		src.Every = mixEvery
		_, err := federation.Save(t.Context(), tx, src)
		return err
	})
	now := time.Now().Add(time.Millisecond) // after what was saved
	save(func(tx federation.Tx, i int, src federation.Source) error {
		return federation.SaveState(t.Context(), tx, federation.SourceState{Source: src.Name(),
			Health:   federation.Health{LastFetch: now, LastSuccess: now},
			Schedule: federation.Schedule{NextFetch: now.Add(mixStart * time.Duration(i) / time.Duration(len(sources)))}})
	})
}

// peakOf is the most memory that the process has had resident, in bytes.
func peakOf(t *testing.T, p *process) int {
	t.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		t.Logf("peak memory is not known here: %v", err)
		return 0
	}
	_, rest, _ := strings.Cut(string(status), "VmHWM:")
	kB, _, _ := strings.Cut(rest, "kB")
	n, err := strconv.Atoi(strings.TrimSpace(kB))
	if err != nil {
		t.Fatalf("VmHWM: %v in %s", err, status)
	}
	return n << 10
}

// rhythm is a publisher of healthy feeds, each with something new whenever it
// is asked. It keeps the times.
type rhythm struct {
	mu    sync.Mutex
	asked map[string][]time.Time
}

func newRhythm(*testing.T) *rhythm { return &rhythm{asked: map[string][]time.Time{}} }

func (h *rhythm) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.mu.Lock()
	h.asked[r.URL.Path] = append(h.asked[r.URL.Path], time.Now())
	n := len(h.asked[r.URL.Path])
	h.mu.Unlock()
	var list []entry
	for k := range 20 {
		list = append(list, entry{fmt.Sprint(n + k), fmt.Sprintf("Avis %d", n+k), fmt.Sprintf("https://example.org%s/%d", r.URL.Path, n+k), "Le texte."})
	}
	bytesOf("application/rss+xml", rssOf("Actualités", list...))(w, r)
}

// gaps are the times between two requests for a feed, in order. One that was
// not asked for again counts by how long it has waited, when that is too long
// already.
func (h *rhythm) gaps(now time.Time) (all []time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, asked := range h.asked {
		for i := 1; i < len(asked); i++ {
			all = append(all, asked[i].Sub(asked[i-1]))
		}
		if open := now.Sub(asked[len(asked)-1]); open > time.Duration(mixLate*float64(mixEvery)) {
			all = append(all, open)
		}
	}
	for range healthySources - len(h.asked) { // never asked for
		all = append(all, mixFor)
	}
	slices.Sort(all)
	return all
}
