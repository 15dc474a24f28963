package main

import (
	"context"
	"os"
	"runtime/debug"
	"runtime/metrics"
	"time"
)

// Of a heap that is mostly the search index, which a collection passes over in
// no time, twice its size would be garbage for nothing: so much may be there.
const (
	garbage     = 32 << 20 // bytes
	minPercent  = 10       // of what is alive, whatever that comes to
	maxPercent  = 100      // the runtime's own
	lookAgain   = 500 * time.Millisecond
	liveAtCycle = "/gc/heap/live:bytes"
)

// boundGarbage lets about as much garbage come together as is bearable, however
// large the heap is, until ctx is done. Who sets GOGC decides it instead.
func boundGarbage(ctx context.Context) error {
	if os.Getenv("GOGC") != "" {
		return nil
	}
	now := maxPercent
	defer func() { debug.SetGCPercent(maxPercent) }() // a test may run the hub in its own process
	sample := []metrics.Sample{{Name: liveAtCycle}}
	tick := time.NewTicker(lookAgain)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
		metrics.Read(sample)
		if want := percentOf(sample[0].Value.Uint64()); want < now*9/10 || want > now*11/10 {
			now = want
			debug.SetGCPercent(now)
		}
	}
}

// percentOf is how much may be garbage beside a heap of live bytes.
func percentOf(live uint64) int {
	return int(min(max(100*garbage/max(live, 1), minPercent), maxPercent))
}
