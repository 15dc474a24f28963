package websub

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"log/slog"
	"math"
	mathrand "math/rand/v2"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/safehttp"
)

// CallbackPath is where the callbacks are; the token follows it.
const CallbackPath = "/websub/callback/"

// Store is what this package needs of a store.
type Store interface {
	federation.ChangeLog
	federation.Cursors
	federation.Tasks
	federation.Records
	federation.Transactor
}

// Poster is the guarded client.
type Poster interface {
	Post(ctx context.Context, form safehttp.Form) (*safehttp.Response, error)
}

// Subscriber asks hubs. Safe for concurrent use.
type Subscriber struct {
	log   *slog.Logger
	store Store
	hubs  Poster
	base  string // of our callbacks, "" = nobody can reach us
	own   string // host of base
	now   func() time.Time
	told  sync.Once
}

// New returns a subscriber whose callbacks are below publicURL, the address at
// which hubs reach this hub. With "" no subscription is made, and the log says
// so once, when a source would offer one.
func New(log *slog.Logger, store Store, hubs Poster, publicURL string) *Subscriber {
	s := &Subscriber{log: log, store: store, hubs: hubs, base: strings.TrimSuffix(publicURL, "/"), now: time.Now}
	if u, err := url.Parse(s.base); err == nil {
		s.own = u.Host
	}
	return s
}

// Discovered tells what a source's document says of its hubs. Call it after a
// fetch that was read whole, without any transaction open: with no hub found
// it ends the subscription there is. A 304 says nothing. It asks no hub
// itself: [Subscriber.Run] does.
func (s *Subscriber) Discovered(ctx context.Context, src federation.Source, f Found) error {
	o := newOffer(src, f, s.own)
	if s.base == "" {
		if len(o.hubs) > 0 {
			s.told.Do(func() {
				s.log.WarnContext(ctx, "a source offers to push its changes, but hubs cannot reach us; set --public-url to take them",
					"source", src.Name(), "hub", o.hubs[0])
			})
		}
		return nil
	}
	held, err := federation.SubscriptionsOf(ctx, s.store, src.Name())
	if err != nil {
		return err
	}
	if leave, hub := decide(held, o, s.now()); len(leave) == 0 && hub == "" {
		return nil // as nearly always: nothing is written
	}
	return s.change(ctx, src.Name(), o)
}

// change brings the subscriptions of a source to what is offered.
func (s *Subscriber) change(ctx context.Context, source string, o offer) error {
	return s.store.InTx(ctx, func(tx federation.Tx) error {
		held, err := federation.SubscriptionsOf(ctx, tx, source)
		if err != nil {
			return err
		}
		now := s.now()
		leave, hub := decide(held, o, now)
		for _, sub := range leave {
			left, err := quit(ctx, tx, sub, now)
			if err != nil {
				return err
			}
			for _, sub := range left {
				if err := put(ctx, tx, sub); err != nil {
					return err
				}
			}
		}
		if hub == "" {
			return nil
		}
		return save(ctx, tx, newSubscription(source, hub, o.topic, now))
	})
}

// quit begins to leave a subscription, or forgets one that the hub does not
// count on. It returns what is left to do.
func quit(ctx context.Context, tx federation.Tx, sub federation.Subscription, now time.Time) ([]federation.Subscription, error) {
	if !sub.Active(now) {
		return nil, federation.RemoveSubscription(ctx, tx, sub.ID)
	}
	sub.State, sub.Since, sub.Next = federation.SubscriptionLeaving, now, now
	sub.Asked, sub.AskedUntil, sub.Failures, sub.Reason = "", time.Time{}, 0, ""
	return []federation.Subscription{sub}, federation.SaveSubscription(ctx, tx, sub)
}

func newSubscription(source, hub, topic string, now time.Time) federation.Subscription {
	token := random()
	return federation.Subscription{
		ID: idOf(token), Source: source, Token: token, Secret: random(), Hub: hub, Topic: topic,
		Created: now, State: federation.SubscriptionPending, Since: now, Next: now,
	}
}

// save saves a subscription, and when its hub is to be asked.
func save(ctx context.Context, tx federation.Tx, sub federation.Subscription) error {
	if err := federation.SaveSubscription(ctx, tx, sub); err != nil {
		return err
	}
	return put(ctx, tx, sub)
}

// put has a subscription's hub asked when it is due.
func put(ctx context.Context, tx federation.Tx, sub federation.Subscription) error {
	return tx.PutTask(ctx, federation.Task{Kind: federation.TaskSubscription, Key: sub.ID, Due: sub.Next})
}

// Active reports whether the source is pushed to us at the moment. Polling may
// be slower then, but goes on.
func (s *Subscriber) Active(ctx context.Context, source string) (bool, error) {
	held, err := federation.SubscriptionsOf(ctx, s.store, source)
	if err != nil {
		return false, fmt.Errorf("is %q pushed to us: %w", source, err)
	}
	for _, sub := range held {
		if sub.Active(s.now()) {
			return true, nil
		}
	}
	return false, nil
}

// tokenLength is that of random: 256 bits in base64url.
const tokenLength = 43

func random() string {
	var b [32]byte
	_, _ = rand.Read(b[:]) // never fails (crypto/rand)
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// idOf is the name under which a token is stored and looked up: comparing a
// digest tells nothing of the token by the time it takes.
func idOf(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:16])
}

// doubled is base·2^(n-1), at most limit, spread by ±10 % so that hubs are not
// asked by everybody at once.
func doubled(base, limit time.Duration, n int) time.Duration {
	d := min(float64(base)*math.Pow(2, float64(min(max(n-1, 0), 30))), float64(limit))
	return time.Duration(d * (0.9 + 0.2*mathrand.Float64()))
}
