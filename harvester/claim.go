package harvester

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/safehttp"
)

const (
	afterFault  = time.Minute            // before a source is tried again that the store could not save
	maxRest     = 24 * time.Hour         // the longest a host is left alone for a Retry-After
	defaultRest = time.Hour              // for a 429 that does not say how long
	claimPoll   = 250 * time.Millisecond // between two looks at a source that another process is harvesting
)

// claimOf claims one source, whenever it is due.
func (h *Harvester) claimOf(src federation.Source) federation.Claim {
	return federation.Claim{Kind: federation.TaskHarvest, Now: h.now(), Lease: federation.Lease,
		Named: []federation.Task{{Key: src.Name(), Host: federation.HostOf(src.URL)}}}
}

// claimNow claims a source because a person asks for it, whenever it is due.
// While another process works at its host it waits.
func (h *Harvester) claimNow(ctx context.Context, src federation.Source) (federation.Task, error) {
	for waits := false; ; waits = true {
		tasks, err := h.store.ClaimTasks(ctx, h.claimOf(src))
		if err != nil || len(tasks) > 0 {
			return append(tasks, federation.Task{})[0], err
		}
		if !waits {
			h.log.InfoContext(ctx, "another process is working at the host of the source; its turn comes", "source", src.Name())
		}
		pause(ctx, claimPoll)
		if ctx.Err() != nil {
			return federation.Task{}, ctx.Err()
		}
	}
}

// work harvests the source of a claimed task, under a lease that is renewed.
// However it ends the task is given back, unless another has it by now.
func (h *Harvester) work(ctx context.Context, t federation.Task, src federation.Source, opt Options) (Outcome, error) {
	held, stop := federation.Renewed(ctx, h.store, h.now, t)
	defer stop()
	out, err := h.harvest(held, t, src, opt)
	if err == nil { // given back with what was saved
		return out, nil
	}
	next := time.Time{} // of a source that was removed
	switch {
	case errors.Is(context.Cause(held), federation.ErrLost), errors.Is(err, federation.ErrLost):
		return Outcome{}, fmt.Errorf("harvest %s: %w", src.Name(), federation.ErrLost)
	case ctx.Err() != nil:
		next = h.now() // not harvested: it is still due
	case !errors.Is(err, federation.ErrNotFound):
		next = h.now().Add(afterFault)
	}
	h.finish(t, next)
	return Outcome{}, err
}

// finish gives back a task with which nothing was saved.
func (h *Harvester) finish(t federation.Task, next time.Time) {
	ctx, cancel := ending()
	defer cancel()
	err := federation.FinishTask(ctx, h.store, t, next)
	if err != nil && !errors.Is(err, federation.ErrConflict) {
		h.log.ErrorContext(ctx, "claim not given back; it ends by itself", "task", t.Kind, "key", t.Key, "err", err)
	}
}

// ending is a context of its own: a hub that stops must not leave its sources
// under lease.
func ending() (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.Background(), 10*time.Second)
}

// retryAfter is how long a server that refused asked to be left alone; 0 when it
// did not say, but for a 429.
func retryAfter(res *safehttp.Response, now time.Time) time.Duration {
	wait, _ := safehttp.RetryAfter(res.Header, now)
	if res.Status == http.StatusTooManyRequests && res.Header.Get("Retry-After") == "" {
		wait = defaultRest
	}
	return wait
}

// restFor is how long a host is to be left alone, by all who would ask it, after
// a failure with the status, of which the server said after (Retry-After, RFC
// 9110, 10.2.3); 0 = no longer than any failure.
func restFor(status int, after time.Duration) time.Duration {
	if status != http.StatusTooManyRequests && status != http.StatusServiceUnavailable {
		return 0
	}
	return min(after, maxRest)
}

// pause waits, or until ctx is done.
func pause(ctx context.Context, d time.Duration) {
	if d <= 0 {
		return
	}
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}

// groupOf is what the sources are one after the other at: their host, or for a
// file its own address.
func groupOf(src federation.Source) string { return cmp.Or(federation.HostOf(src.URL), src.URL) }
