//go:build unix

// Package worktest tells tests what work cost, so that none of them fails
// because the machine is busy with something else.
//
// It is never imported by production code.
package worktest

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"syscall"
	"testing"
	"time"
)

// CPU is the time that this process has computed so far, on all cores.
func CPU(t testing.TB) time.Duration {
	t.Helper()
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		t.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// Patience is how long a test waits for what must come: until it has little of
// its own time left (go test -timeout). A shorter limit would measure the
// machine.
func Patience(t testing.TB) <-chan time.Time {
	if test, ok := t.(*testing.T); ok {
		if end, ok := test.Deadline(); ok {
			return time.After(time.Until(end) - 10*time.Second)
		}
	}
	return nil
}

// Allocated is the number of bytes that this process has asked for so far.
func Allocated() uint64 { return metric("/gc/heap/allocs:bytes") }

// Peak watches the heap until the function it gives is called, which tells by
// how many bytes it grew at its highest. Garbage is part of it, and is collected
// early meanwhile.
func Peak() func() uint64 {
	const heap = "/memory/classes/heap/objects:bytes"
	percent := debug.SetGCPercent(20)
	runtime.GC() // what was before is none of this
	before, stop, done := metric(heap), make(chan bool), make(chan uint64)
	go func() {
		var high uint64
		tick := time.NewTicker(5 * time.Millisecond)
		defer tick.Stop()
		for {
			high = max(high, metric(heap))
			select {
			case <-stop:
				done <- high
				return
			case <-tick.C:
			}
		}
	}()
	return func() uint64 {
		close(stop)
		high := <-done
		debug.SetGCPercent(percent)
		return max(high, before) - before
	}
}

func metric(name string) uint64 {
	s := []metrics.Sample{{Name: name}}
	metrics.Read(s)
	return s[0].Value.Uint64()
}
