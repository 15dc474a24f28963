package federation

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"
)

// Lease is how long a claim outlives a process that was killed or stopped. Who
// works under a claim renews it every RenewEvery.
const (
	Lease      = 15 * time.Second
	RenewEvery = Lease / 3
)

// singletonPoll is how often a process that does not run a singleton looks
// whether it should.
const singletonPoll = 2 * time.Second

// Singleton runs fn in one of all processes on a store, whichever holds the
// task (kind, "hub"); when that one ends, is killed or sleeps past its lease
// another one takes over. fn gets the store as the holder writes it (see
// [Fenced]) and a context that ends when the task is lost; it should run until
// then. Singleton returns nil when ctx is done.
func Singleton(ctx context.Context, log *slog.Logger, store Store, kind string, fn func(context.Context, Store) error) error {
	for ctx.Err() == nil {
		if err := singleton(ctx, store, kind, fn); err != nil && ctx.Err() == nil {
			log.ErrorContext(ctx, "paused; it goes on in a moment", "task", kind, "err", err)
		}
		select {
		case <-ctx.Done():
		case <-time.After(singletonPoll):
		}
	}
	return nil
}

// singleton claims the task and runs fn while it is held. A task that another
// holds is no error.
func singleton(ctx context.Context, store Store, kind string, fn func(context.Context, Store) error) error {
	tasks, err := store.ClaimTasks(ctx, Claim{Kind: kind, Now: time.Now(), Lease: Lease, Named: []Task{{Key: "hub"}}})
	if err != nil || len(tasks) == 0 {
		return err
	}
	held, stop := Renewed(ctx, store, time.Now, tasks[0])
	err = fn(held, Fenced(store, tasks[0]))
	lost := context.Cause(held)
	stop()
	if errors.Is(lost, ErrLost) || errors.Is(err, ErrLost) {
		return nil // another goes on with it
	}
	ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	return errors.Join(err, FinishTask(ending, store, tasks[0], time.Now()))
}

// Renewed renews a claim until stop is called, which must be. The context ends
// with ErrLost as its cause when the claim is lost.
func Renewed(ctx context.Context, store Tasks, now func() time.Time, t Task) (held context.Context, stop func()) {
	held, lose := context.WithCancelCause(ctx)
	done := make(chan struct{})
	var renewal sync.WaitGroup
	renewal.Go(func() {
		for tick := time.NewTicker(RenewEvery); ; {
			select {
			case <-done:
				tick.Stop()
				return
			case <-tick.C:
			}
			// ctx may end before the work under the claim does
			kept, err := store.RenewTasks(context.WithoutCancel(ctx), []Task{t}, now().Add(Lease))
			if err == nil && len(kept) == 0 {
				lose(ErrLost)
			}
		}
	})
	return held, func() {
		close(done)
		renewal.Wait()
		lose(nil)
	}
}
