package harvester

import (
	"context"
	"fmt"
	"time"

	"github.com/plonegov/carillon/federation"
)

// maxWarnings is how many warnings a source's health keeps.
const maxWarnings = 20

// harvest is one harvest of one source, from the request to the transaction.
// The error wraps ErrNotFound when the source was removed meanwhile.
func (h *Harvester) harvest(ctx context.Context, src federation.Source, force bool) (Outcome, error) {
	begin := h.now()
	state, err := h.store.SourceState(ctx, src.Name())
	if err != nil {
		return Outcome{}, fmt.Errorf("harvest %s: %w", src.Name(), err)
	}
	known := building(src, state, force, begin)
	state.Source, state.LastFetch = src.Name(), begin
	got, err := h.get(ctx, src, known)
	if ctx.Err() != nil {
		return Outcome{}, ctx.Err() // stopping says nothing about the source
	}
	var out Outcome
	switch {
	case err != nil:
		out, err = h.saveFailure(ctx, state, src, err)
	case got.unchanged:
		out, err = h.saveUnchanged(ctx, state, src, got)
	default:
		out, err = h.read(ctx, state, src, got)
	}
	if err != nil {
		return Outcome{}, fmt.Errorf("harvest %s: %w", src.Name(), err)
	}
	out.Took = h.now().Sub(begin)
	h.report(ctx, src, out)
	return out, nil
}

func (h *Harvester) report(ctx context.Context, src federation.Source, out Outcome) {
	if out.Result == Failed {
		return // told with its cause by saveFailure
	}
	h.log.InfoContext(ctx, "source harvested", "source", src.Name(), "result", out.Result,
		"new", out.New, "changed", out.Changed, "withdrawn", out.Withdrawn, "items", out.Items, "took", out.Took)
}

// read decodes what was fetched and saves what it changes.
func (h *Harvester) read(ctx context.Context, state federation.SourceState, src federation.Source, got *fetched) (Outcome, error) {
	d, format, err := h.decode(src, got)
	if err != nil {
		return h.saveFailure(ctx, state, src, err)
	}
	complete(&d, src, got, h.now())
	if len(d.Items) == 0 && len(d.Gone) == 0 && state.Items > 0 {
		return h.saveFailure(ctx, state, src, &sourceError{class: federation.FailEmpty,
			message: fmt.Sprintf("No item can be read in the document, where there were %d before. They are kept.", state.Items),
			advice:  "Ask the webmaster whether the list was emptied on purpose, or breaks off before its first item."})
	}
	return h.save(ctx, state, src, got, d, format)
}

// save writes one plan: all items, their changes and the state, or nothing.
func (h *Harvester) save(ctx context.Context, state federation.SourceState, src federation.Source, got *fetched,
	d federation.Decoded, format string) (Outcome, error) {
	now := h.now()
	var out Outcome
	err := h.store.InTx(ctx, func(tx federation.Tx) error {
		heads, err := tx.Heads(ctx, src.Name())
		if err != nil {
			return err
		}
		plan := federation.Reconcile(heads, d, now)
		if err := apply(ctx, tx, plan, now); err != nil {
			return err
		}
		state.TTL = d.TTL
		next := succeeded(state, src, got, now)
		if pending(plan) { // absences are counted in full fetches: ask for the whole list again
			next.ETag, next.LastModified, next.BodyHash = "", "", ""
		}
		next.Format, next.Listed, next.Held = format, d.Listed, plan.Held
		next.Items = live(heads) + revived(heads, plan) - len(plan.Withdraw)
		next.Warnings = texts(append(d.Warnings, plan.Warnings...))
		if d.Title != "" {
			next.Title = d.Title
		}
		if len(plan.New)+len(plan.Changed)+len(plan.Withdraw) > 0 {
			next.LastChange = now
		}
		out = Outcome{Source: src.Name(), Result: Fetched, New: len(plan.New), Changed: len(plan.Changed),
			Withdrawn: len(plan.Withdraw), Items: next.Items, Warnings: next.Warnings}
		return tx.SaveSourceState(ctx, next)
	})
	return out, err
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

// pending reports whether items are missing that may yet come back.
func pending(plan federation.Plan) bool {
	for _, n := range plan.Absent {
		if n > 0 {
			return true
		}
	}
	return false
}

func live(heads map[string]federation.Head) int {
	n := 0
	for _, h := range heads {
		if h.Withdrawn.IsZero() {
			n++
		}
	}
	return n
}

// revived counts the live items that the plan adds.
func revived(heads map[string]federation.Head, plan federation.Plan) int {
	n := len(plan.New)
	for _, it := range plan.Changed {
		if !heads[it.ID].Withdrawn.IsZero() {
			n++
		}
	}
	return n
}

func texts(warnings []federation.Warning) []string {
	var out []string
	for i, w := range warnings {
		if i == maxWarnings {
			return append(out, fmt.Sprintf("and %d more", len(warnings)-maxWarnings))
		}
		out = append(out, w.String())
	}
	return out
}

// saveUnchanged renews the validators: an answer that brings others replaces
// them, after 304 too (RFC 9110, 15.4.5).
func (h *Harvester) saveUnchanged(ctx context.Context, state federation.SourceState, src federation.Source, got *fetched) (Outcome, error) {
	next := succeeded(state, src, got, h.now())
	items, err := h.saveState(ctx, next)
	return Outcome{Source: src.Name(), Result: Unchanged, Items: items}, err
}

// saveState saves the state of a source of which no item changes. How many it
// has is not taken from before the request: some may have ended meanwhile.
func (h *Harvester) saveState(ctx context.Context, next federation.SourceState) (items int, err error) {
	err = h.store.InTx(ctx, func(tx federation.Tx) error {
		held, err := tx.SourceState(ctx, next.Source)
		if err != nil {
			return err
		}
		next.Items = held.Items
		return tx.SaveSourceState(ctx, next)
	})
	return next.Items, err
}

// saveFailure keeps everything the source had and says what went wrong.
func (h *Harvester) saveFailure(ctx context.Context, state federation.SourceState, src federation.Source, cause error) (Outcome, error) {
	now := h.now()
	f, retryAfter := failure(cause, now)
	h.log.WarnContext(ctx, "source failed", "source", src.Name(), "url", src.URL, "class", f.Class, "status", f.Status, "err", cause)
	state.Failure = &f
	state.Failures++
	state.NextFetch = nextAfterFailure(src, state, retryAfter, now)
	items, err := h.saveState(ctx, state)
	return Outcome{Source: src.Name(), Result: Failed, Failure: &f, Items: items}, err
}

// succeeded is the state after an answer that was read, or did not need to be.
func succeeded(state federation.SourceState, src federation.Source, got *fetched, now time.Time) federation.SourceState {
	state.ETag, state.LastModified, state.BodyHash = got.etag, got.lastModified, got.mark
	state.FetchedURL = src.URL
	state.LastSuccess, state.Failures, state.Failure = now, 0, nil
	state.NextFetch = nextAfterSuccess(src, state.TTL, now)
	return state
}
