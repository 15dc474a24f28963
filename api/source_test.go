package api

import (
	"strings"
	"testing"
	"time"

	"github.com/plonegov/carillon/federation"
)

// wholeHealth is a source whose health has every field of the contract.
func wholeHealth() (*region, time.Time) {
	store := newRegion(1)
	now := time.Date(2026, 3, 12, 8, 0, 0, 0, time.UTC)
	store.sources[0].Every = 30 * time.Minute
	at := now.Add(-10 * time.Minute)
	failure := &federation.Failure{Time: at, Class: federation.FailHTTP, Status: 404, Message: "The site answers 404 Not Found.", Advice: "Look."}
	st := federation.SourceState{Source: "m00/actus", Title: "Source", Format: "feed", Address: "https://www.m00.example/feed", Former: []string{"https://m00.example/rss.xml"},
		Move: &federation.Move{URL: "https://new.m00.example/feed", Since: at, Times: 1}, Hubs: []string{"https://push.example/"},
		Health: federation.Health{Items: 40, Listed: 42, Read: 40, Held: 2, Undated: 1, Unfinished: 1, LastFetch: at, LastSuccess: at.Add(-48 * time.Hour), LastChange: at.Add(-72 * time.Hour),
			Failures: 3, Failure: failure, FailingSince: at.Add(-40 * time.Hour), Warnings: []string{"a warning"}, Fetches: []federation.Fetch{
				{Time: at, Result: "failed", Status: 404, Took: 120 * time.Millisecond, Message: failure.Message, Rule: federation.RuleBackoff, Next: now.Add(20 * time.Minute)},
				{Time: at.Add(-48 * time.Hour), Result: "fetched", Status: 200, Took: time.Second, New: 2, Changed: 1, Withdrawn: 1, Rule: federation.RuleEvery, Next: at.Add(-47 * time.Hour)},
			}},
		Rhythm:   federation.Rhythm{LastNew: at.Add(-72 * time.Hour), Gap: 26 * time.Hour, Week: int(now.Unix()/(7*24*3600)) - 1, Weeks: []int{3, 5, 4, 1, 2}},
		Schedule: federation.Schedule{NextFetch: now.Add(20 * time.Minute), Rule: federation.RuleBackoff}}
	store.states["m00/actus"] = st
	store.subscriptions = []federation.Subscription{{ID: "id", Source: "m00/actus", Token: "the-token", Secret: "the-secret", Hub: "https://push.example/",
		Topic: "https://www.m00.example/feed", Callback: "https://hub.example/websub/the-token", State: federation.SubscriptionActive, Since: at,
		Lease: now.Add(240 * time.Hour), LastPush: at, Pushes: 4, Ignored: map[string]int{"the signature is wrong": 1}}}
	return store, now
}

func TestSourceJSON(t *testing.T) {
	store, now := wholeHealth()
	h := serveRegion(t, store)
	h.now = func() time.Time { return now }
	body := ask(h, "GET", "/api/v1/sources/m00/actus").Body.Bytes()
	golden(t, "testdata/source.json", indented(t, body))
	for _, secret := range []string{"the-token", "the-secret", "callback"} {
		if strings.Contains(string(body), secret) {
			t.Errorf("the health of a source shows %q", secret)
		}
	}
	french := ask(h, "GET", "/api/v1/sources/m00/actus?lang=fr").Body.String()
	if want := "le site répond 404"; !strings.Contains(french, want) {
		t.Errorf("in French the health lacks %q: %s", want, french)
	}
}

// TestSourceStatus: the list and the page of one agree on where each stands.
func TestSourceStatus(t *testing.T) {
	now := time.Date(2026, 3, 12, 8, 0, 0, 0, time.UTC)
	failed := func(days int) federation.SourceState {
		return federation.SourceState{Health: federation.Health{LastFetch: now, Failures: 3, FailingSince: now.AddDate(0, 0, -days), Failure: &federation.Failure{Time: now}}}
	}
	gone := failed(1)
	gone.Gone = now
	for _, test := range []struct {
		src   federation.Source
		state federation.SourceState
		want  federation.Status
	}{
		{want: federation.StatusNew},
		{state: federation.SourceState{Health: federation.Health{LastFetch: now, LastSuccess: now}}, want: federation.StatusActive},
		{state: failed(2), want: federation.StatusFailing},
		{state: failed(31), want: federation.StatusSuspended},
		{src: federation.Source{Suspended: true}, want: federation.StatusSuspended},
		{state: gone, want: federation.StatusGone},
	} {
		store := newRegion(1)
		store.sources[0].Suspended = test.src.Suspended
		store.states["m00/actus"] = test.state
		h := serveRegion(t, store)
		var list SourceList
		getJSON(t, h, "/api/v1/sources", &list)
		var one SourceHealth
		getJSON(t, h, "/api/v1/sources/m00/actus", &one)
		if list.Sources[0].Status != test.want || one.Status != test.want {
			t.Errorf("status of %+v = %q in the list, %q alone; want %q", test.state, list.Sources[0].Status, one.Status, test.want)
		}
	}
}
