package harvester

import (
	"fmt"
	"slices"
	"time"

	"github.com/plonegov/carillon/federation"
)

// maxWarnings bounds the warnings that a source's health keeps.
const maxWarnings = 20

// answered is the state after an answer that was read, or did not need to be;
// whole tells that it was all of the list.
func (v *harvest) answered(got *fetched, whole bool, now time.Time) federation.SourceState {
	next, r := v.state, v.request
	next.LastFetch, next.LastSuccess = v.begin, now
	next.Failures, next.Failure, next.FailingSince, next.Gone, next.QuietUntil = 0, nil, time.Time{}, time.Time{}, time.Time{}
	next.ETag, next.LastModified, next.BodyHash, next.FetchedURL = got.etag, got.lastModified, got.mark, r.address
	if next.MaxAge = got.maxAge; whole && r.held.etag == "" && r.held.lastModified == "" {
		next.Whole = now
	}
	if r.since { // validators of another request
		next.ETag, next.LastModified, next.BodyHash = "", "", ""
	}
	if adopt(&next, v.src, r.address, got, v.agreed, now) {
		v.log.Info("source has moved for good; its new address is used from now on", "source", v.src.Name(), "from", r.address, "to", got.moved)
	}
	return next
}

// describe says in the state of a source what was read and what it changed;
// since tells that only changes were asked for.
func (c comparison) describe(next *federation.SourceState, list *collection, since bool, now time.Time) {
	fresh, changed := len(c.plan.New), c.changed()
	if pending(c.plan) || list.unread > 0 { // the list is needed whole again
		next.ETag, next.LastModified, next.BodyHash = "", "", ""
	}
	next.Format, next.Paged = list.format.Name, c.Next != "" || len(c.Pages) > 0 || since
	next.TTL, next.Skip, next.Hubs, next.Self = c.TTL, c.Skip, c.Hubs, c.Self
	next.Listed, next.Held, next.Unfinished, next.Undated = c.Listed, c.plan.Held, list.unread, list.undated
	next.Read, next.Unkept = len(c.Items)+len(c.Kept), c.unkept(list)
	next.Items = c.live()
	next.Warnings = texts(append(c.Warnings, c.plan.Warnings...))
	if c.Title != "" {
		next.Title = c.Title
	}
	if changed {
		next.LastChange = now
	}
	if fresh > 0 {
		next.LastNew = now
	}
	next.Gap = gap(c.heads, fresh > 0, now)
	adapt(next, changed)
	if len(c.heads) > 0 { // what is there when a source is added is no rhythm
		count(next, fresh, now)
	}
}

// unkept counts why listed entries are not on the hub; nil when all are.
func (c comparison) unkept(list *collection) map[federation.Reason]int {
	out := c.plan.Unkept
	if list.untitled > 0 {
		out[federation.Untitled] = list.untitled
	}
	if n := c.Listed - len(c.Items) - len(c.Kept) - list.untitled; n > 0 && list.unread == 0 { // else they are read another time
		out[federation.Unreadable] = n
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

// changed reports whether the document changes any item.
func (c comparison) changed() bool {
	return len(c.plan.New)+len(c.plan.Changed)+len(c.plan.Withdraw) > 0
}

// live is how many items the source has afterwards.
func (c comparison) live() int {
	n := live(c.heads) + len(c.plan.New) - len(c.plan.Withdraw)
	for _, it := range c.plan.Changed {
		if !c.heads[it.ID].Withdrawn.IsZero() {
			n++
		}
	}
	return n
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
