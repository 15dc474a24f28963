package harvester

import (
	"context"
	"net/http"
	"sync"
	"time"

	"github.com/plonegov/carillon/federation"
)

const (
	maxQuiet     = 24 * time.Hour // the longest a host is left alone for a Retry-After
	defaultQuiet = time.Hour      // for a 429 that does not say how long
)

// quiet remembers until when hosts asked to be left alone (Retry-After, RFC
// 9110, 10.2.3): all sources of a host wait, not only the one that was told.
// What it knew comes back from the states of the sources after a restart.
type quiet struct {
	mu     sync.Mutex
	loaded bool
	hosts  map[string]time.Time
}

// until is when the host of the address may be asked again; the zero time when
// it may be now.
func (q *quiet) until(ctx context.Context, store federation.Directory, host string, now time.Time) (time.Time, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if !q.loaded {
		if err := q.load(ctx, store, now); err != nil {
			return time.Time{}, err
		}
		q.loaded = true
	}
	t := q.hosts[host]
	if !t.After(now) {
		delete(q.hosts, host)
		return time.Time{}, nil
	}
	return t, nil
}

func (q *quiet) load(ctx context.Context, store federation.Directory, now time.Time) error {
	q.hosts = map[string]time.Time{}
	states, err := store.SourceStates(ctx)
	if err != nil {
		return err
	}
	for name, s := range states {
		if !s.QuietUntil.After(now) {
			continue
		}
		src, err := store.Source(ctx, name)
		if err != nil {
			continue // removed meanwhile
		}
		q.put(hostOf(s.URL(src)), s.QuietUntil)
	}
	return nil
}

// hush notes that the host asked to be left alone.
func (q *quiet) hush(host string, until time.Time) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.hosts == nil {
		q.hosts = map[string]time.Time{}
	}
	q.put(host, until)
}

func (q *quiet) put(host string, until time.Time) {
	if until.After(q.hosts[host]) {
		q.hosts[host] = until
	}
}

// quietFor is how long a host is to be left alone after a failure with the
// status, of which the server said after; 0 = no longer than any failure.
func quietFor(status int, after time.Duration) time.Duration {
	if status != http.StatusTooManyRequests && status != http.StatusServiceUnavailable {
		return 0
	}
	return min(after, maxQuiet)
}
