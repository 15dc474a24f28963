package web

import (
	"context"
	"errors"
	"runtime"
	"testing"
)

// TestLimitByName: few go, a bounded number waits, and nobody is kept for ever.
func TestLimitByName(t *testing.T) {
	limit := Limit{AtOnce: 2, Most: 3}
	first, err1 := limit.Acquire(t.Context(), "a")
	second, err2 := limit.Acquire(t.Context(), "a")
	other, err3 := limit.Acquire(t.Context(), "b")
	if err := errors.Join(err1, err2, err3); err != nil {
		t.Fatal(err)
	}
	ended, end := context.WithCancel(t.Context())
	end()
	if _, err := limit.Acquire(ended, "a"); !errors.Is(err, context.Canceled) {
		t.Errorf("a third whose time is up = %v, want %v", err, context.Canceled)
	}
	third := make(chan func())
	go func() {
		leave, err := limit.Acquire(t.Context(), "a")
		if err != nil {
			t.Error(err)
		}
		third <- leave
	}()
	for waits := false; !waits; {
		limit.mu.Lock()
		waits = limit.lanes["a"].users == 3
		limit.mu.Unlock()
		runtime.Gosched()
	}
	if _, err := limit.Acquire(t.Context(), "a"); !errors.Is(err, ErrBusy) {
		t.Errorf("a fourth = %v, want %v", err, ErrBusy)
	}
	first()
	for _, leave := range []func(){<-third, second, other} {
		leave()
	}
	if len(limit.lanes) != 0 {
		t.Errorf("%d names are kept that nobody uses", len(limit.lanes))
	}
}
