package harvester

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/plonegov/carillon/federation"
)

const (
	claimBatch  = 64
	claimLease  = 15 * time.Minute
	pollTasks   = 2 * time.Second // longest wait before the task table is looked at again
	sweepEvery  = time.Minute
	expireBatch = 500
)

// Run harvests what is due until ctx is done, then returns nil. Several hubs
// may run on one store: each source is claimed by one of them.
func (h *Harvester) Run(ctx context.Context) error {
	if err := h.schedule(ctx); err != nil {
		return err
	}
	var swept time.Time
	for ctx.Err() == nil {
		n, err := h.runDue(ctx)
		if now := h.now(); err == nil && now.Sub(swept) >= sweepEvery {
			swept, err = now, h.expire(ctx, now)
		}
		if err != nil && ctx.Err() == nil {
			h.log.ErrorContext(ctx, "harvesting paused; it goes on in a moment", "err", err)
		}
		if n < claimBatch || err != nil {
			select {
			case <-ctx.Done():
			case <-time.After(pollTasks):
			}
		}
	}
	return nil
}

// schedule gives a task to every source that has none and no time of its own.
func (h *Harvester) schedule(ctx context.Context) error {
	sources, err := h.store.Sources(ctx)
	if err != nil {
		return err
	}
	states, err := h.store.SourceStates(ctx)
	if err != nil {
		return err
	}
	for _, s := range sources {
		due := states[s.Name()].NextFetch
		if due.IsZero() {
			due = h.now()
		}
		if err := h.store.PutTask(ctx, federation.Task{Kind: federation.TaskHarvest, Key: s.Name(), Due: due}); err != nil {
			return err
		}
	}
	return nil
}

// runDue claims and harvests one batch; it returns how many were claimed.
func (h *Harvester) runDue(ctx context.Context) (int, error) {
	tasks, err := h.store.ClaimTasks(ctx, federation.TaskHarvest, h.now(), claimBatch, claimLease)
	if err != nil || len(tasks) == 0 {
		return 0, err
	}
	var sources []federation.Source
	for _, t := range tasks {
		src, err := h.store.Source(ctx, t.Key)
		switch {
		case errors.Is(err, federation.ErrNotFound):
			continue // removed since: its task is finished for good below
		case err != nil:
			return len(tasks), err
		}
		sources = append(sources, src)
	}
	_, err = h.Harvest(ctx, sources, Options{})
	return len(tasks), errors.Join(err, h.finish(tasks))
}

// finish gives every claimed task back. It has a context of its own: a hub
// that stops must not leave its sources under lease.
func (h *Harvester) finish(tasks []federation.Task) error {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	var faults error
	for _, t := range tasks {
		if err := h.finishOne(ctx, t); err != nil && !errors.Is(err, federation.ErrConflict) {
			faults = errors.Join(faults, fmt.Errorf("finish %s: %w", t.Key, err))
		}
	}
	return faults
}

func (h *Harvester) finishOne(ctx context.Context, t federation.Task) error {
	if _, err := h.store.Source(ctx, t.Key); errors.Is(err, federation.ErrNotFound) {
		return h.store.FinishTask(ctx, t, time.Time{})
	}
	state, err := h.store.SourceState(ctx, t.Key)
	if err != nil {
		return err
	}
	next := state.NextFetch
	if next.IsZero() || next.Before(t.Due) {
		next = h.now() // not harvested: it is still due
	}
	return h.store.FinishTask(ctx, t, next)
}

// expire withdraws live items whose end date has passed, whether or not their
// source is read again.
func (h *Harvester) expire(ctx context.Context, now time.Time) error {
	for {
		ids, err := h.store.Expired(ctx, now, expireBatch)
		if err != nil || len(ids) == 0 {
			return err
		}
		err = h.store.InTx(ctx, func(tx federation.Tx) error {
			for _, id := range ids {
				if err := tx.WithdrawItem(ctx, id, "its end date has passed", now); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
}
