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
	// claimLease is how long a claim outlives a hub that was killed: with
	// pollTasks after it, what was in hand is taken up within 20 s.
	claimLease = 15 * time.Second
	renewEvery = claimLease / 3
	pollTasks  = 2 * time.Second // longest wait before the task table is looked at again
	sweepEvery = time.Minute
	afterFault = time.Minute // before a source is tried again that the store could not save
)

// follower names the cursor by which sources that are new get their task.
const follower = "harvester"

// Run harvests what is due until ctx is done, then returns nil when all that
// was under way has ended and every claim was given back. Several hubs may run
// on one store: each source is claimed by one of them.
func (h *Harvester) Run(ctx context.Context) error {
	hands := newHands(h.serve)
	renewing, stop := context.WithCancel(context.WithoutCancel(ctx)) // what is under way ends under its lease
	var renewals sync.WaitGroup
	renewals.Go(func() { h.renew(renewing, hands) })
	defer func() {
		hands.wait()
		stop()
		renewals.Wait()
	}()
	var swept time.Time
	for ctx.Err() == nil {
		more, err := h.turn(ctx, hands, &swept)
		if err != nil && ctx.Err() == nil {
			h.log.ErrorContext(ctx, "harvesting paused; it goes on in a moment", "err", err)
		}
		if !more || err != nil {
			select {
			case <-ctx.Done():
			case <-hands.full():
			case <-time.After(pollTasks):
			}
		}
	}
	return nil
}

// turn schedules what is new, withdraws what has ended and takes in hand what
// is due; more reports whether there may be more of that.
func (h *Harvester) turn(ctx context.Context, hands *hands, swept *time.Time) (more bool, err error) {
	if _, err := federation.Drain(ctx, h.store, h.store, follower, h.schedule); err != nil {
		return false, fmt.Errorf("schedule new sources: %w", err)
	}
	if now := h.now(); now.Sub(*swept) >= sweepEvery {
		if err := h.expire(ctx, now); err != nil {
			return false, fmt.Errorf("withdraw what has ended: %w", err)
		}
		*swept = now
	}
	return h.claim(ctx, hands)
}

// schedule gives a task to every source that was saved: due now, or when it
// was to be fetched next if it has been fetched since.
func (h *Harvester) schedule(ctx context.Context, changes []federation.Change) error {
	for _, ch := range changes {
		if ch.Kind != federation.SourceSaved {
			continue
		}
		state, err := h.store.SourceState(ctx, ch.Key)
		if errors.Is(err, federation.ErrNotFound) {
			continue // removed since
		}
		if err != nil {
			return err
		}
		due := h.now()
		if state.LastFetch.After(ch.Time) && state.NextFetch.After(due) {
			due = state.NextFetch
		}
		if err := h.store.PutTask(ctx, federation.Task{Kind: federation.TaskHarvest, Key: ch.Key, Due: due}); err != nil {
			return err
		}
	}
	return nil
}

// claim takes in hand as much of what is due as there is room for.
func (h *Harvester) claim(ctx context.Context, hands *hands) (more bool, err error) {
	room := hands.room()
	if room == 0 {
		return false, nil
	}
	now := h.now()
	tasks, err := h.store.ClaimTasks(ctx, federation.TaskHarvest, now, room, claimLease)
	if err != nil {
		return false, fmt.Errorf("claim what is due: %w", err)
	}
	trouble := h.store.Trouble(ctx)
	for _, t := range tasks {
		src, err := h.store.Source(ctx, t.Key)
		switch {
		case errors.Is(err, federation.ErrNotFound):
			h.finish(t, time.Time{}) // removed since: so is its task
		case err != nil:
			h.finish(t, h.now())
		case trouble != nil && !src.GrantsAlerts(): // what room there is is for alerts
			h.finish(t, h.now().Add(afterFault))
		default:
			hands.take(ctx, job{t, src})
		}
	}
	return len(tasks) == room, nil
}

// renew draws out the leases of what is in hand until ctx is done.
func (h *Harvester) renew(ctx context.Context, hands *hands) {
	for tick := time.NewTicker(renewEvery); ; {
		select {
		case <-ctx.Done():
			tick.Stop()
			return
		case <-tick.C:
		}
		tasks := hands.tasks()
		if len(tasks) == 0 {
			continue
		}
		held, err := h.store.RenewTasks(ctx, tasks, h.now().Add(claimLease))
		if err != nil {
			h.log.ErrorContext(ctx, "claims not renewed; another hub may take them", "claims", len(tasks), "err", err)
			continue
		}
		hands.renewed(tasks, held)
	}
}

// serve harvests the source of one claimed task and gives the task back. One
// whose claim was lost while it waited for its host is another's.
func (h *Harvester) serve(ctx context.Context, j job) {
	_, err := h.harvest(ctx, j.source, Options{claim: &j.task})
	var next time.Time
	switch {
	case errors.Is(err, errLost):
		h.log.InfoContext(ctx, "source was claimed by another meanwhile; nothing is saved", "source", j.source.Name())
		return
	case errors.Is(err, federation.ErrNotFound): // removed meanwhile: so is its task
	case ctx.Err() != nil && err != nil:
		next = h.now() // not harvested: it is still due
	case err != nil:
		h.log.ErrorContext(ctx, "source could not be saved", "source", j.source.Name(), "err", err)
		next = h.now().Add(afterFault)
	default:
		next = h.next(j.source)
	}
	h.finish(j.task, next)
}

// next is when the source that was just harvested is due again.
func (h *Harvester) next(src federation.Source) time.Time {
	ctx, cancel := ending()
	defer cancel()
	state, err := h.store.SourceState(ctx, src.Name())
	switch {
	case errors.Is(err, federation.ErrNotFound):
		return time.Time{}
	case err != nil:
		return h.now().Add(afterFault)
	}
	return state.NextFetch
}

// finish gives a claimed task back. A lease lost to another hub is its own
// affair from then on.
func (h *Harvester) finish(t federation.Task, next time.Time) {
	ctx, cancel := ending()
	defer cancel()
	err := h.store.FinishTask(ctx, t, next)
	if err != nil && !errors.Is(err, federation.ErrConflict) && !errors.Is(err, federation.ErrNotFound) {
		h.log.ErrorContext(ctx, "claim not given back; it ends by itself", "source", t.Key, "err", err)
	}
}

// ending is a context of its own: a hub that stops must not leave its sources
// under lease.
func ending() (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.Background(), 10*time.Second)
}
