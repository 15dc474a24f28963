package harvester

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/safehttp"
)

// slowSite answers every address after a while, and remembers when it was
// asked.
type slowSite struct {
	takes map[string]time.Duration
	body  map[string]string

	mu    sync.Mutex
	asked map[string][]time.Time
}

// Pace implements [Fetcher].
func (*slowSite) Pace(string) (time.Time, time.Duration) { return time.Time{}, 0 }

func (s *slowSite) Get(ctx context.Context, req safehttp.Request) (*safehttp.Response, error) {
	s.mu.Lock()
	if s.asked == nil {
		s.asked = map[string][]time.Time{}
	}
	s.asked[req.URL] = append(s.asked[req.URL], time.Now())
	s.mu.Unlock()
	select {
	case <-time.After(s.takes[req.URL]):
	case <-ctx.Done():
		return nil, &safehttp.Error{Kind: safehttp.KindCanceled, URL: req.URL, Err: ctx.Err()}
	}
	body, ok := s.body[req.URL]
	if !ok {
		return nil, &safehttp.Error{Kind: safehttp.KindTimeout, URL: req.URL, Err: errors.New("too slow")}
	}
	return &safehttp.Response{Status: 200, Header: http.Header{}, URL: req.URL, Body: []byte(body)}, nil
}

func (s *slowSite) times(url string) []time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.asked[url])
}

// running is a Harvester that runs, in a bubble whose clock it goes by.
type running struct {
	*testHub
	stop func()
}

func run(t *testing.T, store federation.Store, site *slowSite) running { return runOn(t, store, site) }

func runOn(t *testing.T, store federation.Store, site Fetcher) running {
	h := New(slog.New(slog.NewTextHandler(t.Output(), nil)), store, site, []federation.Format{linesFormat()})
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	go func() { done <- h.Run(ctx) }()
	return running{&testHub{t: t, store: store, Harvester: h}, func() {
		cancel()
		if err := <-done; err != nil {
			t.Errorf("Run = %v, want nil when its context is done", err)
		}
	}}
}

func TestRun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		site := &slowSite{body: map[string]string{"http://a.example/": `{"id":"1","title":"One"}`, "http://b.example/": `{"id":"1","title":"One"}`}}
		r := run(t, newStore(t), site)
		start := time.Now()
		a := r.source(federation.Source{Member: "a", Slug: "rss", URL: "http://a.example/", Every: 10 * time.Minute})
		time.Sleep(time.Minute)
		// One that comes while the hub runs, and one that fails.
		b := r.source(federation.Source{Member: "b", Slug: "rss", URL: "http://b.example/", Cron: "*/5 * * * *"})
		c := r.source(federation.Source{Member: "c", Slug: "rss", URL: "http://c.example/"})
		time.Sleep(59 * time.Minute)
		r.stop()
		for url, want := range map[string][2]int{a.URL: {6, 7}, b.URL: {12, 13}, c.URL: {2, 3}} {
			asked := site.times(url)
			if n := len(asked); n < want[0] || n > want[1] {
				t.Errorf("%s was asked %d times in an hour, want %d to %d", url, n, want[0], want[1])
			}
		}
		if first := site.times(a.URL)[0].Sub(start); first > 3*time.Second {
			t.Errorf("a new source was asked after %v", first)
		}
		if first := site.times(b.URL)[0].Sub(start); first > 63*time.Second {
			t.Errorf("a source that came later was asked after %v", first)
		}
		if s := r.state(c); s.Failures < 2 || s.Failure == nil || s.Failure.Class != federation.FailTimeout {
			t.Errorf("state of the one that fails: %+v", s)
		}
		if items := r.items(); len(items) != 2 {
			t.Errorf("items: %q, want one of each", items)
		}
	})
}

// TestRunSlowHost has a host with many dead sources: the others are harvested
// in time.
func TestRunSlowHost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		site := &slowSite{takes: map[string]time.Duration{}, body: map[string]string{"http://good.example/": `{"id":"1","title":"One"}`}}
		var dead []string
		for i := range 100 {
			url := "http://dead.example/" + string(rune('a'+i%26)) + string(rune('a'+i/26))
			dead, site.takes[url] = append(dead, url), 30*time.Second
		}
		store := newStore(t)
		r := run(t, store, site)
		for _, url := range dead {
			r.source(federation.Source{Member: "dead", Slug: "s" + url[len(url)-2:], URL: url})
		}
		good := r.source(federation.Source{Member: "good", Slug: "rss", URL: "http://good.example/", Every: 5 * time.Minute})
		time.Sleep(time.Hour)
		if n := len(site.times(good.URL)); n < 11 {
			t.Errorf("the good source was asked %d times in an hour beside a dead host, want 11 or more", n)
		}
		r.stop()
	})
}

// TestRunStops has a hub that stops in the middle of a request: it leaves no
// lease, and no failure that was none; another hub goes on at once.
func TestRunStops(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		site := &slowSite{takes: map[string]time.Duration{"http://a.example/": 20 * time.Second}, body: map[string]string{"http://a.example/": `{"id":"1","title":"One"}`}}
		store := newStore(t)
		first := run(t, store, site)
		src := first.source(federation.Source{Member: "a", Slug: "rss", URL: "http://a.example/"})
		time.Sleep(10 * time.Second)
		first.stop()
		if s := first.state(src); s.Failure != nil || s.Failures != 0 || !s.LastSuccess.IsZero() {
			t.Errorf("state after stopping: %+v, want nothing said of the source", s)
		}
		tasks, err := store.ClaimTasks(t.Context(), federation.Claim{Kind: federation.TaskHarvest, Now: time.Now(), Limit: 10, Lease: time.Second})
		if err != nil || len(tasks) != 1 || tasks[0].Key != "a/rss" {
			t.Fatalf("ClaimTasks = %v, %v, want the task free and due", tasks, err)
		}
		if err := federation.FinishTask(t.Context(), store, tasks[0], time.Now()); err != nil {
			t.Fatal(err)
		}
		second := run(t, store, site)
		time.Sleep(25 * time.Second)
		second.stop()
		if items := second.items(); len(items) != 1 {
			t.Errorf("items after the second hub: %q, want one", items)
		}
		// A third finds nothing due.
		before := len(site.times(src.URL))
		third := run(t, store, site)
		time.Sleep(time.Minute)
		third.stop()
		if n := len(site.times(src.URL)); n != before {
			t.Errorf("a hub that starts again asked %d times before the source is due", n-before)
		}
	})
}

func TestRunExpires(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ends := time.Now().Add(30 * time.Minute).UTC().Format(time.RFC3339)
		site := &slowSite{body: map[string]string{"http://a.example/": `{"id":"1","title":"Fair","expires":"` + ends + `"}`}}
		r := run(t, newStore(t), site)
		r.source(federation.Source{Member: "a", Slug: "rss", URL: "http://a.example/", Every: 24 * time.Hour})
		time.Sleep(29 * time.Minute)
		if items := r.items(); len(items) != 1 {
			t.Errorf("items before the end date: %q", items)
		}
		time.Sleep(3 * time.Minute)
		if items := r.items(); len(items) != 0 {
			t.Errorf("items after the end date, the source not read again: %q", items)
		}
		if st, err := federation.StateOf(t.Context(), r.store, "a/rss"); err != nil || st.Items != 0 || st.LastSuccess.IsZero() {
			t.Errorf("SourceState after the end date = %+v, %v, want no items and the rest kept", st, err)
		}
		r.stop()
		if _, err := r.store.Item(t.Context(), federation.NewItemID("a/rss", "1")); !errors.Is(err, federation.ErrGone) {
			t.Errorf("Item = %v, want ErrGone", err)
		}
	})
}

// TestRunRemoved has a source that is removed: its task goes, and nothing is
// asked any more.
func TestRunRemoved(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		site := &slowSite{body: map[string]string{"http://a.example/": `{"id":"1","title":"One"}`}}
		store := newStore(t)
		r := run(t, store, site)
		src := r.source(federation.Source{Member: "a", Slug: "rss", URL: "http://a.example/", Every: time.Minute})
		time.Sleep(10 * time.Second)
		err := store.InTx(t.Context(), func(tx federation.Tx) error { return federation.Remove[federation.Source](t.Context(), tx, "a/rss") })
		if err != nil {
			t.Fatal(err)
		}
		// A hub that is behind puts it again.
		if err := federation.PutTask(t.Context(), store, federation.Task{Kind: federation.TaskHarvest, Key: "a/rss", Due: time.Now()}); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Hour)
		r.stop()
		if n := len(site.times(src.URL)); n != 1 {
			t.Errorf("a removed source was asked %d times, want once before", n)
		}
		if due, err := store.NextDue(t.Context(), federation.TaskHarvest); err != nil || !due.IsZero() {
			t.Errorf("NextDue = %v, %v, want no task left", due, err)
		}
	})
}

// TestHarvestStops has a context that ends while sources wait.
func TestHarvestStops(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		site := &slowSite{takes: map[string]time.Duration{"http://a.example/": time.Hour}}
		store := newStore(t)
		w := &testHub{t: t, store: store}
		src := w.source(federation.Source{Member: "a", Slug: "rss", URL: "http://a.example/"})
		h := New(slog.New(slog.DiscardHandler), store, site, []federation.Format{linesFormat()})
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		if sum, err := h.Harvest(ctx, []federation.Source{src}, Options{}); !errors.Is(err, context.DeadlineExceeded) || sum.Sources != 0 {
			t.Errorf("Harvest = %+v, %v, want the error of its context", sum, err)
		}
		if s := w.state(src); s.Failure != nil {
			t.Errorf("state = %+v, want nothing said of the source", s)
		}
	})
}

// removingSite is a site that takes so long that its source is removed meanwhile.
type removingSite struct {
	store federation.Store
	names []string
}

// Pace implements [Fetcher].
func (*removingSite) Pace(string) (time.Time, time.Duration) { return time.Time{}, 0 }

func (s *removingSite) Get(ctx context.Context, req safehttp.Request) (*safehttp.Response, error) {
	for _, name := range s.names {
		if err := s.store.InTx(ctx, func(tx federation.Tx) error { return federation.Remove[federation.Source](ctx, tx, name) }); err != nil {
			return nil, err
		}
	}
	s.names = nil
	return &safehttp.Response{Status: 200, Header: http.Header{}, URL: req.URL, Body: []byte(`{"id":"1","title":"One"}`)}, nil
}

func TestRemovedMeanwhile(t *testing.T) {
	for engine, open := range engines {
		store := open(t)
		w := &testHub{t: t, store: store}
		a := w.source(federation.Source{Member: "a", Slug: "rss", URL: "http://a.example/"})
		b := w.source(federation.Source{Member: "a", Slug: "two", URL: "http://a.example/2"})
		h := New(slog.New(slog.DiscardHandler), store, &removingSite{store, []string{"a/rss"}}, []federation.Format{linesFormat()})
		sum, err := h.Harvest(t.Context(), []federation.Source{a, b}, Options{})
		if items := w.items(); err != nil || sum.Sources != 1 || sum.New != 1 || len(items) != 1 || items[0] != "a/two 1 v1 One" {
			t.Errorf("%s: Harvest = %+v, %v with items %q, want those of the source that is left", engine, sum, err, items)
		}
	}
}
