//go:build unix

// Package worktest tells tests what work cost, so that none of them fails
// because the machine is busy with something else.
//
// It is never imported by production code.
package worktest

import (
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
