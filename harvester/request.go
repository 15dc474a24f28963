package harvester

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/plonegov/carillon/federation"
)

// maxTime bounds the requests of one harvest.
const maxTime = 10 * time.Minute

// harvest is one harvest of one source, by the holder of its task.
type harvest struct {
	*Harvester
	store   federation.Store // as the holder of the task writes it
	task    federation.Task
	src     federation.Source
	opt     Options
	state   federation.SourceState // as it was before
	begin   time.Time
	request request

	subscribed bool                 // the site tells of changes itself
	agreed     bool                 // the operator agrees to the owner that it has moved to
	rests      map[string]time.Time // until when hosts are not to be asked
	left       departures
	entries    map[string]string // of the last document, see knows
	hub        string            // hash of what the hub knew when they were recalled
}

// harvest harvests a source, by the holder of its task, which is finished with
// what is saved. The error wraps ErrNotFound when the source was removed
// meanwhile.
func (h *Harvester) harvest(ctx context.Context, t federation.Task, src federation.Source, opt Options) (Outcome, error) {
	var out Outcome
	v, err := h.prepare(ctx, t, src, opt)
	if err == nil {
		out, err = v.run(ctx)
	}
	switch {
	case err != nil && ctx.Err() != nil:
		return Outcome{}, ctx.Err() // stopping says nothing about the source
	case err != nil:
		return Outcome{}, fmt.Errorf("harvest %s: %w", src.Name(), err)
	}
	out.Source, out.Took = src.Name(), h.now().Sub(v.begin)
	if out.Result != Failed { // which is told with its cause
		h.log.InfoContext(ctx, "source harvested", "source", out.Source, "result", out.Result,
			"new", out.New, "changed", out.Changed, "withdrawn", out.Withdrawn, "items", out.Items, "took", out.Took)
	}
	return out, nil
}

// prepare reads what is known of a source before it is asked.
func (h *Harvester) prepare(ctx context.Context, t federation.Task, src federation.Source, opt Options) (*harvest, error) {
	v := &harvest{Harvester: h, store: federation.Fenced(h.store, t), task: t, src: src, opt: opt, begin: h.now()}
	var err error
	if v.state, err = federation.StateOf(ctx, h.store, src.Name()); err != nil {
		return nil, err
	}
	v.state.Source = src.Name()
	if a := v.state.Address; a != "" && !owns(src, v.state, a) { // adopted before the operator was asked
		v.state.Address, v.state.Former = "", nil
	}
	v.request.address = v.state.URL(src)
	return v, h.readTables(ctx)
}

// run is a harvest from the first request to the transaction. What was read by
// then is saved when the time is up, or ctx is done.
func (v *harvest) run(ctx context.Context) (Outcome, error) {
	until, rule, err := v.mayAsk(ctx)
	switch {
	case err != nil:
		return Outcome{}, err
	case rule != "":
		return v.wait(ctx, until, rule)
	}
	v.subscribed = v.pushed != nil && v.pushed(v.src)
	v.request = nextRequest(v.src, v.state, v.opt, v.reading(v.src), v.changedSince(), v.begin)

	fetching, cancel := context.WithTimeout(ctx, maxTime)
	defer cancel()
	saving := context.WithoutCancel(ctx)
	got, err := v.fetchList(fetching)
	switch {
	case ctx.Err() != nil:
		return Outcome{}, ctx.Err()
	case err != nil:
		return v.failed(ctx, err)
	case got.unchanged && v.state.Unfinished == 0:
		if err := v.lookAgain(fetching, nil); err != nil {
			return Outcome{}, err
		}
		return v.unchanged(ctx, got)
	}
	if err := v.recall(ctx); err != nil {
		return Outcome{}, err
	}
	got.known = v.knows
	out, err := v.readAndSave(fetching, saving, got)
	if errors.Is(err, errNotHeld) {
		v.entries, v.left = nil, departures{}
		return v.readAndSave(fetching, saving, got)
	}
	return out, err
}

// readAndSave reads the list with all that it leads to, and saves it.
func (v *harvest) readAndSave(fetching, saving context.Context, got *fetched) (Outcome, error) {
	list, err := v.read(v.src, got)
	if err != nil {
		return v.failed(saving, err)
	}
	if err := v.follow(fetching, list); err != nil {
		return Outcome{}, err
	}
	if list.blank() && v.state.Items > 0 && !v.request.since {
		return v.failed(saving, emptied(v.state.Items))
	}
	if err := v.lookAgain(fetching, list); err != nil {
		return Outcome{}, err
	}
	return v.save(saving, got, list)
}

// mayAsk reports whether the source may be asked now: rule is "" when it may,
// else why not, and until when; the zero time is until further notice.
func (v *harvest) mayAsk(ctx context.Context) (until time.Time, rule federation.Rule, err error) {
	switch {
	case v.opt.Force:
	case v.src.Suspended:
		return time.Time{}, federation.RuleSuspended, nil
	case !v.state.Gone.IsZero() && v.state.FetchedURL == v.request.address:
		return time.Time{}, federation.RuleGone, nil
	}
	until, err = v.awaitHost(ctx, v.request.address)
	if err != nil || until.IsZero() || v.opt.Force {
		return time.Time{}, "", err
	}
	return until, federation.RuleHost, nil
}

// awaitHost waits out the pause that the hub makes at a host by itself. It
// returns until when the host asked to be left alone for longer; zero when it
// may be asked.
func (v *harvest) awaitHost(ctx context.Context, address string) (until time.Time, err error) {
	until, err = v.store.Rest(ctx, federation.HostOf(address))
	wait := until.Sub(v.begin)
	if err != nil || until.IsZero() || wait <= 0 {
		return time.Time{}, err
	}
	if _, gap := v.fetch.Pace(address); wait > gap {
		return until, nil
	}
	pause(ctx, wait)
	return time.Time{}, ctx.Err()
}

// request is what a harvest asks for.
type request struct {
	address string   // of the list: the configured one, or one adopted since
	asked   string   // the address that is asked, which may be for a part of the list
	held    copyHeld // what the answer is compared with
	whole   bool     // all of the list is read again
	since   bool     // only what changed since the last time is asked for
}

// Some servers answer 304 for ever, whatever changed; and what changed on a
// later page of a list does not show on the first.
const (
	wholeEvery = 7 * 24 * time.Hour // how often a source is asked without validators
	pagedEvery = 24 * time.Hour     // how often a list of several documents is read to its end
)

// sinceOverlap is for clocks that differ and for what was saved while the last
// answer was written.
const sinceOverlap = 5 * time.Minute

// nextRequest decides what the request builds on: the validators and the mark of
// the last answer. There is nothing when all is to be read again: by force, from
// another address, or in another way (see reading). changedSince is the format's
// way to ask for changes alone, nil when it has none.
func nextRequest(src federation.Source, s federation.SourceState, opt Options, reading string, changedSince func(string, time.Time) string, now time.Time) request {
	address := s.URL(src)
	r := request{address: address, asked: address, held: copyHeld{s.ETag, s.LastModified, s.BodyHash}}
	fresh := opt.Force || s.FetchedURL != address || !strings.HasPrefix(s.BodyHash, reading)
	weekly := now.Sub(s.Whole) >= wholeEvery
	paged := s.Paged && now.Sub(s.Whole) >= pagedEvery
	r.whole = fresh || weekly || !s.Paged || paged
	if opt.Confirm {
		r.whole, fresh = true, true
	}
	switch {
	case fresh, paged, s.Paged && weekly:
		r.held = copyHeld{}
	case weekly:
		r.held.etag, r.held.lastModified = "", ""
	}
	if changedSince != nil && !s.LastSuccess.IsZero() && !s.Whole.IsZero() && !fresh && !weekly && !strings.HasPrefix(address, "file:") {
		r.asked = changedSince(address, s.LastSuccess.Add(-sinceOverlap))
		r.since = r.asked != address
	}
	if r.since {
		r.whole, r.held = false, copyHeld{}
	}
	return r
}

// changedSince is how the format that the source names, or was last read with,
// asks for changes alone; nil when it cannot.
func (v *harvest) changedSince() func(string, time.Time) string {
	name := v.src.Format
	if name == "" || name == "auto" {
		name = v.state.Format
	}
	for _, f := range v.formats {
		if f.Name == name {
			return f.Since
		}
	}
	return nil
}

// readingEpoch is part of every mark: raise it when the same bytes are to be
// read again because a decoder has learnt something.
const readingEpoch = "5"

// reading is a short hash of all that decides, beside the bytes, what items a
// document gives: when a source's settings change, or the hub's topics, the
// same bytes are read again.
func (h *Harvester) reading(src federation.Source) string {
	at := h.tables().Defaults(src)
	how := struct {
		Epoch, Topics, Format, Language, License, Identity string
		Home, Zone                                         string
		Type                                               federation.ItemType
		Categories                                         []string
		Columns                                            map[string]string
		Page                                               *federation.PageRule
		Alerts                                             bool
		Fixed                                              bool   `json:",omitempty"`
		Attribution                                        string `json:",omitempty"`
	}{readingEpoch, h.tables().TopicsHash(), src.Format, src.Language, src.License, src.Identity, at.Home, at.Zone, src.Type, src.Categories, src.Columns, src.Page, src.Alerts, src.LanguageFixed, src.Attribution}
	b, err := json.Marshal(how)
	if err != nil { // strings and lists of them cannot fail to marshal
		panic(err)
	}
	return digest(b)[:12] + ":"
}
