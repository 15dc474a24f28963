package federation

import (
	"context"
	"time"
)

// TaskSubscription is the kind of the tasks that ask a WebSub hub for
// something; the key is Subscription.ID.
const TaskSubscription = "websub"

// Subscription is our standing with one WebSub hub (W3C Recommendation, 23
// January 2018) for one source. It is not configuration: a source's document
// names its hub. It outlives its source until the hub was told.
//
// Token and Secret open the callback to whoever knows them, so JSON leaves
// them out; a store keeps them.
type Subscription struct {
	ID       string // a digest of Token, safe to log
	Source   string // full name
	Token    string `json:"-"` // last part of the callback's address; only the hub knows it
	Secret   string `json:"-"` // under which the hub signs; less than 200 bytes
	Hub      string
	Topic    string    // what the hub calls the document, byte by byte
	Callback string    // as the hub was last told, "" = never asked
	Created  time.Time // when the document first named this hub and topic

	State  SubscriptionState
	Since  time.Time // of State
	Lease  time.Time // until when the hub said it would push; zero = never confirmed
	Reason string    // why the last request came to nothing, one plain sentence; "" = it did not

	Asked      string    // "subscribe" or "unsubscribe": what the hub was last asked
	AskedUntil time.Time // until when its verification of that is answered
	Next       time.Time // when the hub is asked again
	Failures   int       // requests in a row that were not confirmed

	LastPush time.Time      // that was rightly signed
	LastHint time.Time      // when the source is or was to be fetched for a push
	Pushes   int            // rightly signed, replays included
	Replays  int            // whose bytes had been pushed before
	Ignored  map[string]int // pushes not taken, by the reason, a plain sentence
	Seen     []string       // digests of the last pushes, oldest first
}

// SubscriptionState is how far a subscription has come.
type SubscriptionState string

// The states of a subscription. Stored ones are never SubscriptionExpired: see
// [Subscription.StateAt].
const (
	SubscriptionPending SubscriptionState = "pending" // the hub was or will be asked
	SubscriptionActive  SubscriptionState = "active"  // confirmed, until Lease
	SubscriptionDenied  SubscriptionState = "denied"  // the hub does not want to; asked again much later
	SubscriptionLeaving SubscriptionState = "leaving" // the hub is asked to stop
	SubscriptionExpired SubscriptionState = "expired" // was active, and the lease has ended
)

// StateAt is the state as of now: an active subscription whose lease has ended
// is expired.
func (s Subscription) StateAt(now time.Time) SubscriptionState {
	if s.State == SubscriptionActive && !now.Before(s.Lease) {
		return SubscriptionExpired
	}
	return s.State
}

// Active reports whether pushes are to be expected at now. Polling goes on.
func (s Subscription) Active(now time.Time) bool { return s.StateAt(now) == SubscriptionActive }

// Subscriptions reads subscriptions.
type Subscriptions interface {
	// Subscription returns the one with the id; ErrNotFound.
	Subscription(ctx context.Context, id string) (Subscription, error)
	// Subscriptions returns those of a source, or of all when it is "", in the
	// order of Created, then of ID. A source may have several: one in use and
	// others that are being left.
	Subscriptions(ctx context.Context, source string) ([]Subscription, error)
}

// SubscriptionWriter is what a transaction does with subscriptions. None of it
// writes a change row: nobody downstream shows them.
type SubscriptionWriter interface {
	Subscriptions
	// SaveSubscription creates it or replaces the one with its id. An unknown
	// source is not an error: it may be gone before its hub was told.
	SaveSubscription(ctx context.Context, s Subscription) error
	// RemoveSubscription removes it; an unknown id is not an error.
	RemoveSubscription(ctx context.Context, id string) error
}
