package harvester

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/plonegov/carillon/federation"
)

const (
	pollTasks   = 2 * time.Second // longest wait before the task table is looked at again
	expireEvery = time.Minute
)

// Run harvests what is due until ctx is done, then returns nil when all that
// was under way has ended and every claim was given back. Several hubs may run
// on one store: each source is claimed by one of them, and no two are at one
// host at the same time.
func (h *Harvester) Run(ctx context.Context) error {
	r := runner{Harvester: h, slots: make(chan struct{}, hostsAtOnce), wake: make(chan struct{}, 1)}
	defer r.under.Wait()
	r.under.Go(func() { _ = federation.Singleton(ctx, h.log, h.store, federation.TaskExpire, h.expiring) })
	for ctx.Err() == nil {
		more, err := r.claim(ctx)
		if err != nil && ctx.Err() == nil {
			h.log.ErrorContext(ctx, "harvesting paused; it goes on in a moment", "err", err)
		}
		if more && err == nil {
			continue
		}
		select {
		case <-ctx.Done():
		case <-r.wake:
		case <-time.After(pollTasks):
		}
	}
	return nil
}

// runner is what Run has under way.
type runner struct {
	*Harvester
	slots chan struct{} // a value for each source that is being harvested
	wake  chan struct{} // holds a value when there may be something to claim
	under sync.WaitGroup
}

// claim begins as much of what is due as there is room for; more reports
// whether there may be more, and room.
func (r *runner) claim(ctx context.Context) (more bool, err error) {
	room := cap(r.slots) - len(r.slots)
	if room == 0 {
		return false, nil
	}
	tasks, err := r.store.ClaimTasks(ctx, federation.Claim{Kind: federation.TaskHarvest, Now: r.now(), Limit: room, Lease: federation.Lease})
	if err != nil {
		return false, fmt.Errorf("claim what is due: %w", err)
	}
	trouble := r.store.Trouble(ctx)
	for _, t := range tasks {
		src, err := federation.Get[federation.Source](ctx, r.store, t.Key)
		switch {
		case errors.Is(err, federation.ErrNotFound):
			r.finish(t, time.Time{}) // removed since: so is its task
		case err != nil:
			r.finish(t, r.now())
		case trouble != nil && !src.GrantsAlerts(): // what room there is is for alerts
			r.finish(t, r.now().Add(afterFault))
		default:
			r.begin(ctx, t, src)
		}
	}
	return len(tasks) == room && len(r.slots) < cap(r.slots), nil
}

// begin harvests a claimed source beside the others.
func (r *runner) begin(ctx context.Context, t federation.Task, src federation.Source) {
	r.slots <- struct{}{}
	r.under.Go(func() {
		_, err := r.work(ctx, t, src, Options{})
		switch {
		case errors.Is(err, federation.ErrLost):
			r.log.InfoContext(ctx, "source was removed, or claimed by another, meanwhile; nothing is saved", "source", src.Name())
		case err != nil && !errors.Is(err, federation.ErrNotFound) && ctx.Err() == nil:
			r.log.ErrorContext(ctx, "source could not be saved", "source", src.Name(), "err", err)
		}
		<-r.slots
		r.look()
	})
}

// look wakes Run.
func (r *runner) look() {
	select {
	case r.wake <- struct{}{}:
	default:
	}
}

// expiring withdraws what has ended, every now and then, until ctx is done.
func (h *Harvester) expiring(ctx context.Context, held federation.Store) error {
	for ctx.Err() == nil {
		if err := expire(ctx, held, h.now()); err != nil {
			return fmt.Errorf("withdraw what has ended: %w", err)
		}
		pause(ctx, expireEvery)
	}
	return nil
}
