package harvester

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/safehttp"
)

// hosts are sites that note who asks them when, whichever process it is.
type hosts struct {
	t     *testing.T
	mu    sync.Mutex
	busy  map[string]bool
	free  map[string]time.Time // when the last request to a host ended
	asked map[string][]time.Time
}

// client is the guarded client of one process: it keeps its gap to what it
// asked itself.
type client struct {
	*hosts
	mu   sync.Mutex
	last map[string]time.Time
}

const testGap = time.Second

func (c *client) Pace(address string) (time.Time, time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if last := c.last[federation.HostOf(address)]; !last.IsZero() {
		return last.Add(testGap), testGap
	}
	return time.Time{}, testGap
}

func (c *client) Get(ctx context.Context, req safehttp.Request) (*safehttp.Response, error) {
	host := federation.HostOf(req.URL)
	next, _ := c.Pace(req.URL)
	pause(ctx, time.Until(next))
	n := c.start(host, req.URL)
	time.Sleep(300 * time.Millisecond)
	c.end(host)
	c.mu.Lock()
	c.last[host] = time.Now()
	c.mu.Unlock()
	return &safehttp.Response{Status: 200, Header: http.Header{}, URL: req.URL, Body: fmt.Appendf(nil, `{"id":"1","title":"State %d"}`, n)}, nil
}

func (h *hosts) start(host, url string) int {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.busy[host] {
		h.t.Errorf("%s is asked by two at the same time", host)
	}
	if gap := time.Since(h.free[host]); gap < testGap {
		h.t.Errorf("%s is asked %v after the last request, want %v or more", host, gap, testGap)
	}
	h.busy[host] = true
	h.asked[url] = append(h.asked[url], time.Now())
	return len(h.asked[url])
}

func (h *hosts) end(host string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.busy[host], h.free[host] = false, time.Now()
}

// TestTwoProcesses: on one store they are as polite as one, ask nothing twice
// and lose no change.
func TestTwoProcesses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const perHost, every = 10, time.Minute
		store := newStore(t)
		sites := &hosts{t: t, busy: map[string]bool{}, free: map[string]time.Time{}, asked: map[string][]time.Time{}}
		var running []running
		for range 2 {
			running = append(running, runOn(t, store, &client{hosts: sites, last: map[string]time.Time{}}))
		}
		var sources []federation.Source
		for i := range 20 * perHost {
			sources = append(sources, running[0].source(federation.Source{Member: "m", Slug: fmt.Sprint("s", i), Every: every,
				URL: fmt.Sprintf("https://h%d.example/%d", i%20, i)}))
		}
		time.Sleep(10 * time.Minute)
		for _, r := range running {
			r.stop()
		}
		for _, src := range sources {
			times := sites.asked[src.URL]
			if len(times) < 8 {
				t.Errorf("%s was asked %d times in ten minutes, want 8 or more", src.Name(), len(times))
			}
			for i := 1; i < len(times); i++ {
				if d := times[i].Sub(times[i-1]); d < every*9/10 {
					t.Errorf("%s was asked again after %v", src.Name(), d)
				}
			}
			it, err := store.Item(t.Context(), federation.NewItemID(src.Name(), "1"))
			// The last request may have been under way when its process stopped.
			if err != nil || it.Title != fmt.Sprintf("State %d", it.Version) || it.Version < len(times)-1 {
				t.Errorf("%s holds version %d %q, %v after %d requests", src.Name(), it.Version, it.Title, err, len(times))
			}
		}
	})
}
