package sqlite

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/plonegov/carillon/federation"
)

// subscription is a subscription as JSON, with what its own JSON leaves out.
type subscription struct {
	federation.Subscription
	Token, Secret string
}

func newSubscription(s federation.Subscription) subscription {
	for _, t := range []*time.Time{&s.Created, &s.Since, &s.Lease, &s.AskedUntil, &s.Next, &s.LastPush, &s.LastHint} {
		*t = utc(*t)
	}
	return subscription{Subscription: s, Token: s.Token, Secret: s.Secret}
}

func (s subscription) value() federation.Subscription {
	s.Subscription.Token, s.Subscription.Secret = s.Token, s.Secret
	return s.Subscription
}

// Subscription implements [federation.Subscriptions].
func (s *Store) Subscription(ctx context.Context, id string) (sub federation.Subscription, err error) {
	err = s.with(func(r runner) (err error) {
		sub, err = getSubscription(ctx, r, id)
		return err
	})
	return sub, err
}

// Subscription implements [federation.Subscriptions].
func (t *tx) Subscription(ctx context.Context, id string) (federation.Subscription, error) {
	return getSubscription(ctx, t.runner, id)
}

func getSubscription(ctx context.Context, r runner, id string) (federation.Subscription, error) {
	sub, err := getIn[subscription](ctx, r, "subscription", text(id), `SELECT id, data FROM subscription WHERE id = $1`)
	return sub.value(), err
}

// Subscriptions implements [federation.Subscriptions].
func (s *Store) Subscriptions(ctx context.Context, source string) (list []federation.Subscription, err error) {
	err = s.with(func(r runner) (err error) {
		list, err = listSubscriptions(ctx, r, source)
		return err
	})
	return list, err
}

// Subscriptions implements [federation.Subscriptions].
func (t *tx) Subscriptions(ctx context.Context, source string) ([]federation.Subscription, error) {
	return listSubscriptions(ctx, t.runner, source)
}

func listSubscriptions(ctx context.Context, r runner, source string) ([]federation.Subscription, error) {
	query, args := `SELECT id, data FROM subscription WHERE source = $1`, []any{text(source)}
	if source == "" {
		query, args = `SELECT id, data FROM subscription`, nil
	}
	stored, err := collect(ctx, r, scanData[subscription]("subscription"), query, args...)
	if err != nil {
		return nil, fmt.Errorf("list subscriptions of %q: %w", source, err)
	}
	list := make([]federation.Subscription, 0, len(stored))
	for _, sub := range stored {
		list = append(list, sub.value())
	}
	slices.SortFunc(list, func(a, b federation.Subscription) int {
		return cmp.Or(a.Created.Compare(b.Created), cmp.Compare(a.ID, b.ID))
	})
	return list, nil
}

// SaveSubscription implements [federation.SubscriptionWriter].
func (t *tx) SaveSubscription(ctx context.Context, s federation.Subscription) error {
	data, err := encode(newSubscription(s))
	if err == nil {
		_, err = t.exec(ctx, `
			INSERT INTO subscription (id, source, data) VALUES ($1, $2, $3)
			ON CONFLICT (id) DO UPDATE SET source = excluded.source, data = excluded.data`, text(s.ID), text(s.Source), data)
	}
	if err != nil {
		return fmt.Errorf("save subscription %q: %w", s.ID, err)
	}
	return nil
}

// RemoveSubscription implements [federation.SubscriptionWriter].
func (t *tx) RemoveSubscription(ctx context.Context, id string) error {
	if _, err := t.exec(ctx, `DELETE FROM subscription WHERE id = $1`, text(id)); err != nil {
		return fmt.Errorf("remove subscription %q: %w", id, err)
	}
	return nil
}
