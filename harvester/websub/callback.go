package websub

import (
	"context"
	"crypto/subtle"
	"errors"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"

	"github.com/plonegov/carillon/federation"
)

const (
	maxChallenge = 2 << 10 // bytes
	maxLease     = 30 * 24 * time.Hour
	// lostAnswer is how long after it a verification is answered once more: a
	// hub that did not get our answer asks again.
	lostAnswer = 5 * time.Minute
	maxReason  = 200 // characters of what a hub says

	guesses       = 60   // wrong addresses a minute from one network
	pushes        = 60   // pushes a minute to one subscription
	maxRemembered = 4096 // networks
)

// Pusher reads bytes that were pushed as if they had been fetched from the
// source. It is given a body of its own, and called by one goroutine.
type Pusher interface {
	Push(ctx context.Context, source federation.Source, contentType string, body []byte) error
}

// Callback answers hubs. Safe for concurrent use; several hubs may run on one
// store, and answer for each other's subscriptions.
type Callback struct {
	// AllowSHA1 takes pushes signed by sha1 too, as hints: PubSubHubbub 0.4
	// knew no other method, and many hubs still use it (WebSub 1.0, 7.1.1).
	// Set it before use.
	AllowSHA1 bool

	log    *slog.Logger
	store  Store
	push   Pusher // nil: every push is a hint
	now    func() time.Time
	guess  limiter
	pace   limiter
	known  sync.Map // ids found before: they are answered however much is guessed
	queue  chan delivery
	bodies chan struct{} // one for each body held
}

// NewCallback returns the side of the subscriber that hubs call. With push nil
// a push is always a hint; otherwise [Callback.Run] must run.
func NewCallback(log *slog.Logger, store Store, push Pusher) *Callback {
	return &Callback{log: log, store: store, push: push, now: time.Now,
		guess: limiter{most: guesses, span: time.Minute, keys: maxRemembered},
		pace:  limiter{most: pushes, span: time.Minute, keys: maxRemembered},
		queue: make(chan delivery, maxBodies), bodies: make(chan struct{}, maxBodies),
	}
}

// Verify answers a hub's question whether it was asked for what query says
// (WebSub 1.0, 5.3), and takes note of a refusal (5.2). from is the address it
// comes from, host:port; token the end of the callback's address. The status
// is 200 with the challenge to be echoed as plain text, 200 without one for a
// refusal, 404, or 429 for somebody who guesses. The error is the store's.
func (c *Callback) Verify(ctx context.Context, from, token string, query url.Values) (status int, challenge string, err error) {
	sub, status, err := c.find(ctx, from, token)
	if err != nil || status != http.StatusOK {
		return status, "", err
	}
	q, ok := readQuestion(query)
	if !ok {
		return http.StatusNotFound, "", nil
	}
	err = c.store.InTx(ctx, func(tx federation.Tx) error {
		status = http.StatusOK
		held, err := federation.Get[federation.Subscription](ctx, tx, sub.ID)
		if errors.Is(err, federation.ErrNotFound) || err == nil && !c.asked(held, q) {
			status = http.StatusNotFound
			return nil
		}
		if err != nil {
			return err
		}
		return c.answer(ctx, tx, held, q)
	})
	if err != nil || status != http.StatusOK {
		return status, "", err
	}
	c.log.InfoContext(ctx, "hub answered", "source", sub.Source, "hub", sub.Hub, "mode", q.mode, "lease", q.lease)
	return status, q.challenge, nil
}

// question is what a hub asks, or tells.
type question struct {
	mode, topic, challenge, reason string
	lease                          time.Duration
}

// denied is the mode by which a hub refuses.
const denied = "denied"

// readQuestion reads the parameters. Those that matter must be there once.
func readQuestion(v url.Values) (q question, ok bool) {
	for name, to := range map[string]*string{"hub.mode": &q.mode, "hub.topic": &q.topic, "hub.challenge": &q.challenge, "hub.reason": &q.reason} {
		if len(v[name]) > 1 {
			return question{}, false
		}
		*to = v.Get(name)
	}
	q.lease = readLease(v.Get("hub.lease_seconds"))
	if q.mode == denied {
		q.challenge = ""
		return q, q.topic != ""
	}
	return q, q.topic != "" && q.challenge != "" && len(q.challenge) <= maxChallenge
}

// readLease is what the hub grants; what we asked for when it does not say.
func readLease(text string) time.Duration {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n <= 0 {
		return lease
	}
	return time.Duration(min(n, int64(maxLease/time.Second))) * time.Second
}

// asked reports whether the hub has reason to come with q.
func (c *Callback) asked(sub federation.Subscription, q question) bool {
	if q.topic != sub.Topic {
		return false
	}
	if q.mode == denied {
		return sub.Callback != "" // it may refuse at any time, once it was asked
	}
	return sub.Asked != "" && q.mode == sub.Asked && c.now().Before(sub.AskedUntil)
}

// answer writes what follows from q, and when the hub is to be asked again.
func (c *Callback) answer(ctx context.Context, tx federation.Tx, sub federation.Subscription, q question) error {
	now := c.now()
	if q.mode == unsubscribe || q.mode == denied && sub.State == federation.SubscriptionLeaving {
		return federation.RemoveSubscription(ctx, tx, sub.ID)
	}
	if q.mode == denied {
		sub.State, sub.Since, sub.Lease = federation.SubscriptionDenied, now, time.Time{}
		sub.Asked, sub.AskedUntil = "", time.Time{}
		sub.Next, sub.Reason = now.Add(doubled(refused, maxRefused, sub.Failures)), "The hub refused."
		if words := plain(q.reason); words != "" {
			sub.Reason = "The hub refused: " + words
		}
		return save(ctx, tx, sub)
	}
	if !sub.Active(now) {
		sub.State, sub.Since = federation.SubscriptionActive, now
	}
	sub.Lease, sub.Failures, sub.Reason = now.Add(q.lease), 0, ""
	sub.Next = now.Add(max(renewal(q.lease), shortest))
	if end := now.Add(lostAnswer); end.Before(sub.AskedUntil) {
		sub.AskedUntil = end
	}
	return save(ctx, tx, sub)
}

// shortest is the time between two renewals, however short the lease.
const shortest = 10 * time.Minute

// renewal is when to renew a lease: from 77 to 94 % of it.
func renewal(lease time.Duration) time.Duration { return doubled(lease*85/100, lease, 1) }

// plain is foreign text as one short line.
func plain(s string) string {
	s = strings.Join(strings.FieldsFunc(strings.ToValidUTF8(s, "\uFFFD"), func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r)
	}), " ")
	if r := []rune(s); len(r) > maxReason {
		return string(r[:maxReason]) + "…"
	}
	return s
}

// find returns the subscription of a token: status 200, 404 or 429. A token of
// the wrong form is not looked up.
func (c *Callback) find(ctx context.Context, from, token string) (federation.Subscription, int, error) {
	id, now := idOf(token), c.now()
	from = network(from)
	if _, known := c.known.Load(id); !known && c.guess.full(from, now) {
		return federation.Subscription{}, http.StatusTooManyRequests, nil
	}
	var sub federation.Subscription
	err := error(federation.ErrNotFound)
	if len(token) == tokenLength {
		sub, err = federation.Get[federation.Subscription](ctx, c.store, id)
	}
	if err == nil && subtle.ConstantTimeCompare([]byte(sub.Token), []byte(token)) == 1 {
		c.known.Store(id, struct{}{})
		return sub, http.StatusOK, nil
	}
	if err != nil && !errors.Is(err, federation.ErrNotFound) {
		return federation.Subscription{}, 0, err
	}
	c.known.Delete(id)
	c.guess.add(from, now)
	return federation.Subscription{}, http.StatusNotFound, nil
}

// network is the address or, of IPv6, the /64 that one household has.
func network(from string) string {
	ap, err := netip.ParseAddrPort(from)
	if err != nil {
		return from
	}
	a := ap.Addr().Unmap()
	if a.Is6() {
		if p, err := a.WithZone("").Prefix(64); err == nil {
			return p.String()
		}
	}
	return a.String()
}
