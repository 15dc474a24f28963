package cache

import (
	"context"
	"net/http"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/singleflight"

	"github.com/plonegov/carillon/api/web"
	"github.com/plonegov/carillon/search"
)

const (
	// keptFor bounds the life of an answer that no change touches: what an
	// answer shows and the log does not tell, such as how a source calls itself.
	keptFor = time.Hour
	// buildWithin bounds the making of an answer, which outlives the request
	// that began it because others may be waiting for the same.
	buildWithin = 10 * time.Second
	// remembered is how many touches a build may last through and still have
	// its answer kept.
	remembered = 64
)

// Cache keeps answers by key, those asked for lately, until a change touches
// them. Safe for concurrent use.
type Cache struct {
	now     func() time.Time
	flights singleflight.Group
	entries *Recent[*entry]

	mu      sync.Mutex
	seq     atomic.Uint64   // of the last touch
	touches []*search.Touch // the last ones, newest at the end
}

// entry is an answer with what must still hold for it to be given.
type entry struct {
	answer *web.Answer
	reads  *search.Reads
	until  time.Time
	stale  atomic.Bool
}

// New returns a cache that takes about max bytes.
func New(max int, now func() time.Time) *Cache {
	return &Cache{now: now, entries: NewRecent[*entry](max)}
}

// Find returns the answer kept under key, nil when there is none that holds.
func (c *Cache) Find(key string) *web.Answer {
	e, ok := c.entries.Get(key)
	if !ok || e.stale.Load() || !c.now().Before(e.until) {
		return nil
	}
	return e.answer
}

// Get returns the answer kept under key, or the one that build makes; what
// build reads by its context decides how long it is kept. Builds of one key at
// the same time are one. An error, and a status other than 200, is not kept.
func (c *Cache) Get(ctx context.Context, key string, build func(context.Context) (*web.Answer, error)) (*web.Answer, error) {
	if a := c.Find(key); a != nil {
		return a, nil
	}
	// Taken before the build: who asks after a change does not join a build
	// from before it.
	seq := c.seq.Load()
	v, err, _ := c.flights.Do(strconv.FormatUint(seq, 36)+" "+key, func() (any, error) {
		reads := &search.Reads{}
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), buildWithin)
		defer cancel()
		a, err := build(search.WithReads(ctx, reads))
		if err != nil {
			return nil, err
		}
		if a.Status == http.StatusOK {
			c.put(key, a, reads, seq)
		}
		return a, nil
	})
	if err != nil {
		return nil, err
	}
	return v.(*web.Answer), nil
}

// put keeps what was begun after the touch seq, unless a later one touches it.
func (c *Cache) put(key string, a *web.Answer, reads *search.Reads, seq uint64) {
	until, ok := reads.Kept()
	if !ok {
		return
	}
	e := &entry{answer: a, reads: reads, until: c.now().Add(keptFor)}
	if !until.IsZero() && until.Before(e.until) {
		e.until = until
	}
	size := len(key) + a.Size() + reads.Settle()
	c.mu.Lock()
	defer c.mu.Unlock()
	missed := int(c.seq.Load() - seq)
	if missed > len(c.touches) {
		return
	}
	for _, t := range c.touches[len(c.touches)-missed:] {
		if reads.Touched(t) {
			return
		}
	}
	c.entries.Put(key, e, size)
}

// Touch drops what t makes stale. It returns when nothing stale is given any
// more.
func (c *Cache) Touch(t *search.Touch) {
	c.mu.Lock()
	c.seq.Add(1)
	c.touches = append(c.touches, t)
	if len(c.touches) > remembered {
		c.touches = append([]*search.Touch(nil), c.touches[1:]...)
	}
	c.mu.Unlock()
	c.entries.drop(func(e *entry) bool {
		if e.reads.Touched(t) {
			e.stale.Store(true)
		}
		return e.stale.Load()
	})
}
