package embed

import (
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/singleflight"

	"github.com/plonegov/carillon/federation"
)

const (
	// freshFor bounds how long bytes live without being told of a change: the
	// index may have followed the log only after the cache did.
	freshFor = 5 * time.Second
	// cacheBytes bounds each of the two generations of entries.
	cacheBytes = 32 << 20
)

// cache holds answers by key. It keeps those asked for lately: when the young
// generation is full it becomes the old one, and the old one is dropped.
type cache struct {
	now     func() time.Time
	changes atomic.Uint64 // how often expire was called
	flights singleflight.Group

	mu         sync.RWMutex
	young, old map[string]*entry
	size       int // bytes in young
}

// entry is an answer with what must still hold for it to be given.
type entry struct {
	answer    *answer
	changes   uint64
	catalogue *federation.Catalogue
	until     time.Time
}

func newCache(now func() time.Time) *cache {
	return &cache{now: now, young: map[string]*entry{}, old: map[string]*entry{}}
}

// expire makes every entry stale.
func (c *cache) expire() { c.changes.Add(1) }

// get returns the answer kept under key, or the one that build makes. Builds
// of one key at the same time are one build. An error is not kept.
func (c *cache) get(key string, cat *federation.Catalogue, build func() (*answer, error)) (*answer, error) {
	if e := c.find(key); e != nil && e.catalogue == cat && e.changes == c.changes.Load() && c.now().Before(e.until) {
		return e.answer, nil
	}
	// Taken before the build: a change during it makes the entry stale, and
	// who asks after the change does not join a build from before it.
	e := &entry{changes: c.changes.Load(), catalogue: cat}
	flight := strconv.FormatUint(e.changes, 36) + " " + key
	v, err, _ := c.flights.Do(flight, func() (any, error) {
		a, err := build()
		if err != nil {
			return nil, err
		}
		e.answer, e.until = a, c.now().Add(freshFor)
		c.put(key, e)
		return a, nil
	})
	if err != nil {
		return nil, err
	}
	return v.(*answer), nil
}

func (c *cache) find(key string) *entry {
	c.mu.RLock()
	defer c.mu.RUnlock()
	if e := c.young[key]; e != nil {
		return e
	}
	return c.old[key]
}

func (c *cache) put(key string, e *entry) {
	size := len(key) + e.answer.size()
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.size+size > cacheBytes {
		c.old, c.young, c.size = c.young, map[string]*entry{}, 0
	}
	if was := c.young[key]; was != nil {
		c.size -= len(key) + was.answer.size()
	}
	c.young[key] = e
	c.size += size
}
