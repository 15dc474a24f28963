package harvester

import (
	"context"
	"log/slog"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/safehttp"
)

// TestRunAfterAKill: what a killed hub had in hand is taken up within 20 s.
func TestRunAfterAKill(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		site := &slowSite{body: map[string]string{"http://a.example/": `{"id":"1","title":"One"}`}}
		store := newStore(t)
		w := &testHub{t: t, store: store}
		src := w.source(federation.Source{Member: "a", Slug: "rss", URL: "http://a.example/"})
		if err := federation.PutTask(t.Context(), store, federation.Task{Kind: federation.TaskHarvest, Key: "a/rss", Due: time.Now()}); err != nil {
			t.Fatal(err)
		}
		killed := time.Now() // just after it claimed
		if tasks, err := store.ClaimTasks(t.Context(), federation.Claim{Kind: federation.TaskHarvest, Now: killed, Limit: 10, Lease: federation.Lease}); err != nil || len(tasks) != 1 {
			t.Fatalf("ClaimTasks = %v, %v", tasks, err)
		}
		r := run(t, store, site)
		time.Sleep(time.Minute)
		r.stop()
		asked := site.times(src.URL)
		if len(asked) == 0 || asked[0].Sub(killed) > 20*time.Second || asked[0].Sub(killed) < federation.Lease {
			t.Errorf("asked %v after the kill, want it within 20 s, once the lease of %v passed", asked, federation.Lease)
		}
		if items := r.items(); len(items) != 1 {
			t.Errorf("items: %q, want one", items)
		}
	})
}

// TestRunHoldsWhatIsSlow: a harvest that takes many leases, and one that waits
// for its host, stay with their hub while another one looks for work.
func TestRunHoldsWhatIsSlow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		site := &slowSite{takes: map[string]time.Duration{"http://a.example/1": 5 * time.Minute, "http://a.example/2": time.Minute},
			body: map[string]string{"http://a.example/1": `{"id":"1","title":"One"}`, "http://a.example/2": `{"id":"2","title":"Two"}`}}
		store := newStore(t)
		first := run(t, store, site)
		one := first.source(federation.Source{Member: "a", Slug: "one", URL: "http://a.example/1", Every: 24 * time.Hour})
		two := first.source(federation.Source{Member: "a", Slug: "two", URL: "http://a.example/2", Every: 24 * time.Hour})
		time.Sleep(10 * time.Second)
		second := run(t, store, site)
		time.Sleep(20 * time.Minute)
		first.stop()
		second.stop()
		for _, url := range []string{one.URL, two.URL} {
			if n := len(site.times(url)); n != 1 {
				t.Errorf("%s was asked %d times, want once", url, n)
			}
		}
		if items := first.items(); len(items) != 2 {
			t.Errorf("items: %q, want both", items)
		}
	})
}

// slowStore is a store that tells late that it has written.
type slowStore struct{ federation.Store }

func (s slowStore) InTx(ctx context.Context, fn func(federation.Tx) error) error {
	err := s.Store.InTx(ctx, fn)
	time.Sleep(federation.RenewEvery + time.Second)
	return err
}

// TestHarvestTellsWhatItSaved: a harvest that is saved, and its task given back
// with it, is told of, even when the renewal finds the task free meanwhile.
func TestHarvestTellsWhatItSaved(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		site := &slowSite{body: map[string]string{"http://a.example/": `{"id":"1","title":"One"}`}}
		w := &testHub{t: t, store: newStore(t)}
		src := w.source(federation.Source{Member: "a", Slug: "rss", URL: "http://a.example/"})
		h := New(slog.New(slog.NewTextHandler(t.Output(), nil)), slowStore{w.store}, site, []federation.Format{linesFormat()})
		for _, want := range []Result{Fetched, Unchanged} {
			var last Outcome
			sum, err := h.Harvest(t.Context(), []federation.Source{src}, Options{Progress: func(out Outcome) { last = out }})
			if err != nil || sum.Sources != 1 || last.Result != want {
				t.Errorf("Harvest = %+v, %v and %+v told, want one source %s", sum, err, last, want)
			}
		}
	})
}

// stoppedStore is a store as a hub sees it that is stopped (SIGSTOP) once it has
// claimed something: its leases pass.
type stoppedStore struct {
	federation.Store
	stopped atomic.Bool
}

func (s *stoppedStore) ClaimTasks(ctx context.Context, c federation.Claim) ([]federation.Task, error) {
	if s.stopped.Load() || c.Kind != federation.TaskHarvest {
		return nil, nil
	}
	tasks, err := s.Store.ClaimTasks(ctx, c)
	s.stopped.Store(len(tasks) > 0)
	return tasks, err
}

func (s *stoppedStore) RenewTasks(context.Context, []federation.Task, time.Time) ([]federation.Task, error) {
	return nil, federation.ErrUnavailable
}

// changingSite gives another document each time, the first one late.
type changingSite struct {
	slowSite
	bodies []string
	takes  []time.Duration
}

func (s *changingSite) Get(ctx context.Context, req safehttp.Request) (*safehttp.Response, error) {
	s.mu.Lock()
	n := min(len(s.asked[req.URL]), len(s.bodies)-1)
	s.mu.Unlock()
	once := &slowSite{body: map[string]string{req.URL: s.bodies[n]}, takes: map[string]time.Duration{req.URL: s.takes[n]}}
	s.mu.Lock()
	if s.asked == nil {
		s.asked = map[string][]time.Time{}
	}
	s.asked[req.URL] = append(s.asked[req.URL], time.Now())
	s.mu.Unlock()
	return once.Get(ctx, req)
}

// TestRunLostClaimSavesNothing: a hub that wakes after another one has read the
// source does not put the older text, nor an older state, in its place.
func TestRunLostClaimSavesNothing(t *testing.T) {
	for name, late := range map[string]string{"a text": `{"id":"1","title":"Old"}`, "a failure": `no list`, "none": ""} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				site := &changingSite{bodies: []string{late, `{"id":"1","title":"New"}`}, takes: []time.Duration{5 * time.Minute, time.Second}}
				store := newStore(t)
				first := runOn(t, &stoppedStore{Store: store}, site)
				src := first.source(federation.Source{Member: "a", Slug: "rss", URL: "http://a.example/", Every: 24 * time.Hour})
				time.Sleep(10 * time.Second)
				second := runOn(t, store, site)
				time.Sleep(time.Minute)
				want, items := first.state(src), first.items()
				if len(items) != 1 || want.LastSuccess.IsZero() {
					t.Fatalf("the second hub holds %q", items)
				}
				time.Sleep(10 * time.Minute)
				first.stop()
				second.stop()
				if got := first.state(src); got.LastFetch != want.LastFetch || got.Failures != 0 || len(got.Fetches) != 1 {
					t.Errorf("state after the first hub woke: %+v, want it as the second left it: %+v", got, want)
				}
				if got := first.items(); len(got) != 1 || got[0] != items[0] {
					t.Errorf("items %q, want %q", got, items)
				}
				if n := len(site.times(src.URL)); n != 2 {
					t.Errorf("the site was asked %d times, want once by each hub", n)
				}
			})
		})
	}
}
