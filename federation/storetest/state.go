package storetest

import (
	"time"

	"github.com/plonegov/carillon/federation"
)

var stateCases = []testCase{
	{"never fetched", stateNeverFetched},
	{"what is saved comes back", stateRoundTrip},
	{"a source that is gone", stateOfNoSource},
}

func stateNeverFetched(s store) {
	s.withMembers("alba")
	st := must[federation.SourceState](s, "SourceState")(federation.StateOf(s.ctx, s, "alba/news"))
	s.same("SourceState(never fetched)", st, federation.SourceState{Source: "alba/news"})
	_, err := federation.StateOf(s.ctx, s, "alba/none")
	s.wantErr("SourceState(unknown source)", err, federation.ErrNotFound)
	s.same("SourceStates", must[map[string]federation.SourceState](s, "SourceStates")(federation.States(s.ctx, s)), map[string]federation.SourceState{})
}

func stateRoundTrip(s store) {
	s.withMembers("alba", "brume")
	brussels := time.FixedZone("", 3600)
	want := federation.SourceState{Source: "alba/news", Title: "Actualités", Format: "feed",
		Address: "https://www.alba.example/new.rss", Former: []string{"https://www.alba.example/news.rss"},
		Move: &federation.Move{URL: "https://www.alba.example/next.rss", Since: day(2), Times: 2, Held: true}, Agreed: "https://www.alba-new.example/",
		Asked: day(3), Paged: true, Hubs: []string{"https://hub.example/"}, Self: "https://www.alba.example/self.rss",
		Validators: federation.Validators{ETag: "W/\"\xe9t\xe9\"", LastModified: "Mon, 05 Jan 2026 10:00:00 GMT", // bytes as a Latin-1 server sends them
			FetchedURL: "https://www.alba.example/news.rss", BodyHash: "abc", Whole: day(1)},
		Health: federation.Health{LastFetch: day(4), LastSuccess: day(3), LastChange: day(2),
			Failures: 2, Failure: &federation.Failure{Time: day(4), Class: federation.FailHTTP, Status: 503, Message: "m", Advice: "a"},
			Items: 20, Listed: 21, Held: 1, Warnings: []string{"one", "two"}, FailingSince: day(3), Gone: day(4), Unfinished: 3, Undated: 4, Read: 20, Fetches: []federation.Fetch{{Time: day(4), Result: "failed", Status: 503, Took: time.Second, New: 1, Changed: 2, Withdrawn: 3,
				Message: "m", Rule: federation.RuleBackoff, Next: day(5)}}},
		Schedule: federation.Schedule{NextFetch: day(5), Rule: federation.RuleBackoff, QuietUntil: day(5), Interval: time.Hour, MaxAge: time.Minute,
			Skip: federation.Skip{Hours: []int{1, 2}, Days: []time.Weekday{time.Sunday}}},
		Rhythm: federation.Rhythm{LastNew: day(2), Gap: time.Hour, Week: 2900, Weeks: []int{1, 0, 2}}}
	given := want
	given.LastFetch = want.LastFetch.In(brussels).Add(999)
	log := s.logged(func() {
		s.in(func(tx federation.Tx) error { return federation.SaveState(s.ctx, tx, given) })
	})
	s.same("changes of SaveState", log, []string(nil))
	got := must[federation.SourceState](s, "SourceState")(federation.StateOf(s.ctx, s, "alba/news"))
	s.same("SourceState", got, want)
	if got.LastFetch.Location() != time.UTC {
		s.Errorf("SourceState(…).LastFetch is in %v, want UTC", got.LastFetch.Location())
	}
	all := must[map[string]federation.SourceState](s, "SourceStates")(federation.States(s.ctx, s))
	short := want
	short.Fetches = nil
	s.same("SourceStates", all, map[string]federation.SourceState{"alba/news": short})
	given.Failure, given.Failures = nil, 0
	s.in(func(tx federation.Tx) error {
		if err := federation.SaveState(s.ctx, tx, given); err != nil {
			return err
		}
		inside, err := federation.StateOf(s.ctx, tx, "alba/news")
		if err == nil && inside.Failure != nil {
			s.Errorf("SourceState(…) in the transaction = %v, want what it saved", inside.Failure)
		}
		_, missing := federation.StateOf(s.ctx, tx, "alba/none")
		s.wantErr("SourceState(unknown source) in a transaction", missing, federation.ErrNotFound)
		return err
	})
	if got := must[federation.SourceState](s, "SourceState")(federation.StateOf(s.ctx, s, "alba/news")); got.Failure != nil {
		s.Errorf("SourceState(…).Failure = %v after a success, want nil", got.Failure)
	}
}

// stateOfNoSource: a harvest under way when its source is removed must not
// bring its items back.
func stateOfNoSource(s store) {
	s.withMembers("alba")
	s.in(func(tx federation.Tx) error { return federation.Remove[federation.Source](s.ctx, tx, "alba/news") })
	err := s.InTx(s.ctx, func(tx federation.Tx) error {
		if err := tx.SaveItem(s.ctx, item("alba", "1"), day(1)); err != nil {
			return err
		}
		return federation.SaveState(s.ctx, tx, federation.SourceState{Source: "alba/news"})
	})
	s.wantErr("SaveState(removed source)", err, federation.ErrNotFound)
	s.same("EachItem", s.live(), []string(nil))
}
