package harvester

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/plonegov/carillon/federation"
)

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// wantBetween checks that what is scheduled lies within the bounds, over many
// draws of the jitter, and that there is some.
func wantBetween(t *testing.T, what string, next func() time.Time, from, to time.Duration) {
	t.Helper()
	least, most := next(), next()
	for range 500 {
		at := next()
		if at.Before(least) {
			least = at
		}
		if at.After(most) {
			most = at
		}
	}
	if least.Before(noon.Add(from)) || most.After(noon.Add(to)) {
		t.Errorf("%s: %v to %v after noon, want within %v and %v", what, least.Sub(noon), most.Sub(noon), from, to)
	}
	if from != to && most.Sub(least) < (to-from)/4 {
		t.Errorf("%s: draws differ by %v only, want them spread over %v", what, most.Sub(least), to-from)
	}
}

func TestAfterSuccess(t *testing.T) {
	type state = federation.SourceState
	tests := []struct {
		name     string
		src      federation.Source
		state    state
		rule     federation.Rule
		from, to time.Duration
	}{
		{"default", federation.Source{}, state{}, federation.RuleDefault, 54 * time.Minute, 66 * time.Minute},
		{"every", federation.Source{Every: 10 * time.Minute}, state{}, federation.RuleEvery, 9 * time.Minute, 11 * time.Minute},
		{"every, whatever the document asks", federation.Source{Every: 10 * time.Minute}, state{Schedule: federation.Schedule{TTL: 5 * time.Hour, MaxAge: time.Hour}},
			federation.RuleEvery, 9 * time.Minute, 11 * time.Minute},
		{"adaptive", federation.Source{}, state{Schedule: federation.Schedule{Interval: 2 * time.Hour}}, federation.RuleAdaptive, 108 * time.Minute, 132 * time.Minute},
		{"adaptive, too often", federation.Source{}, state{Schedule: federation.Schedule{Interval: time.Minute}}, federation.RuleAdaptive, 13*time.Minute + 30*time.Second, 16*time.Minute + 30*time.Second},
		{"adaptive, too seldom", federation.Source{}, state{Schedule: federation.Schedule{Interval: 90 * 24 * time.Hour}}, federation.RuleAdaptive, 21*time.Hour + 36*time.Minute, 26*time.Hour + 24*time.Minute},
		{"ttl", federation.Source{}, state{Schedule: federation.Schedule{TTL: 10 * time.Hour}}, federation.RuleTTL, 10 * time.Hour, 11 * time.Hour},
		{"ttl below the interval", federation.Source{}, state{Schedule: federation.Schedule{TTL: time.Minute}}, federation.RuleDefault, 54 * time.Minute, 66 * time.Minute},
		{"ttl of a year", federation.Source{}, state{Schedule: federation.Schedule{TTL: 365 * 24 * time.Hour}}, federation.RuleTTL, 24 * time.Hour, 26*time.Hour + 24*time.Minute},
		{"max-age", federation.Source{}, state{Schedule: federation.Schedule{TTL: 2 * time.Hour, MaxAge: 3 * time.Hour}}, federation.RuleMaxAge, 3 * time.Hour, 198 * time.Minute},
		{"unfinished", federation.Source{Every: 48 * time.Hour}, state{Health: federation.Health{Unfinished: 1}}, federation.RuleUnfinished, 13*time.Minute + 30*time.Second, 16*time.Minute + 30*time.Second},
		{"cron", federation.Source{Cron: "30 6-22 * * *"}, state{}, federation.RuleCron, 30 * time.Minute, 30 * time.Minute},
		{"cron, tomorrow", federation.Source{Cron: "0 6 * * *"}, state{}, federation.RuleCron, 18 * time.Hour, 18 * time.Hour},
		{"cron with a zone", federation.Source{Cron: "TZ=Europe/Brussels"}, state{}, federation.RuleCron, time.Hour, time.Hour},
		{"cron with a zone and fields", federation.Source{Cron: "CRON_TZ=Europe/Brussels 0 6 * * *"}, state{}, federation.RuleCron, time.Hour, time.Hour},
		{"cron that is none", federation.Source{Cron: "now and then"}, state{}, federation.RuleCron, time.Hour, time.Hour},
		{"cron that never comes", federation.Source{Cron: "0 0 30 2 *"}, state{}, federation.RuleCron, time.Hour, time.Hour},
		{"skipped hours", federation.Source{}, state{Schedule: federation.Schedule{Skip: federation.Skip{Hours: []int{12, 13, 14}}}}, federation.RuleSkip, 3 * time.Hour, 3 * time.Hour},
		{"skipped day", federation.Source{}, state{Schedule: federation.Schedule{Skip: federation.Skip{Days: []time.Weekday{noon.Weekday()}}}}, federation.RuleSkip, 12 * time.Hour, 12 * time.Hour},
	}
	for _, test := range tests {
		wantBetween(t, test.name, func() time.Time {
			at, rule := afterSuccess(test.src, test.state, false, false, noon)
			if rule != test.rule {
				t.Fatalf("%s: rule %q, want %q", test.name, rule, test.rule)
			}
			return at
		}, test.from, test.to)
	}
}

// TestSkipAll: a document that asks to be spared always is fetched all the
// same.
func TestSkipAll(t *testing.T) {
	var all federation.Skip
	for h := range 24 {
		all.Hours = append(all.Hours, h)
	}
	if at := skip(all, noon); !at.Equal(noon) {
		t.Errorf("skip(every hour) = %v, want %v", at, noon)
	}
}

// TestFirstIntervalsDiffer: sources added together do not stay together, and
// one keeps its place.
func TestFirstIntervalsDiffer(t *testing.T) {
	seen := map[time.Duration]bool{}
	for i := range 100 {
		src := federation.Source{Member: "m", Slug: fmt.Sprint("s", i), Every: time.Hour}
		at, _ := afterSuccess(src, federation.SourceState{}, true, false, noon)
		again, _ := afterSuccess(src, federation.SourceState{}, true, false, noon)
		if !at.Equal(again) || at.Before(noon.Add(time.Hour)) || at.After(noon.Add(90*time.Minute)) {
			t.Fatalf("first interval of %s: %v, then %v", src.Name(), at.Sub(noon), again.Sub(noon))
		}
		seen[at.Sub(noon).Truncate(time.Minute)] = true
	}
	if len(seen) < 20 {
		t.Errorf("100 sources begin in %d of 30 minutes", len(seen))
	}
}

func TestAfterFailure(t *testing.T) {
	type state = federation.SourceState
	failing := &federation.Failure{Time: noon}
	long := state{Health: federation.Health{Failures: 400, Failure: failing, FailingSince: noon.Add(-31 * 24 * time.Hour), LastFetch: noon}}
	tests := []struct {
		name     string
		src      federation.Source
		state    state
		rule     federation.Rule
		from, to time.Duration
	}{
		{"first", federation.Source{}, state{Health: federation.Health{Failures: 1}}, federation.RuleBackoff, 13*time.Minute + 30*time.Second, 16*time.Minute + 30*time.Second},
		{"second", federation.Source{}, state{Health: federation.Health{Failures: 2}}, federation.RuleBackoff, 27 * time.Minute, 33 * time.Minute},
		{"fourth", federation.Source{}, state{Health: federation.Health{Failures: 4}}, federation.RuleBackoff, 108 * time.Minute, 132 * time.Minute},
		{"hundredth", federation.Source{}, state{Health: federation.Health{Failures: 100}}, federation.RuleBackoff, 21*time.Hour + 36*time.Minute, 26*time.Hour + 24*time.Minute},
		{"often", federation.Source{Every: time.Minute}, state{Health: federation.Health{Failures: 1}}, federation.RuleBackoff, 54 * time.Second, 66 * time.Second},
		{"often, eleventh", federation.Source{Every: time.Minute}, state{Health: federation.Health{Failures: 11}}, federation.RuleBackoff, 15*time.Hour + 21*time.Minute, 18*time.Hour + 47*time.Minute},
		{"seldom", federation.Source{Every: 48 * time.Hour}, state{Health: federation.Health{Failures: 5}}, federation.RuleBackoff, 43*time.Hour + 12*time.Minute, 52*time.Hour + 48*time.Minute},
		{"asked for an hour", federation.Source{}, state{Health: federation.Health{Failures: 1},
			Schedule: federation.Schedule{QuietUntil: noon.Add(time.Hour)}}, federation.RuleRetryAfter, time.Hour, time.Hour},
		{"asked for a second", federation.Source{}, state{Health: federation.Health{Failures: 1},
			Schedule: federation.Schedule{QuietUntil: noon.Add(time.Second)}}, federation.RuleBackoff, 13*time.Minute + 30*time.Second, 16*time.Minute + 30*time.Second},
		{"for a month", federation.Source{}, long, federation.RuleProbe, 151 * time.Hour, 185 * time.Hour},
	}
	for _, test := range tests {
		test.state.Failure, test.state.LastFetch = failing, noon
		if test.state.FailingSince.IsZero() {
			test.state.FailingSince = noon
		}
		wantBetween(t, test.name, func() time.Time {
			at, rule := afterFailure(test.src, test.state, noon)
			if rule != test.rule {
				t.Fatalf("%s: rule %q, want %q", test.name, rule, test.rule)
			}
			return at
		}, test.from, test.to)
	}
	gone := state{Health: federation.Health{Failures: 1, Failure: failing, LastFetch: noon, Gone: noon}}
	if at, rule := afterFailure(federation.Source{}, gone, noon); !at.IsZero() || rule != federation.RuleGone {
		t.Errorf("afterFailure(gone) = %v by %q, want never", at, rule)
	}
}

func TestAdapt(t *testing.T) {
	heads := map[string]federation.Head{}
	for i := range 30 {
		heads[fmt.Sprint(i)] = federation.Head{FirstSeen: noon.Add(-time.Duration(i) * 8 * time.Hour)}
	}
	if got := gap(heads, true, noon.Add(8*time.Hour)); got != 8*time.Hour {
		t.Errorf("gap of a daily rhythm of three = %v, want 8h", got)
	}
	if got := gap(map[string]federation.Head{"1": {FirstSeen: noon}, "2": {FirstSeen: noon}}, false, noon); got != 0 {
		t.Errorf("gap of what came at once = %v, want 0: not known", got)
	}
	s := federation.SourceState{Rhythm: federation.Rhythm{Gap: 8 * time.Hour}}
	adapt(&s, true)
	if s.Interval != 4*time.Hour {
		t.Errorf("interval after a change = %v, want half the gap", s.Interval)
	}
	for range 100 {
		before := s.Interval
		if adapt(&s, false); s.Interval < before || s.Interval > maxInterval {
			t.Fatalf("interval without a change went from %v to %v", before, s.Interval)
		}
	}
	if adapt(&s, true); s.Interval != 4*time.Hour {
		t.Errorf("interval after the next change = %v, want it back at half the gap", s.Interval)
	}
}

func TestCount(t *testing.T) {
	var s federation.SourceState
	week := 7 * 24 * time.Hour
	count(&s, 2, noon)
	count(&s, 1, noon.Add(time.Minute))
	count(&s, 5, noon.Add(2*week))
	if want := []int{5, 0, 3}; !slices.Equal(s.Weeks, want) {
		t.Errorf("Weeks = %v, want %v", s.Weeks, want)
	}
	count(&s, 1, noon.Add(200*week))
	if len(s.Weeks) != maxWeeks || s.Weeks[0] != 1 || slices.Max(s.Weeks[1:]) != 0 {
		t.Errorf("Weeks after four years of silence = %v, want 1 and %d times 0", s.Weeks, maxWeeks-1)
	}
}
