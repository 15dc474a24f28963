package harvester

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/plonegov/carillon/federation"
)

// save saves what a document changes and the state of the source, or nothing.
func (v *harvest) save(ctx context.Context, got *fetched, list *collection) (Outcome, error) {
	now := v.now()
	list.Complete = (list.Complete || v.src.Complete) && !v.request.since && list.toEnd && list.unread == 0
	list.Confirmed = v.opt.Confirm && !v.agreed // one word, one thing agreed to
	hubs := hubsOf(got, &list.Decoded)
	list.Hubs, list.Self = hubs.Hubs, hubs.Self
	var out Outcome
	err := v.store.InTx(ctx, func(tx federation.Tx) error {
		c, err := v.compare(ctx, tx, list, now)
		if err != nil {
			return err
		}
		if err := c.write(ctx, tx, v.src.Name(), now); err != nil {
			return err
		}
		if err := v.rememberEntries(ctx, tx, c); err != nil {
			return err
		}
		for _, p := range list.pages {
			if err := federation.SavePage(ctx, tx, v.src.Name(), p); err != nil {
				return err
			}
		}
		for _, url := range list.forgotten {
			if err := federation.RemovePage(ctx, tx, v.src.Name(), url); err != nil {
				return err
			}
		}
		next := v.answered(got, list.toEnd, now)
		c.describe(&next, list, v.request.since, now)
		out = Outcome{Result: Fetched, New: len(c.plan.New), Changed: len(c.plan.Changed), Withdrawn: len(c.plan.Withdraw) + len(v.left.gone), Warnings: next.Warnings}
		return v.conclude(ctx, tx, next, &out, got.status, now)
	})
	if err == nil && v.found != nil {
		v.found(ctx, v.src, hubs)
	}
	return out, err
}

// comparison is what a document changes of what is held of its source.
type comparison struct {
	federation.Decoded // of the document, with the ids of the source's items
	heads              map[string]federation.Head
	aliases            map[string]federation.Alias // to save, by origin id
	plan               federation.Plan
}

// compare compares a document with what is held of the source.
func (v *harvest) compare(ctx context.Context, tx federation.Tx, list *collection, now time.Time) (comparison, error) {
	c := comparison{Decoded: copyOf(list.Decoded)}
	held, err := tx.Aliases(ctx, v.src.Name())
	if err != nil {
		return c, err
	}
	if c.heads, err = tx.Heads(ctx, v.src.Name()); err != nil {
		return c, err
	}
	c.aliases = identify(v.src.Name(), &c.Decoded, c.heads, held, v.begin)
	if !v.holdsKnown(c) {
		return c, errNotHeld
	}
	c.plan = federation.Reconcile(c.heads, c.Decoded, now)
	return c, nil
}

// write writes the items, their changes and the aliases.
func (c comparison) write(ctx context.Context, tx federation.Tx, source string, now time.Time) error {
	for _, list := range [][]federation.Item{c.plan.New, c.plan.Changed} {
		for _, it := range list {
			if err := tx.SaveItem(ctx, it, now); err != nil {
				return err
			}
		}
	}
	for _, w := range c.plan.Withdraw {
		if err := tx.WithdrawItem(ctx, w.ID, w.Reason, now); err != nil {
			return err
		}
	}
	for id, n := range c.plan.Absent {
		if err := tx.SaveAbsent(ctx, id, n); err != nil {
			return err
		}
	}
	for origin, a := range c.aliases {
		if err := tx.SaveAlias(ctx, source, origin, a); err != nil {
			return err
		}
	}
	return nil
}

// unchanged renews the validators: an answer that brings others replaces them,
// after 304 too (RFC 9110, 15.4.5).
func (v *harvest) unchanged(ctx context.Context, got *fetched) (Outcome, error) {
	now := v.now()
	next := v.answered(got, v.request.whole, now)
	adapt(&next, false)
	count(&next, 0, now)
	return v.saveState(ctx, next, Outcome{Result: Unchanged}, got.status, now)
}

// wait leaves a source alone until then; the zero time is until further
// notice.
func (v *harvest) wait(ctx context.Context, until time.Time, rule federation.Rule) (Outcome, error) {
	next := v.state
	next.NextFetch, next.Rule = until, rule
	return v.saveState(ctx, next, Outcome{Result: Waiting}, 0, v.begin)
}

// failed keeps everything the source had and says what went wrong.
func (v *harvest) failed(ctx context.Context, cause error) (Outcome, error) {
	now := v.now()
	f, retryAfter := failure(cause, now)
	v.log.WarnContext(ctx, "source failed", "source", v.src.Name(), "url", v.request.address, "class", f.Class, "status", f.Status, "err", cause)
	next := v.state
	next.LastFetch, next.Failure, next.Move = v.begin, &f, nil
	if away := (movedAway{}); errors.As(cause, &away) {
		f.Message, f.Advice = away.failure(v.src.Name())
		next.Move = &federation.Move{URL: away.to, Since: now, Times: 1, Held: true}
		if held := v.state.Move; held != nil && held.Held && held.URL == away.to {
			next.Move.Since, next.Move.Times = held.Since, held.Times+1
		}
	}
	if next.Failures++; next.Failures == 1 {
		next.FailingSince = now
	}
	if next.QuietUntil = (time.Time{}); retryAfter > 0 {
		next.QuietUntil = now.Add(retryAfter)
	}
	if d := restFor(f.Status, retryAfter); d > 0 {
		next.QuietUntil = now.Add(d)
		v.rest(v.request.address, next.QuietUntil)
	}
	next.Gone = time.Time{}
	if f.Status == http.StatusGone {
		next.Gone, next.FetchedURL = now, v.request.address
		next.ETag, next.LastModified, next.BodyHash = "", "", ""
	}
	return v.saveState(ctx, next, Outcome{Result: Failed, Failure: &f}, f.Status, now)
}

func emptied(before int) error {
	return &sourceError{class: federation.FailEmpty,
		message: fmt.Sprintf("No item can be read in the document, where there were %d before. They are kept.", before),
		advice:  "Ask the webmaster whether the list was emptied on purpose, or breaks off before its first item."}
}

// saveState saves the state of a source of which no item changes. How many it
// has is not taken from before the request: some may have ended meanwhile.
func (v *harvest) saveState(ctx context.Context, next federation.SourceState, out Outcome, status int, now time.Time) (Outcome, error) {
	err := v.store.InTx(ctx, func(tx federation.Tx) error {
		held, err := federation.StateOf(ctx, tx, next.Source)
		if err != nil {
			return err
		}
		next := next
		next.Items, next.Unkept, out.Withdrawn = held.Items, held.Unkept, len(v.left.gone)
		return v.conclude(ctx, tx, next, &out, status, now)
	})
	return out, err
}

// conclude saves the state of a source after an outcome, with when it is fetched
// next, and with it that its task is done and that the hosts which were
// asked may rest.
func (v *harvest) conclude(ctx context.Context, tx federation.Tx, next federation.SourceState, out *Outcome, status int, now time.Time) error {
	if err := v.saveDepartures(ctx, tx, &next, now); err != nil {
		return err
	}
	out.describe(next)
	switch out.Result {
	case Waiting: // nobody was asked
	case Failed:
		next.NextFetch, next.Rule = afterFailure(v.src, next, now)
		next = journal(next, *out, status, v.begin, now)
	default:
		next.NextFetch, next.Rule = afterSuccess(v.src, next, v.state.LastSuccess.IsZero(), v.subscribed, now)
		next = journal(next, *out, status, v.begin, now)
	}
	if err := federation.SaveState(ctx, tx, next); err != nil {
		return err
	}
	done := v.task
	done.Host = federation.HostOf(next.URL(v.src))
	if err := tx.FinishTask(ctx, done, next.NextFetch); err != nil {
		return err
	}
	turn, _ := v.fetch.Pace(v.request.address)
	v.rest(v.request.address, turn)
	for host, until := range v.rests {
		if err := tx.RestHost(ctx, host, until); err != nil {
			return err
		}
	}
	return nil
}

// rest notes until when the host of an address is not to be asked.
func (v *harvest) rest(address string, until time.Time) {
	if v.rests == nil {
		v.rests = map[string]time.Time{}
	}
	if host := federation.HostOf(address); until.After(v.rests[host]) {
		v.rests[host] = until
	}
}
