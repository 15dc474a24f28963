package storetest

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"github.com/plonegov/carillon/federation"
)

// Subscription implements [federation.Subscriptions].
func (m *Mem) Subscription(ctx context.Context, id string) (federation.Subscription, error) {
	s, err := m.view(ctx)
	if err != nil {
		return federation.Subscription{}, err
	}
	return s.subscription(id)
}

// Subscription implements [federation.Subscriptions].
func (t *memTx) Subscription(_ context.Context, id string) (federation.Subscription, error) {
	return t.subscription(id)
}

func (s *memState) subscription(id string) (federation.Subscription, error) {
	sub, ok := s.subscriptions[id]
	if !ok {
		return federation.Subscription{}, federation.NotFound("subscription", id)
	}
	return copySubscription(sub), nil
}

// Subscriptions implements [federation.Subscriptions].
func (m *Mem) Subscriptions(ctx context.Context, source string) ([]federation.Subscription, error) {
	s, err := m.view(ctx)
	if err != nil {
		return nil, err
	}
	return s.subscriptionsOf(source), nil
}

// Subscriptions implements [federation.Subscriptions].
func (t *memTx) Subscriptions(_ context.Context, source string) ([]federation.Subscription, error) {
	return t.subscriptionsOf(source), nil
}

func (s *memState) subscriptionsOf(source string) []federation.Subscription {
	var list []federation.Subscription
	for _, sub := range s.subscriptions {
		if source == "" || sub.Source == source {
			list = append(list, copySubscription(sub))
		}
	}
	slices.SortFunc(list, func(a, b federation.Subscription) int {
		return cmp.Or(a.Created.Compare(b.Created), cmp.Compare(a.ID, b.ID))
	})
	return list
}

// SaveSubscription implements [federation.SubscriptionWriter].
func (t *memTx) SaveSubscription(_ context.Context, s federation.Subscription) error {
	t.subscriptions[s.ID] = copySubscription(s)
	return nil
}

// RemoveSubscription implements [federation.SubscriptionWriter].
func (t *memTx) RemoveSubscription(_ context.Context, id string) error {
	delete(t.subscriptions, id)
	return nil
}

// copySubscription also brings the times to the precision of a store.
func copySubscription(s federation.Subscription) federation.Subscription {
	for _, t := range []*time.Time{&s.Created, &s.Since, &s.Lease, &s.AskedUntil, &s.Next, &s.LastPush, &s.LastHint} {
		*t = utc(*t)
	}
	s.Ignored, s.Seen = maps.Clone(s.Ignored), slices.Clone(s.Seen)
	return s
}
