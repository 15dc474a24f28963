package websub

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/plonegov/carillon/federation"
)

const (
	follower   = "websub"        // cursor by which sources that went are seen
	atOnce     = 8               // hubs asked at the same time
	lookEvery  = 2 * time.Second // wait when there is nothing to do
	afterFault = time.Minute     // before a subscription is tried again that could not be saved
)

// Run asks hubs what is due to be asked until ctx is done, then returns nil
// when all requests have ended. Several hubs may run on one store.
func (s *Subscriber) Run(ctx context.Context) error {
	if s.base == "" {
		<-ctx.Done()
		return nil
	}
	adopted := false
	for ctx.Err() == nil {
		var more bool
		var err error
		if !adopted {
			err = s.adopt(ctx)
			adopted = err == nil
		}
		if err == nil {
			more, err = s.turn(ctx)
		}
		if err != nil && ctx.Err() == nil {
			s.log.ErrorContext(ctx, "subscriptions paused; they go on in a moment", "err", err)
		}
		if !more || err != nil {
			select {
			case <-ctx.Done():
			case <-time.After(lookEvery):
			}
		}
	}
	return nil
}

// adopt asks again for the subscriptions whose callback was at another address.
func (s *Subscriber) adopt(ctx context.Context) error {
	held, err := federation.SubscriptionsOf(ctx, s.store, "")
	if err != nil {
		return err
	}
	for _, sub := range held {
		if sub.Callback != "" && sub.Callback != s.callback(sub) && sub.State != federation.SubscriptionLeaving {
			if err := s.hasten(ctx, sub.ID); err != nil {
				return err
			}
		}
	}
	return nil
}

// hasten makes a subscription due now.
func (s *Subscriber) hasten(ctx context.Context, id string) error {
	return s.store.InTx(ctx, func(tx federation.Tx) error {
		sub, err := federation.Get[federation.Subscription](ctx, tx, id)
		if err != nil {
			return err
		}
		sub.Next = s.now()
		return save(ctx, tx, sub)
	})
}

// turn leaves what is no longer wanted and asks what is due; more reports
// whether there may be more of that.
func (s *Subscriber) turn(ctx context.Context) (more bool, err error) {
	if _, err := federation.NewFollower(s.log, follower, s.store, s.store, s.leaveGone).Drain(ctx); err != nil {
		return false, fmt.Errorf("leave the hubs of sources that went: %w", err)
	}
	tasks, err := s.store.ClaimTasks(ctx, federation.Claim{Kind: federation.TaskSubscription, Now: s.now(), Limit: atOnce, Lease: federation.Lease})
	if err != nil {
		return false, err
	}
	var wg sync.WaitGroup
	for _, t := range tasks {
		wg.Go(func() { s.serve(ctx, t) })
	}
	wg.Wait()
	return len(tasks) == atOnce, nil
}

// leaveGone leaves the hubs of sources that were removed or suspended.
func (s *Subscriber) leaveGone(ctx context.Context, changes []federation.Change) error {
	for _, ch := range changes {
		if ch.Kind != federation.SourceRemoved && ch.Kind != federation.SourceSaved {
			continue
		}
		wanted, err := s.wanted(ctx, ch.Key)
		if err == nil && !wanted {
			err = s.change(ctx, ch.Key, offer{})
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// wanted reports whether a source is there to be fetched.
func (s *Subscriber) wanted(ctx context.Context, source string) (bool, error) {
	src, err := federation.Get[federation.Source](ctx, s.store, source)
	if errors.Is(err, federation.ErrNotFound) {
		return false, nil
	}
	return err == nil && !src.Suspended, err
}

// serve takes the next step with one subscription and gives its task back.
func (s *Subscriber) serve(ctx context.Context, t federation.Task) {
	next, err := s.step(ctx, t.Key)
	if err != nil {
		next = s.now().Add(afterFault)
		if ctx.Err() == nil {
			s.log.ErrorContext(ctx, "subscription could not be saved", "subscription", t.Key, "err", err)
		}
	}
	// A hub that stops must not leave its tasks under lease.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	err = federation.FinishTask(ctx, s.store, t, next)
	if err != nil && !errors.Is(err, federation.ErrConflict) {
		s.log.ErrorContext(ctx, "claim not given back; it ends by itself", "subscription", t.Key, "err", err)
	}
}
