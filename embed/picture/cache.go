package picture

import (
	"container/list"
	"sync"
	"time"
)

const (
	// cacheBytes bounds what is kept, in bytes.
	cacheBytes = 64 << 20
	// overhead is what an entry takes besides its key and its pictures.
	overhead = 256
)

// cache keeps the pictures asked for last, and the failures.
type cache struct {
	max int

	mu      sync.Mutex
	entries map[string]*list.Element
	order   *list.List // of *entry, the latest asked for in front
	size    int
}

type entry struct {
	key     string
	picture *picture  // nil = there is none to be had
	until   time.Time // zero = for ever
}

func (e *entry) size() int {
	n := len(e.key) + overhead
	if e.picture != nil {
		n += e.picture.size()
	}
	return n
}

func newCache(max int) *cache {
	return &cache{max: max, entries: map[string]*list.Element{}, order: list.New()}
}

// get reports whether something is known under key.
func (c *cache) get(key string, now time.Time) (*picture, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	at := c.entries[key]
	if at == nil {
		return nil, false
	}
	e := at.Value.(*entry)
	if !e.until.IsZero() && !now.Before(e.until) {
		c.drop(at)
		return nil, false
	}
	c.order.MoveToFront(at)
	return e.picture, true
}

// put keeps p under key until a time, or for ever.
func (c *cache) put(key string, p *picture, until time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if at := c.entries[key]; at != nil {
		c.drop(at)
	}
	e := &entry{key, p, until}
	c.entries[key] = c.order.PushFront(e)
	c.size += e.size()
	for c.size > c.max {
		c.drop(c.order.Back())
	}
}

func (c *cache) drop(at *list.Element) {
	e := c.order.Remove(at).(*entry)
	delete(c.entries, e.key)
	c.size -= e.size()
}
