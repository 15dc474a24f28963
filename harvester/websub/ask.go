package websub

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/safehttp"
)

const (
	lease      = 10 * 24 * time.Hour // asked for (WebSub 1.0, 5.1 advises it)
	answerable = 24 * time.Hour      // how long a hub may take to verify
	unverified = time.Hour           // before asking again a hub that said yes and did not verify; doubled
	retry      = 5 * time.Minute     // before asking again a hub that failed; doubled
	maxRetry   = 24 * time.Hour
	refused    = 24 * time.Hour // before asking again a hub that refused; doubled
	maxRefused = 7 * 24 * time.Hour
	gone       = 30 * 24 * time.Hour // before asking again a hub that is gone
	goodbyes   = 3                   // requests to stop before we leave it at that
	maxAnswer  = 64 << 10
)

// step asks the hub of one subscription what is due. It returns when the next
// step is, zero when there is none. The error is the store's.
func (s *Subscriber) step(ctx context.Context, id string) (next time.Time, err error) {
	sub, err := s.begin(ctx, id)
	if err != nil || sub.Next.IsZero() {
		return time.Time{}, err
	}
	if sub.Asked == "" {
		return sub.Next, nil
	}
	form := safehttp.Form{URL: sub.Hub, Values: request(sub), MaxBody: maxAnswer}
	src, err := federation.Get[federation.Source](ctx, s.store, sub.Source)
	switch {
	case err == nil:
		form.AllowPrivate = src.AllowPrivate
	case !errors.Is(err, federation.ErrNotFound): // removed: its hub is still told
		return time.Time{}, err
	}
	res, err := s.hubs.Post(ctx, form)
	if ctx.Err() != nil {
		return s.now(), nil // stopping says nothing about the hub
	}
	return s.end(ctx, sub, res, err)
}

func request(sub federation.Subscription) url.Values {
	form := url.Values{"hub.mode": {sub.Asked}, "hub.topic": {sub.Topic}, "hub.callback": {sub.Callback}}
	if sub.Asked == subscribe {
		form.Set("hub.lease_seconds", strconv.Itoa(int(lease/time.Second)))
		form.Set("hub.secret", sub.Secret)
	}
	return form
}

// The modes of a request.
const (
	subscribe   = "subscribe"
	unsubscribe = "unsubscribe"
)

// begin notes what the hub is about to be asked: it may verify before it
// answers. The zero subscription is returned when it is gone, one without
// Asked when it is not due.
func (s *Subscriber) begin(ctx context.Context, id string) (sub federation.Subscription, err error) {
	held, err := federation.Get[federation.Subscription](ctx, s.store, id)
	if errors.Is(err, federation.ErrNotFound) {
		return federation.Subscription{}, nil
	}
	wanted, err2 := s.wanted(ctx, held.Source)
	if err = errors.Join(err, err2); err != nil {
		return federation.Subscription{}, err
	}
	err = s.store.InTx(ctx, func(tx federation.Tx) (err error) {
		if sub, err = federation.Get[federation.Subscription](ctx, tx, id); err == nil {
			sub, err = s.due(ctx, tx, sub, wanted)
		}
		if errors.Is(err, federation.ErrNotFound) {
			sub, err = federation.Subscription{}, nil
		}
		return err
	})
	return sub, err
}

func (s *Subscriber) due(ctx context.Context, tx federation.Tx, sub federation.Subscription, wanted bool) (federation.Subscription, error) {
	now, none := s.now(), federation.Subscription{}
	if !wanted && sub.State != federation.SubscriptionLeaving {
		left, err := quit(ctx, tx, sub, now)
		if err != nil || len(left) == 0 {
			return none, err
		}
		sub = left[0]
	}
	leaving := sub.State == federation.SubscriptionLeaving
	if now.Before(sub.Next) {
		sub.Asked = ""
		return sub, nil
	}
	if leaving && (sub.Failures >= goodbyes || !now.Before(sub.Lease)) {
		return none, federation.RemoveSubscription(ctx, tx, sub.ID)
	}
	sub.Asked = subscribe
	if leaving {
		sub.Asked = unsubscribe
	}
	if !leaving || sub.Callback == "" {
		sub.Callback = s.callback(sub)
	}
	sub.Failures++
	sub.AskedUntil, sub.Next = now.Add(answerable), now.Add(doubled(unverified, maxRetry, sub.Failures))
	return sub, federation.SaveSubscription(ctx, tx, sub)
}

func (s *Subscriber) callback(sub federation.Subscription) string {
	return s.base + CallbackPath + sub.Token
}

// end notes how the hub answered, unless it has verified meanwhile.
func (s *Subscriber) end(ctx context.Context, asked federation.Subscription, res *safehttp.Response, cause error) (next time.Time, err error) {
	err = s.store.InTx(ctx, func(tx federation.Tx) error {
		sub, err := federation.Get[federation.Subscription](ctx, tx, asked.ID)
		if errors.Is(err, federation.ErrNotFound) { // an unsubscription that was verified
			next = time.Time{}
			return nil
		}
		if err != nil {
			return err
		}
		if sub.Asked == asked.Asked && sub.Failures == asked.Failures {
			s.answered(&sub, res, cause)
			err = federation.SaveSubscription(ctx, tx, sub)
		}
		next = sub.Next
		return err
	})
	if err == nil && (cause != nil || res.Status < 200 || res.Status > 299) {
		status := 0
		if res != nil {
			status = res.Status
		}
		s.log.WarnContext(ctx, "hub did not take a request", "source", asked.Source, "hub", asked.Hub, "mode", asked.Asked, "status", status, "err", cause)
	}
	return next, err
}

// answered reads the answer to a request (WebSub 1.0, 5.1.1). An active
// subscription stays so until its lease ends, whatever comes of its renewal.
func (s *Subscriber) answered(sub *federation.Subscription, res *safehttp.Response, cause error) {
	now := s.now()
	switch {
	case cause != nil:
		var e *safehttp.Error
		wait := doubled(retry, maxRetry, sub.Failures)
		if errors.As(cause, &e) {
			wait = max(wait, min(e.RetryAfter, maxRetry))
		}
		sub.Next, sub.Reason = now.Add(wait), fmt.Sprintf("The hub cannot be reached: %s.", kindOf(e))
	case res.Status >= 200 && res.Status <= 299:
		sub.Reason = ""
	case res.Status == http.StatusGone:
		deny(sub, now, now.Add(doubled(gone, gone, 1)), "The hub is gone (410).")
	case res.Status >= 500, res.Status == http.StatusTooManyRequests, res.Status == http.StatusRequestTimeout:
		after, _ := safehttp.RetryAfter(res.Header, now)
		sub.Next = now.Add(max(doubled(retry, maxRetry, sub.Failures), min(after, maxRetry)))
		sub.Reason = fmt.Sprintf("The hub failed with status %d.", res.Status)
	default:
		deny(sub, now, now.Add(doubled(refused, maxRefused, sub.Failures)), fmt.Sprintf("The hub refused with status %d.", res.Status))
	}
}

func kindOf(e *safehttp.Error) string {
	if e == nil {
		return "unknown"
	}
	return string(e.Kind)
}

// deny notes that the hub does not want to. It may not verify that request any
// more.
func deny(sub *federation.Subscription, now, next time.Time, reason string) {
	if sub.State == federation.SubscriptionPending || sub.StateAt(now) == federation.SubscriptionExpired {
		sub.State, sub.Since = federation.SubscriptionDenied, now
	}
	sub.AskedUntil, sub.Next, sub.Reason = time.Time{}, next, reason
}
