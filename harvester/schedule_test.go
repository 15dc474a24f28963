package harvester

import (
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

func TestNextAfterSuccess(t *testing.T) {
	tests := []struct {
		name     string
		src      federation.Source
		ttl      time.Duration
		from, to time.Duration
	}{
		{"default", federation.Source{}, 0, 54 * time.Minute, 66 * time.Minute},
		{"every", federation.Source{Every: 10 * time.Minute}, 0, 9 * time.Minute, 11 * time.Minute},
		{"every, whatever the document asks", federation.Source{Every: 10 * time.Minute}, 5 * time.Hour, 9 * time.Minute, 11 * time.Minute},
		{"ttl", federation.Source{}, 10 * time.Hour, 9 * time.Hour, 11 * time.Hour},
		{"ttl below the default", federation.Source{}, time.Minute, 54 * time.Minute, 66 * time.Minute},
		{"ttl of a year", federation.Source{}, 365 * 24 * time.Hour, 21*time.Hour + 36*time.Minute, 26*time.Hour + 24*time.Minute},
		{"cron", federation.Source{Cron: "30 6-22 * * *"}, 0, 30 * time.Minute, 30 * time.Minute},
		{"cron, tomorrow", federation.Source{Cron: "0 6 * * *"}, 0, 18 * time.Hour, 18 * time.Hour},
		{"cron with a zone", federation.Source{Cron: "TZ=Europe/Brussels"}, 0, time.Hour, time.Hour},
		{"cron with a zone and fields", federation.Source{Cron: "CRON_TZ=Europe/Brussels 0 6 * * *"}, 0, time.Hour, time.Hour},
		{"cron that is none", federation.Source{Cron: "now and then"}, 0, time.Hour, time.Hour},
		{"cron that never comes", federation.Source{Cron: "0 0 30 2 *"}, 0, time.Hour, time.Hour},
	}
	for _, test := range tests {
		wantBetween(t, test.name, func() time.Time { return nextAfterSuccess(test.src, test.ttl, noon) }, test.from, test.to)
	}
}

func TestNextAfterFailure(t *testing.T) {
	tests := []struct {
		name       string
		src        federation.Source
		failures   int
		retryAfter time.Duration
		from, to   time.Duration
	}{
		{"first", federation.Source{}, 1, 0, 13*time.Minute + 30*time.Second, 16*time.Minute + 30*time.Second},
		{"second", federation.Source{}, 2, 0, 27 * time.Minute, 33 * time.Minute},
		{"fourth", federation.Source{}, 4, 0, 108 * time.Minute, 132 * time.Minute},
		{"hundredth", federation.Source{}, 100, 0, 21*time.Hour + 36*time.Minute, 26*time.Hour + 24*time.Minute},
		{"often", federation.Source{Every: time.Minute}, 1, 0, 54 * time.Second, 66 * time.Second},
		{"often, eleventh", federation.Source{Every: time.Minute}, 11, 0, 15*time.Hour + 21*time.Minute, 18*time.Hour + 47*time.Minute},
		{"seldom", federation.Source{Every: 48 * time.Hour}, 5, 0, 43*time.Hour + 12*time.Minute, 52*time.Hour + 48*time.Minute},
		{"asked for an hour", federation.Source{}, 1, time.Hour, time.Hour, time.Hour},
		{"asked for a second", federation.Source{}, 1, time.Second, 13*time.Minute + 30*time.Second, 16*time.Minute + 30*time.Second},
	}
	for _, test := range tests {
		state := federation.SourceState{Failures: test.failures}
		wantBetween(t, test.name, func() time.Time { return nextAfterFailure(test.src, state, test.retryAfter, noon) }, test.from, test.to)
	}
}
