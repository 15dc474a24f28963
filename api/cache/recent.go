package cache

import "sync"

// Recent holds values by key within a number of bytes: what was not asked for
// while half of that came anew is dropped. Safe for concurrent use.
type Recent[V comparable] struct {
	half int

	mu         sync.RWMutex
	young, old map[string]sized[V]
	size       int // bytes in young
}

type sized[V comparable] struct {
	value V
	size  int
}

// NewRecent returns one that takes max bytes, as Put counts them.
func NewRecent[V comparable](max int) *Recent[V] {
	c := &Recent[V]{half: max / 2}
	c.Clear()
	return c
}

// Clear drops everything.
func (c *Recent[V]) Clear() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.young, c.old, c.size = map[string]sized[V]{}, map[string]sized[V]{}, 0
}

// Get returns what was put last under key.
func (c *Recent[V]) Get(key string) (V, bool) {
	c.mu.RLock()
	s, young := c.young[key]
	was, old := c.old[key]
	c.mu.RUnlock()
	if young || !old {
		return s.value, young
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.old[key] == was { // else dropped or replaced a moment ago
		delete(c.old, key)
		c.add(key, was)
	}
	return was.value, true
}

// Put keeps v, which takes size bytes with its key. What is larger than a
// quarter of everything is not kept.
func (c *Recent[V]) Put(key string, v V, size int) {
	if size > c.half/2 {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.old, key)
	c.add(key, sized[V]{v, size})
}

func (c *Recent[V]) add(key string, s sized[V]) {
	if c.size+s.size > c.half {
		c.old, c.young, c.size = c.young, map[string]sized[V]{}, 0
	}
	c.size += s.size - c.young[key].size
	c.young[key] = s
}

// drop drops the values that gone says. Nobody who gets or puts meanwhile
// waits for the asking; what is put meanwhile is not asked about.
func (c *Recent[V]) drop(gone func(V) bool) {
	c.mu.RLock()
	type held struct {
		key   string
		value V
	}
	all := make([]held, 0, len(c.young)+len(c.old))
	for _, m := range []map[string]sized[V]{c.old, c.young} {
		for key, s := range m {
			all = append(all, held{key, s.value})
		}
	}
	c.mu.RUnlock()
	n := 0
	for _, h := range all {
		if gone(h.value) {
			all[n] = h
			n++
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, h := range all[:n] {
		if s, ok := c.young[h.key]; ok && s.value == h.value {
			c.size -= s.size
			delete(c.young, h.key)
		}
		if s, ok := c.old[h.key]; ok && s.value == h.value {
			delete(c.old, h.key)
		}
	}
}
