package harvester

import (
	"fmt"
	"slices"
	"time"

	"github.com/plonegov/carillon/federation"
)

// answered is the state after an answer that was read, or did not need to be.
func (v *visit) answered(got *fetched, now time.Time) federation.SourceState {
	next := v.state
	next.LastFetch, next.LastSuccess = v.begin, now
	next.Failures, next.Failure, next.FailingSince, next.Gone, next.QuietUntil = 0, nil, time.Time{}, time.Time{}, time.Time{}
	next.ETag, next.LastModified, next.BodyHash, next.FetchedURL = got.etag, got.lastModified, got.mark, v.address
	if next.MaxAge = got.maxAge; v.whole && v.held.etag == "" && v.held.lastModified == "" {
		next.Whole = now
	}
	if v.since { // validators of another request
		next.ETag, next.LastModified, next.BodyHash = "", "", ""
	}
	v.moved(&next, got, now)
	return next
}

// succeeded is the state after a document was read into a plan.
func (v *visit) succeeded(got *fetched, plan federation.Plan, heads map[string]federation.Head, d *federation.Decoded, now time.Time) federation.SourceState {
	next := v.answered(got, now)
	if pending(plan) || v.abandoned > 0 { // the list is needed whole again
		next.ETag, next.LastModified, next.BodyHash = "", "", ""
	}
	next.Paged = d.Next != "" || len(d.Pages) > 0 || v.since
	next.TTL, next.Skip, next.Hubs, next.Self = d.TTL, d.Skip, d.Hubs, d.Self
	next.Listed, next.Held, next.Unfinished, next.Undated = d.Listed, plan.Held, v.abandoned, v.undated
	next.Read, next.Unkept = len(d.Items)+len(d.Kept), v.unkept(plan, d)
	next.Items = live(heads) + revived(heads, plan) - len(plan.Withdraw)
	next.Warnings = texts(append(d.Warnings, plan.Warnings...))
	if d.Title != "" {
		next.Title = d.Title
	}
	changed := len(plan.New)+len(plan.Changed)+len(plan.Withdraw) > 0
	if changed {
		next.LastChange = now
	}
	if len(plan.New) > 0 {
		next.LastNew = now
	}
	next.Gap = gap(heads, len(plan.New) > 0, now)
	adapt(&next, changed)
	if len(heads) > 0 { // what is there when a source is added is no rhythm
		count(&next, len(plan.New), now)
	}
	return next
}

// unkept counts why listed entries are not on the hub; nil when all are.
func (v *visit) unkept(plan federation.Plan, d *federation.Decoded) map[federation.Reason]int {
	out := plan.Unkept
	if v.untitled > 0 {
		out[federation.Untitled] = v.untitled
	}
	if n := d.Listed - len(d.Items) - len(d.Kept) - v.untitled; n > 0 && v.abandoned == 0 { // else they are read another time
		out[federation.Unreadable] = n
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

// scheduled sets when to fetch next and writes the journal.
func (v *visit) scheduled(next federation.SourceState, out Outcome, status int, now time.Time) federation.SourceState {
	next.NextFetch, next.Rule = afterSuccess(v.src, next, v.state.LastSuccess.IsZero(), now)
	if next.Rule == federation.RuleAdaptive && v.told {
		if at := now.Add(spread(pushedInterval)); at.After(next.NextFetch) {
			next.NextFetch, next.Rule = at, federation.RulePush
		}
	}
	return journal(next, out, status, v.begin, now)
}

// journal puts the fetch before those kept.
func journal(next federation.SourceState, out Outcome, status int, begin, now time.Time) federation.SourceState {
	f := federation.Fetch{Time: begin, Result: string(out.Result), Status: status, Took: now.Sub(begin), New: out.New, Changed: out.Changed,
		Withdrawn: out.Withdrawn, Rule: next.Rule, Next: next.NextFetch}
	if out.Failure != nil {
		f.Message = out.Failure.Message
	}
	next.Fetches = slices.Insert(slices.Clone(next.Fetches), 0, f)
	next.Fetches = next.Fetches[:min(len(next.Fetches), federation.MaxFetches)]
	return next
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
