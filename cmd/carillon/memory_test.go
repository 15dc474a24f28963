package main

import "testing"

func TestPercentOf(t *testing.T) {
	for _, c := range []struct {
		live uint64
		want int
	}{{0, 100}, {10 << 20, 100}, {32 << 20, 100}, {64 << 20, 50}, {256 << 20, 12}, {4 << 30, 10}} {
		if got := percentOf(c.live); got != c.want {
			t.Errorf("percentOf(%d) = %d, want %d", c.live, got, c.want)
		}
	}
}

// TestRest: a process rests after some looks without a collection, and begins
// to once until there is another.
func TestRest(t *testing.T) {
	var r rest
	for i, c := range []struct {
		collections uint64
		want        bool
	}{{1, false}, {1, false}, {1, true}, {1, false}, {1, false}, {1, false}, {2, false}, {2, false}, {3, false}, {3, false}, {3, true}} {
		if got := r.begins(c.collections); got != c.want {
			t.Errorf("look %d, %d collections: begins = %v, want %v", i, c.collections, got, c.want)
		}
	}
}
