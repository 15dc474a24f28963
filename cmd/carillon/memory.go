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
	freeOfHeap  = "/memory/classes/heap/free:bytes"
	cycles      = "/gc/cycles/total:gc-cycles"
	atRest      = 3 // looks without a collection after which nothing is going on
)

// boundGarbage lets about as much garbage come together as is bearable, however
// large the heap is, until ctx is done, and gives memory back that is free once
// the hub is at rest: the runtime would keep a tenth of the heap to grow into.
// Who sets GOGC decides it instead.
func boundGarbage(ctx context.Context) error {
	if os.Getenv("GOGC") != "" {
		return nil
	}
	now := maxPercent
	defer func() { debug.SetGCPercent(maxPercent) }() // a test may run the hub in its own process
	sample := []metrics.Sample{{Name: liveAtCycle}, {Name: freeOfHeap}, {Name: cycles}}
	var idle rest
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
		if idle.begins(sample[2].Value.Uint64()) && sample[1].Value.Uint64() > garbage {
			debug.FreeOSMemory()
		}
	}
}

// rest tells when a process has begun to rest, once each time.
type rest struct {
	seen  uint64 // collections
	looks int    // since there was one
}

// begins takes the number of collections so far.
func (r *rest) begins(collections uint64) bool {
	if collections != r.seen {
		r.seen, r.looks = collections, 0
	}
	r.looks++
	return r.looks == atRest
}

// percentOf is how much may be garbage beside a heap of live bytes.
func percentOf(live uint64) int {
	return int(min(max(100*garbage/max(live, 1), minPercent), maxPercent))
}
