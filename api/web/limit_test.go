package web_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/plonegov/carillon/api/web"
)

func TestLimitWaitsAMoment(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := web.NewLimit(1)
		release, err := l.Acquire(t.Context(), "")
		if err != nil {
			t.Fatal(err)
		}
		begin := time.Now()
		if _, err := l.Acquire(t.Context(), ""); !errors.Is(err, web.ErrBusy) || time.Since(begin) != 200*time.Millisecond {
			t.Errorf("Acquire of a full limit = %v after %v, want ErrBusy after 200ms", err, time.Since(begin))
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := l.Acquire(ctx, ""); !errors.Is(err, context.Canceled) {
			t.Errorf("Acquire of who left = %v, want Canceled", err)
		}
		go func() {
			time.Sleep(100 * time.Millisecond)
			release()
		}()
		if _, err := l.Acquire(t.Context(), ""); err != nil {
			t.Errorf("Acquire with room after 100ms = %v", err)
		}
	})
}
