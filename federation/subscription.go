package federation

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
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

// storedSubscription is a subscription with what its own JSON leaves out.
type storedSubscription struct {
	plainSubscription
	Token, Secret string
}

type plainSubscription Subscription

// Record implements [Noun].
func (s Subscription) Record() Record {
	return Record{Kind: subscriptionRecord, Key: s.ID, Owner: s.Source}
}

func (s Subscription) stored() any {
	return storedSubscription{plainSubscription(s), s.Token, s.Secret}
}

// UnmarshalJSON reads what a store holds.
func (s *Subscription) UnmarshalJSON(data []byte) error {
	var held storedSubscription
	err := json.Unmarshal(data, &held)
	*s = Subscription(held.plainSubscription)
	s.Token, s.Secret = held.Token, held.Secret
	return err
}

// SubscriptionsOf returns the subscriptions of a source, or all when it is "",
// in the order of Created, then of ID. A source may have several: one in use
// and others that are being left.
func SubscriptionsOf(ctx context.Context, from Records, source string) ([]Subscription, error) {
	list, err := owned[Subscription](ctx, from, source)
	slices.SortFunc(list, func(a, b Subscription) int {
		return cmp.Or(a.Created.Compare(b.Created), cmp.Compare(a.ID, b.ID))
	})
	return list, err
}

// SaveSubscription creates it or replaces the one with its id. An unknown
// source is not an error: it may be gone before its hub was told.
func SaveSubscription(ctx context.Context, tx Tx, s Subscription) error { return put(ctx, tx, s) }

// RemoveSubscription removes it; an unknown id is not an error.
func RemoveSubscription(ctx context.Context, tx Tx, id string) error {
	return tx.RemoveRecord(ctx, subscriptionRecord, id)
}
