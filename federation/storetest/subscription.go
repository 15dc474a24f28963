package storetest

import (
	"errors"
	"time"

	"github.com/plonegov/carillon/federation"
)

var subscriptionCases = []testCase{
	{"none", noSubscription},
	{"what is saved comes back", subscriptionRoundTrip},
	{"of one source, oldest first", subscriptionOrder},
	{"it outlives its source", subscriptionOutlives},
	{"a transaction sees its own, and leaves nothing when it fails", subscriptionInTx},
	{"reading shares no memory", subscriptionCopied},
}

func subscription(id, source string) federation.Subscription {
	return federation.Subscription{
		ID: id, Source: source, Token: "token of " + id, Secret: "secret of " + id,
		Hub: "https://hub.example/?a=1&b=<2>", Topic: "https://www.alba.example/news.rss", Callback: "https://us.example/" + id,
		Created: day(1), State: federation.SubscriptionActive, Since: day(2), Lease: day(12), Reason: "a reason",
		Asked: "subscribe", AskedUntil: day(3), Next: day(10), Failures: 2,
		LastPush: day(4), LastHint: day(5), Pushes: 6, Replays: 1,
		Ignored: map[string]int{"unsigned": 3}, Seen: []string{"a", "b"},
	}
}

func (s store) saveSubscriptions(list ...federation.Subscription) {
	s.Helper()
	s.in(func(tx federation.Tx) error {
		for _, sub := range list {
			if err := federation.SaveSubscription(s.ctx, tx, sub); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s store) subscriptions(source string) []federation.Subscription {
	s.Helper()
	return must[[]federation.Subscription](s, "Subscriptions")(federation.SubscriptionsOf(s.ctx, s, source))
}

func noSubscription(s store) {
	_, err := federation.Get[federation.Subscription](s.ctx, s, "none")
	s.wantErr("Subscription(unknown)", err, federation.ErrNotFound)
	s.same("Subscriptions(all)", s.subscriptions(""), []federation.Subscription(nil))
	s.in(func(tx federation.Tx) error {
		_, err := federation.Get[federation.Subscription](s.ctx, tx, "none")
		s.wantErr("Subscription(unknown) in a transaction", err, federation.ErrNotFound)
		return federation.RemoveSubscription(s.ctx, tx, "none")
	})
}

func subscriptionRoundTrip(s store) {
	want := subscription("a", "alba/news")
	given := want
	given.Lease = want.Lease.In(time.FixedZone("", 3600)).Add(999)
	log := s.logged(func() { s.saveSubscriptions(given) })
	s.same("changes of SaveSubscription", log, []string(nil))
	got := must[federation.Subscription](s, "Subscription")(federation.Get[federation.Subscription](s.ctx, s, "a"))
	s.same("Subscription", got, want)
	if got.Lease.Location() != time.UTC {
		s.Errorf("Subscription(…).Lease is in %v, want UTC", got.Lease.Location())
	}
	bare := federation.Subscription{ID: "a", Source: "alba/news", State: federation.SubscriptionPending}
	s.saveSubscriptions(bare)
	s.same("Subscription saved again", must[federation.Subscription](s, "Subscription")(federation.Get[federation.Subscription](s.ctx, s, "a")), bare)
	s.in(func(tx federation.Tx) error { return federation.RemoveSubscription(s.ctx, tx, "a") })
	_, err := federation.Get[federation.Subscription](s.ctx, s, "a")
	s.wantErr("Subscription(removed)", err, federation.ErrNotFound)
}

func subscriptionOrder(s store) {
	old, b, c, other := subscription("z", "alba/news"), subscription("b", "alba/news"), subscription("c", "alba/news"), subscription("a", "brume/news")
	b.Created, c.Created = day(2), day(2)
	s.saveSubscriptions(c, other, b, old)
	s.same("Subscriptions(alba/news)", s.subscriptions("alba/news"), []federation.Subscription{old, b, c})
	s.same("Subscriptions(all)", s.subscriptions(""), []federation.Subscription{other, old, b, c})
	s.same("Subscriptions(unknown)", s.subscriptions("none/news"), []federation.Subscription(nil))
}

// subscriptionOutlives: the hub must still be told to stop.
func subscriptionOutlives(s store) {
	s.withMembers("alba")
	sub := subscription("a", "alba/news")
	s.saveSubscriptions(sub)
	s.in(func(tx federation.Tx) error { return federation.Remove[federation.Source](s.ctx, tx, "alba/news") })
	s.same("Subscriptions after RemoveSource", s.subscriptions("alba/news"), []federation.Subscription{sub})
}

func subscriptionInTx(s store) {
	failed := errors.New("failed")
	sub := subscription("a", "alba/news")
	err := s.InTx(s.ctx, func(tx federation.Tx) error {
		if err := federation.SaveSubscription(s.ctx, tx, sub); err != nil {
			return err
		}
		s.same("Subscription in the transaction", must[federation.Subscription](s, "Subscription")(federation.Get[federation.Subscription](s.ctx, tx, "a")), sub)
		s.same("Subscriptions in the transaction",
			must[[]federation.Subscription](s, "Subscriptions")(federation.SubscriptionsOf(s.ctx, tx, "alba/news")), []federation.Subscription{sub})
		return failed
	})
	s.wantErr("InTx(failing)", err, failed)
	s.same("Subscriptions after a failed transaction", s.subscriptions(""), []federation.Subscription(nil))
}

func subscriptionCopied(s store) {
	sub := subscription("a", "alba/news")
	s.saveSubscriptions(sub)
	got := must[federation.Subscription](s, "Subscription")(federation.Get[federation.Subscription](s.ctx, s, "a"))
	got.Ignored["unsigned"], got.Seen[0] = 99, "changed"
	sub.Ignored["unsigned"], sub.Seen[0] = 98, "changed too"
	s.same("Subscription after its reader changed it", must[federation.Subscription](s, "Subscription")(federation.Get[federation.Subscription](s.ctx, s, "a")),
		subscription("a", "alba/news"))
}
