package harvester

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/safehttp"
	"github.com/plonegov/carillon/federation/storetest"
)

// simulated is how long the judge watches, on a clock of its own.
const simulated = 1000 * time.Hour

// publisher is a site as the judge simulates it.
type publisher struct {
	name       string
	etag       bool          // sends ETag
	modified   bool          // sends Last-Modified
	newETag    bool          // sends another ETag with each 304
	maxAge     time.Duration // Cache-Control
	ttl        time.Duration // of the document
	every      time.Duration // configured for its source
	changes    time.Duration // how often an item is added, 0 = never
	busyEvery  int           // every so many requests it answers 429 …
	busyFor    time.Duration // … and asks to be left alone for so long
	downFrom   time.Duration // it answers 500 from then on …
	downFor    time.Duration // … for so long
	alwaysSame bool          // answers 304 to any condition, whatever changed

	src       federation.Source
	asked     int
	last      time.Time // last request
	state     string    // what it serves
	given     [2]string // validators of the last answer
	full      time.Time // last unconditional request that was answered
	restUntil time.Time // until when it asked to be left alone
	fresh     time.Time // until when the last answer is
	lastGood  bool
	seen      map[string]time.Time // state to when it was first served whole
}

// judge is the Fetcher that scores the harvester: what a fair reader never
// does is a fault.
type judge struct {
	t       *testing.T
	store   federation.Store
	now     time.Time
	origins map[string]*publisher
	faults  []string
	asked   int
}

func (j *judge) fault(o *publisher, format string, args ...any) {
	j.faults = append(j.faults, fmt.Sprintf("%s at %v: %s", o.name, j.now.Sub(noon), fmt.Sprintf(format, args...)))
}

// Pace implements [Fetcher].
func (*judge) Pace(string) (time.Time, time.Duration) { return time.Time{}, 0 }

// Get answers as the origin would, and notes what is unfair.
func (j *judge) Get(_ context.Context, req safehttp.Request) (*safehttp.Response, error) {
	o := j.origins[req.URL]
	j.check(o, req)
	o.asked++
	j.asked++
	o.last, o.lastGood = j.now, false
	h := http.Header{}
	passed := j.now.Sub(noon)
	switch {
	case o.busyEvery > 0 && o.asked%o.busyEvery == 0:
		o.restUntil = j.now.Add(o.busyFor)
		h.Set("Retry-After", fmt.Sprint(int(o.busyFor.Seconds())))
		if o.asked%2 == 0 {
			o.restUntil = o.restUntil.Truncate(time.Second) // a date has no more
			h.Set("Retry-After", o.restUntil.UTC().Format(http.TimeFormat))
		}
		return &safehttp.Response{Status: 429, Header: h, URL: req.URL}, nil
	case passed >= o.downFrom && passed < o.downFrom+o.downFor:
		return &safehttp.Response{Status: 500, Header: h, URL: req.URL}, nil
	}
	if o.lastGood = true; req.ETag == "" && req.LastModified == "" {
		o.full = j.now
	}
	n := 0
	if o.changes > 0 {
		n = int(passed / o.changes)
	}
	state := fmt.Sprint(n)
	if o.maxAge > 0 {
		h.Set("Cache-Control", fmt.Sprintf("public, max-age=%d", int(o.maxAge.Seconds())))
	}
	o.fresh = j.now.Add(min(max(o.maxAge, o.ttl), maxInterval))
	same := (req.ETag != "" || req.LastModified != "") && (o.alwaysSame || state == o.state)
	o.state = state
	if o.etag {
		o.given[0] = `"` + state + `"`
		if o.newETag {
			o.given[0] = fmt.Sprintf(`W/"%s-%d"`, state, o.asked)
		}
		h.Set("ETag", o.given[0])
	}
	if o.modified {
		o.given[1] = noon.Add(time.Duration(n) * o.changes).Format(http.TimeFormat)
		h.Set("Last-Modified", o.given[1])
	}
	if same {
		return &safehttp.Response{Status: 304, Header: h, URL: req.URL}, nil
	}
	if o.seen[state].IsZero() {
		o.seen[state] = j.now
	}
	var b strings.Builder
	fmt.Fprintf(&b, `{"feed":"F","ttl":"%s"}`, o.ttl)
	for i := max(0, n-5); i <= n; i++ {
		fmt.Fprintf(&b, "\n"+`{"id":"%d","title":"Title %d"}`, i, i)
	}
	return &safehttp.Response{Status: 200, Header: h, URL: req.URL, Body: []byte(b.String())}, nil
}

func (j *judge) check(o *publisher, req safehttp.Request) {
	if o.asked == 0 {
		return
	}
	since := j.now.Sub(o.last)
	if least := cmp.Or(o.every, minInterval); since < least*9/10-time.Second {
		j.fault(o, "asked again after %v", since)
	}
	if j.now.Before(o.restUntil) {
		j.fault(o, "asked %v before it wanted to be", o.restUntil.Sub(j.now))
	}
	if o.lastGood && o.every == 0 && j.now.Before(o.fresh) {
		j.fault(o, "asked although the answer was fresh for another %v", o.fresh.Sub(j.now))
	}
	switch got := [2]string{req.ETag, req.LastModified}; {
	case got == o.given:
	case got == [2]string{}:
		if j.now.Sub(o.full) < wholeEvery*9/10 {
			j.fault(o, "asked without validators twice within %v", j.now.Sub(o.full))
		}
	default:
		j.fault(o, "validators %q, want %q", got, o.given)
	}
}

// TestJudge runs a hub for 1,000 hours on a clock of its own against sites that
// score it: conditional requests with the right validators, the least
// interval, Retry-After, freshness. It must make no fault, and still notice
// what changes.
func TestJudge(t *testing.T) {
	origins := []*publisher{
		{name: "etag", etag: true, changes: 6 * time.Hour},
		{name: "modified", modified: true, changes: 31 * time.Hour},
		{name: "both", etag: true, modified: true, changes: 100 * time.Minute},
		{name: "neither", changes: 5 * time.Hour},
		{name: "etag of 304", etag: true, newETag: true, changes: 26 * time.Hour},
		{name: "fresh", etag: true, maxAge: 3 * time.Hour, changes: time.Hour},
		{name: "fresh for a year", etag: true, maxAge: 365 * 24 * time.Hour, changes: 40 * time.Hour},
		{name: "ttl", modified: true, ttl: 5 * time.Hour, changes: 7 * time.Hour},
		{name: "ttl and max-age", ttl: 2 * time.Hour, maxAge: 4 * time.Hour, changes: 3 * time.Hour},
		{name: "busy", etag: true, busyEvery: 7, busyFor: 5 * time.Hour, changes: 9 * time.Hour},
		{name: "busy for days", busyEvery: 5, busyFor: 23 * time.Hour, changes: 12 * time.Hour},
		{name: "down", etag: true, modified: true, downFrom: 200 * time.Hour, downFor: 100 * time.Hour, changes: 11 * time.Hour},
		{name: "every", etag: true, every: 40 * time.Minute, changes: 3 * time.Hour},
		{name: "every, seldom", every: 48 * time.Hour, changes: 20 * time.Hour},
		{name: "silent", etag: true},
		{name: "always the same", etag: true, alwaysSame: true, changes: 50 * time.Hour},
	}
	store := storetest.NewMem() // a thousand hours are long enough once
	j := &judge{t: t, store: store, now: noon, origins: map[string]*publisher{}}
	h := New(slog.New(slog.DiscardHandler), store, j, []federation.Format{linesFormat()})
	h.now = func() time.Time { return j.now }
	w := &testHub{t: t, store: store, Harvester: h}
	for i, o := range origins {
		slug := fmt.Sprint("s", i)
		o.src = w.source(federation.Source{Member: "m", Slug: slug, URL: "https://" + slug + ".example/rss", Every: o.every, Format: "lines"})
		o.seen, o.full = map[string]time.Time{}, noon
		j.origins[o.src.URL] = o
		if err := federation.PutTask(t.Context(), store, federation.Task{Kind: federation.TaskHarvest, Key: o.src.Name(), Due: noon}); err != nil {
			t.Fatal(err)
		}
	}
	for j.now.Sub(noon) < simulated {
		tasks, err := store.ClaimTasks(t.Context(), federation.Claim{Kind: federation.TaskHarvest, Now: j.now, Limit: 100, Lease: time.Hour})
		if err != nil {
			t.Fatal(err)
		}
		for _, task := range tasks {
			i := slices.IndexFunc(origins, func(o *publisher) bool { return o.src.Name() == task.Key })
			if _, err := h.work(t.Context(), task, origins[i].src, Options{}); err != nil {
				t.Fatal(err)
			}
		}
		next, err := store.NextDue(t.Context(), federation.TaskHarvest)
		if err != nil || !next.After(j.now) {
			t.Fatalf("next is due at %v, %v after %v", next, err, j.now)
		}
		j.now = next
	}
	for _, f := range j.faults[:min(len(j.faults), 20)] {
		t.Error(f)
	}
	t.Logf("%d sources, %d requests in %v, %d faults", len(origins), j.asked, simulated, len(j.faults))
	for _, o := range origins {
		j.noticed(o)
	}
}

// noticed checks that the hub holds what the site has by the end: politeness
// is no excuse for missing what is published.
func (j *judge) noticed(o *publisher) {
	state, err := federation.StateOf(j.t.Context(), j.store, o.src.Name())
	if err != nil {
		j.t.Fatal(err)
	}
	if since := j.now.Sub(state.LastSuccess); since > 3*maxInterval {
		j.t.Errorf("%s: last read %v ago by rule %q", o.name, since, state.Rule)
	}
	if o.alwaysSame && len(o.seen) < 3 {
		j.t.Errorf("%s: %d states seen; a whole reading a week must find more", o.name, len(o.seen))
	}
}
