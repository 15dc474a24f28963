package websub

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/plonegov/carillon/federation"
)

const (
	// MaxPush is the longest push taken, in bytes: as long as a document that
	// is fetched may be.
	MaxPush = 8 << 20

	maxBodies = 4               // held in memory until they are read
	hintEvery = time.Minute     // between two fetches of a source for a push
	assurance = 2 * time.Minute // after which a source whose push is read is fetched all the same
	maxSeen   = 32              // digests kept to know a replay
)

// delivery is a push whose bytes are to be read.
type delivery struct {
	id, source, contentType string
	body                    []byte
}

// Deliver takes a push (WebSub 1.0, 7): it is checked, noted and answered;
// fetching or reading comes later. The status is 202 for every push that a
// live subscription gets, taken or ignored; 404 and 410 where there is none or
// none any more; 413 for more than [MaxPush]; 429 for too many at once; 400
// for a body that breaks off. The error is the store's, the push was not taken
// then, and the hub should come again.
func (c *Callback) Deliver(ctx context.Context, from, token string, header http.Header, body io.Reader) (status int, err error) {
	sub, status, err := c.find(ctx, from, token)
	if err != nil || status != http.StatusOK {
		return status, err
	}
	now := c.now()
	if !sub.Active(now) {
		return http.StatusGone, nil
	}
	if !c.pace.add(sub.ID, now) {
		return http.StatusTooManyRequests, nil
	}
	src, err := federation.Get[federation.Source](ctx, c.store, sub.Source)
	if errors.Is(err, federation.ErrNotFound) || err == nil && src.Suspended {
		return http.StatusGone, nil
	}
	if err != nil {
		return 0, err
	}
	keep := c.mayKeep(src, sub)
	got, err := c.read(header, body, sub.Secret, keep)
	queued := false
	defer func() {
		if keep && !queued {
			<-c.bodies
		}
	}()
	switch {
	case errors.Is(err, errTooLarge):
		return http.StatusRequestEntityTooLarge, nil
	case err != nil:
		return http.StatusBadRequest, nil
	}
	fresh, err := c.note(ctx, sub, got, keep)
	if err != nil {
		return 0, err
	}
	if keep && fresh && !got.weak {
		queued = true
		c.queue <- delivery{sub.ID, sub.Source, header.Get("Content-Type"), got.body}
	}
	return http.StatusAccepted, nil
}

// mayKeep reports whether the bytes of a push may be read in the source's
// stead, and takes a place for them. Besides the operator's trust it wants the
// secret to have gone to the hub as safely as the source itself is fetched.
// With no place left a push is a hint.
func (c *Callback) mayKeep(src federation.Source, sub federation.Subscription) bool {
	safe := strings.HasPrefix(sub.Hub, "https:") || strings.HasPrefix(src.URL, "http:")
	if c.push == nil || !src.TrustHub || !safe {
		return false
	}
	select {
	case c.bodies <- struct{}{}:
		return true
	default:
		return false
	}
}

// pushed is a push that was read.
type pushed struct {
	ignored string // why it is not taken, "" = it is
	digest  string
	body    []byte // when it was to be kept
	weak    bool   // signed by sha1
}

var errTooLarge = errors.New("push too large")

// read reads a push to its end, keeping its bytes only where asked to.
func (c *Callback) read(header http.Header, body io.Reader, secret string, keep bool) (pushed, error) {
	sign, why := readSignature(header, secret, c.AllowSHA1)
	digest := sha256.New()
	var kept bytes.Buffer
	into := []io.Writer{digest}
	if why == "" {
		into = append(into, sign.mac)
	}
	if keep && why == "" {
		into = append(into, &kept)
	}
	n, err := io.Copy(io.MultiWriter(into...), io.LimitReader(body, MaxPush+1))
	var limit *http.MaxBytesError
	if n > MaxPush || errors.As(err, &limit) {
		return pushed{}, errTooLarge
	}
	if err != nil {
		return pushed{}, err
	}
	if why == "" && !sign.right() {
		why = wronglySign
	}
	return pushed{ignored: why, digest: base64.RawURLEncoding.EncodeToString(digest.Sum(nil)[:12]), body: kept.Bytes(), weak: sign.weak}, nil
}

// note counts a push and makes its source due. fresh reports whether its bytes
// may be read: they were rightly signed and not pushed before, for an old push
// played again must not bring an old text back.
func (c *Callback) note(ctx context.Context, sub federation.Subscription, got pushed, keep bool) (fresh bool, err error) {
	state, err := federation.StateOf(ctx, c.store, sub.Source)
	if err != nil {
		return false, forgive(err)
	}
	now := c.now()
	err = c.store.InTx(ctx, func(tx federation.Tx) error {
		held, err := federation.Get[federation.Subscription](ctx, tx, sub.ID)
		if err != nil {
			return err
		}
		if got.ignored == "" && left(state, now) {
			got.ignored = leftAlone
		}
		fresh = tally(&held, got, now)
		if got.ignored != "" {
			return federation.SaveSubscription(ctx, tx, held)
		}
		held.LastHint = hint(held, state, now, keep && fresh && !got.weak)
		if err := federation.SaveSubscription(ctx, tx, held); err != nil || held.LastHint.IsZero() {
			return err
		}
		return tx.PutTask(ctx, federation.Task{Kind: federation.TaskHarvest, Key: sub.Source, Due: held.LastHint})
	})
	if err != nil || got.ignored != "" {
		return false, forgive(err)
	}
	return fresh, nil
}

// forgive forgives that a source or its subscription went meanwhile.
func forgive(err error) error {
	if errors.Is(err, federation.ErrNotFound) {
		return nil
	}
	return err
}

// left reports whether the source's server asked to be left alone: no hub may
// talk us out of that.
func left(state federation.SourceState, now time.Time) bool {
	if !state.Gone.IsZero() {
		return true
	}
	f := state.Failure
	return f != nil && (f.Status == http.StatusTooManyRequests || f.Status == http.StatusServiceUnavailable) && now.Before(state.NextFetch)
}

// tally adds a push to what is known of a subscription. fresh is whether its
// bytes are right and new.
func tally(sub *federation.Subscription, got pushed, now time.Time) (fresh bool) {
	if got.ignored != "" {
		if sub.Ignored == nil {
			sub.Ignored = map[string]int{}
		}
		sub.Ignored[got.ignored]++
		return false
	}
	sub.LastPush = now
	sub.Pushes++
	if slices.Contains(sub.Seen, got.digest) {
		sub.Replays++
		return false
	}
	sub.Seen = append(sub.Seen, got.digest)
	sub.Seen = sub.Seen[max(0, len(sub.Seen)-maxSeen):]
	return true
}

// hint is when the source is fetched for a push: now, unless it was for
// another one in the last minute. Bytes that are read themselves need no fetch
// but one, soon, that makes sure of them.
func hint(sub federation.Subscription, state federation.SourceState, now time.Time, readItself bool) time.Time {
	due := now
	if readItself {
		due = now.Add(assurance)
		if state.NextFetch.After(now) && state.NextFetch.Before(due) {
			due = state.NextFetch
		}
	}
	if sub.LastHint.After(now) && !due.After(sub.LastHint) {
		return sub.LastHint // that fetch is still to come
	}
	if next := sub.LastHint.Add(hintEvery); due.Before(next) {
		return next
	}
	return due
}
