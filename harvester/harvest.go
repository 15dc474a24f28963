package harvester

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/plonegov/carillon/federation"
)

const (
	maxWarnings = 20               // that a source's health keeps
	maxVisit    = 10 * time.Minute // of one harvest
)

// visit is one harvest of one source, from the request to the transaction.
type visit struct {
	*Harvester
	store     federation.Store // as the holder of task writes it
	task      federation.Task
	src       federation.Source
	opt       Options
	state     federation.SourceState // as it was before
	begin     time.Time
	address   string   // to fetch: the configured one, or one adopted since
	held      copyHeld // what the first request builds on
	whole     bool     // all of a list is read again
	since     bool     // only what changed since the last time is asked for
	pages     []federation.PageState
	left      []string             // addresses of pages that the list no longer names
	agreed    bool                 // the operator agrees to the owner that it has moved to
	abandoned int                  // pages still to be read
	undated   int                  // items read that have no date
	untitled  int                  // entries left out because they have neither title nor text
	told      bool                 // the site tells of changes itself
	rests     map[string]time.Time // until when hosts are not to be asked
}

// harvest is one harvest of one source, by the holder of its task, which is
// finished with what is saved. The error wraps ErrNotFound when the source was
// removed meanwhile.
func (h *Harvester) harvest(ctx context.Context, t federation.Task, src federation.Source, opt Options) (Outcome, error) {
	v, out, err := h.visit(ctx, t, src, opt)
	if err == nil && out == nil {
		out, err = v.run(ctx)
	}
	if err != nil {
		if ctx.Err() != nil && errors.Is(err, ctx.Err()) {
			return Outcome{}, ctx.Err() // stopping says nothing about the source
		}
		return Outcome{}, fmt.Errorf("harvest %s: %w", src.Name(), err)
	}
	out.Took = h.now().Sub(v.begin)
	h.report(ctx, src, *out)
	return *out, nil
}

// visit prepares a harvest. With an outcome there is none: the operator, or
// the host, wants the source to be left alone.
func (h *Harvester) visit(ctx context.Context, t federation.Task, src federation.Source, opt Options) (*visit, *Outcome, error) {
	v := &visit{Harvester: h, store: federation.Fenced(h.store, t), task: t, src: src, opt: opt, begin: h.now()}
	v.told = h.pushed != nil && h.pushed(src)
	var err error
	if v.state, err = h.store.SourceState(ctx, src.Name()); err != nil {
		return v, nil, err
	}
	if err := h.learn(ctx); err != nil {
		return v, nil, err
	}
	v.state.Source = src.Name()
	v.settle()
	switch {
	case opt.Force:
	case src.Suspended:
		out, err := v.wait(ctx, time.Time{}, federation.RuleSuspended)
		return v, out, err
	case !v.state.Gone.IsZero() && v.state.FetchedURL == v.address:
		out, err := v.wait(ctx, time.Time{}, federation.RuleGone)
		return v, out, err
	}
	until, err := v.awaitHost(ctx, v.address)
	if err != nil {
		return v, nil, err
	}
	if !until.IsZero() && !opt.Force {
		out, err := v.wait(ctx, until, federation.RuleHost)
		return v, out, err
	}
	v.prepare()
	return v, nil, nil
}

func (v *visit) run(ctx context.Context) (*Outcome, error) {
	fetching, cancel := context.WithTimeout(ctx, maxVisit)
	defer cancel()
	got, err := v.list(fetching)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	switch {
	case err != nil:
		return v.failed(ctx, err)
	case !v.agree(got):
		return v.failed(ctx, movedAway{got.moved})
	case got.unchanged && v.state.Unfinished == 0:
		return v.unchanged(ctx, got)
	}
	out, err := v.read(fetching, got)
	if err != nil && ctx.Err() != nil {
		return nil, ctx.Err()
	}
	return out, err // what was saved is told, though the task is given back by then
}

func (h *Harvester) report(ctx context.Context, src federation.Source, out Outcome) {
	if out.Result == Failed {
		return // told with its cause
	}
	h.log.InfoContext(ctx, "source harvested", "source", src.Name(), "result", out.Result,
		"new", out.New, "changed", out.Changed, "withdrawn", out.Withdrawn, "items", out.Items, "took", out.Took)
}

// read decodes what was fetched, with all it leads to, and saves what that
// changes. ctx bounds the requests; saving is not cut off by it.
func (v *visit) read(ctx context.Context, got *fetched) (*Outcome, error) {
	saving := context.WithoutCancel(ctx)
	all, format, err := v.decode(v.src, got)
	if err != nil {
		return v.failed(saving, err)
	}
	v.complete(&all.Decoded, got)
	if err := v.follow(ctx, all, format); err != nil {
		return nil, err
	}
	if err := v.readPages(ctx, all, format); err != nil {
		return nil, err
	}
	d := &all.Decoded
	d.Complete = (d.Complete || v.src.Complete) && !v.since && v.whole && v.abandoned == 0
	d.Confirmed = v.opt.Confirm && !v.agreed // one word, one thing agreed to
	if len(d.Items)+len(d.Gone)+len(d.Kept)+v.abandoned == 0 && v.state.Items > 0 && !v.since {
		return v.failed(saving, emptied(v.state.Items))
	}
	return v.save(saving, got, d, format.Name)
}

func emptied(before int) error {
	return &sourceError{class: federation.FailEmpty,
		message: fmt.Sprintf("No item can be read in the document, where there were %d before. They are kept.", before),
		advice:  "Ask the webmaster whether the list was emptied on purpose, or breaks off before its first item."}
}

// save writes one plan: all items, their changes and the state, or nothing.
func (v *visit) save(ctx context.Context, got *fetched, d *federation.Decoded, format string) (*Outcome, error) {
	now := v.now()
	hubs := v.hubs(got, d)
	d.Hubs, d.Self = hubs.Hubs, hubs.Self
	var out Outcome
	err := v.store.InTx(ctx, func(tx federation.Tx) error {
		d := copyOf(d)
		heads, err := tx.Heads(ctx, v.src.Name())
		if err != nil {
			return err
		}
		aliases, err := v.identify(ctx, tx, d, heads)
		if err != nil {
			return err
		}
		plan := federation.Reconcile(heads, *d, now)
		if err := apply(ctx, tx, plan, now); err != nil {
			return err
		}
		if err := v.remember(ctx, tx, aliases); err != nil {
			return err
		}
		next := v.succeeded(got, plan, heads, d, now)
		next.Format = format
		out = Outcome{Source: v.src.Name(), Result: Fetched, New: len(plan.New), Changed: len(plan.Changed),
			Withdrawn: len(plan.Withdraw), Warnings: next.Warnings}
		out.tell(next)
		next = v.scheduled(next, out, got.status, now)
		return v.conclude(ctx, tx, next)
	})
	if err == nil && v.found != nil {
		v.found(ctx, v.src, hubs)
	}
	return &out, err
}

// remember saves what was learnt about ids and pages.
func (v *visit) remember(ctx context.Context, tx federation.Tx, aliases map[string]federation.Alias) error {
	for origin, a := range aliases {
		if err := tx.SaveAlias(ctx, v.src.Name(), origin, a); err != nil {
			return err
		}
	}
	for _, p := range v.pages {
		if err := tx.SavePage(ctx, v.src.Name(), p); err != nil {
			return err
		}
	}
	for _, url := range v.left {
		if err := tx.RemovePage(ctx, v.src.Name(), url); err != nil {
			return err
		}
	}
	return nil
}

func apply(ctx context.Context, tx federation.Tx, plan federation.Plan, now time.Time) error {
	for _, list := range [][]federation.Item{plan.New, plan.Changed} {
		for _, it := range list {
			if err := tx.SaveItem(ctx, it, now); err != nil {
				return err
			}
		}
	}
	for _, w := range plan.Withdraw {
		if err := tx.WithdrawItem(ctx, w.ID, w.Reason, now); err != nil {
			return err
		}
	}
	for id, n := range plan.Absent {
		if err := tx.SaveAbsent(ctx, id, n); err != nil {
			return err
		}
	}
	return nil
}

// unchanged renews the validators: an answer that brings others replaces them,
// after 304 too (RFC 9110, 15.4.5).
func (v *visit) unchanged(ctx context.Context, got *fetched) (*Outcome, error) {
	now := v.now()
	next := v.answered(got, now)
	adapt(&next, false)
	count(&next, 0, now)
	out := &Outcome{Source: v.src.Name(), Result: Unchanged}
	return v.saveState(ctx, v.scheduled(next, *out, got.status, now), out)
}

// saveState saves the state of a source of which no item changes. How many it
// has is not taken from before the request: some may have ended meanwhile.
func (v *visit) saveState(ctx context.Context, next federation.SourceState, out *Outcome) (*Outcome, error) {
	err := v.store.InTx(ctx, func(tx federation.Tx) error {
		held, err := tx.SourceState(ctx, next.Source)
		if err != nil {
			return err
		}
		next.Items, next.Unkept = held.Items, held.Unkept
		out.tell(next)
		return v.conclude(ctx, tx, next)
	})
	return out, err
}

// wait leaves a source alone until then; the zero time is until further
// notice.
func (v *visit) wait(ctx context.Context, until time.Time, rule federation.Rule) (*Outcome, error) {
	next := v.state
	next.NextFetch, next.Rule = until, rule
	return v.saveState(ctx, next, &Outcome{Source: v.src.Name(), Result: Waiting})
}

// failed keeps everything the source had and says what went wrong.
func (v *visit) failed(ctx context.Context, cause error) (*Outcome, error) {
	now := v.now()
	f, retryAfter := failure(cause, now)
	v.log.WarnContext(ctx, "source failed", "source", v.src.Name(), "url", v.address, "class", f.Class, "status", f.Status, "err", cause)
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
	if d := quietFor(f.Status, retryAfter); d > 0 {
		next.QuietUntil = now.Add(d)
		v.rest(v.address, next.QuietUntil)
	}
	next.Gone = time.Time{}
	if f.Status == http.StatusGone {
		next.Gone, next.FetchedURL = now, v.address
		next.ETag, next.LastModified, next.BodyHash = "", "", ""
	}
	out := &Outcome{Source: v.src.Name(), Result: Failed, Failure: &f}
	next.NextFetch, next.Rule = afterFailure(v.src, next, now)
	return v.saveState(ctx, journal(next, *out, f.Status, v.begin, now), out)
}
