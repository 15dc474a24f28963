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
