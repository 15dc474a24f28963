package federation_test

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/storetest"
)

// watched tells which processes run a singleton.
type watched struct {
	mu      sync.Mutex
	running map[string]bool
	most    int
}

func (w *watched) run(name string) func(context.Context, federation.Store) error {
	return func(ctx context.Context, _ federation.Store) error {
		w.set(name, true)
		<-ctx.Done()
		w.set(name, false)
		return nil
	}
}

func (w *watched) set(name string, on bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.running, name)
	if on {
		w.running[name] = true
	}
	w.most = max(w.most, len(w.running))
}

func (w *watched) is(name string) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.running[name]
}

// TestSingleton: one of two processes runs it; when that one ends the other
// does within seconds.
func TestSingleton(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store, w, log := storetest.NewMem(), &watched{running: map[string]bool{}}, slog.New(slog.DiscardHandler)
		first, stopFirst := context.WithCancel(t.Context())
		second, stopSecond := context.WithCancel(t.Context())
		var both sync.WaitGroup
		both.Go(func() { _ = federation.Singleton(first, log, store, "test", w.run("first")) })
		synctest.Wait()
		both.Go(func() { _ = federation.Singleton(second, log, store, "test", w.run("second")) })
		time.Sleep(10 * time.Minute)
		if !w.is("first") || w.is("second") {
			t.Errorf("after ten minutes run %v, want the first alone", w.running)
		}
		stopFirst()
		time.Sleep(5 * time.Second)
		if !w.is("second") {
			t.Errorf("after the first ended run %v, want the second", w.running)
		}
		stopSecond()
		both.Wait()
		if w.most > 1 {
			t.Errorf("%d ran it at the same time", w.most)
		}
	})
}

// deaf is a store whose leases cannot be renewed: its process is stopped.
type deaf struct{ federation.Store }

func (deaf) RenewTasks(context.Context, []federation.Task, time.Time) ([]federation.Task, error) {
	return nil, federation.ErrUnavailable
}

// TestSingletonPassesOn: a process that sleeps past its lease loses the task,
// and writes nothing when it wakes.
func TestSingletonPassesOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store, log := storetest.NewMem(), slog.New(slog.DiscardHandler)
		ctx, stop := context.WithCancel(t.Context())
		woke := make(chan error, 1)
		var both sync.WaitGroup
		both.Go(func() {
			_ = federation.Singleton(ctx, log, deaf{store}, "test", func(ctx context.Context, held federation.Store) error {
				time.Sleep(time.Minute)
				woke <- federation.PutTask(ctx, held, federation.Task{Kind: "late", Key: "x"})
				<-ctx.Done()
				return nil
			})
		})
		synctest.Wait()
		w := &watched{running: map[string]bool{}}
		both.Go(func() { _ = federation.Singleton(ctx, log, store, "test", w.run("second")) })
		time.Sleep(federation.Lease + 5*time.Second)
		if !w.is("second") {
			t.Error("nobody runs it after its lease passed")
		}
		if err := <-woke; !errors.Is(err, federation.ErrLost) {
			t.Errorf("a process that woke after its lease wrote: %v, want %v", err, federation.ErrLost)
		}
		stop()
		both.Wait()
	})
}
