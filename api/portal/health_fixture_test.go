package portal

import (
	"time"

	"github.com/plonegov/carillon/federation"
)

// inHealth gives the sources of the region one state of health each.
func inHealth(src federation.Source) (federation.Source, federation.SourceState) {
	s := federation.SourceState{Source: src.Name(), Format: "feed",
		Health:     federation.Health{Items: 5, Listed: 5, Read: 5, LastFetch: today.Add(-12 * time.Minute), LastSuccess: today.Add(-12 * time.Minute), LastChange: today.Add(-26 * time.Hour)},
		Validators: federation.Validators{ETag: `"a"`, FetchedURL: src.URL},
		Rhythm:     federation.Rhythm{LastNew: today.Add(-26 * time.Hour), Gap: 26 * time.Hour},
		Schedule:   federation.Schedule{NextFetch: today.Add(40 * time.Minute), Rule: federation.RuleAdaptive, Interval: 13 * time.Hour}}
	s.Week, s.Weeks = int(today.Unix()/(7*24*3600)), []int{4, 7, 6, 9, 6, 0, 5, 8, 6, 12, 5, 7}
	switch src.Name() {
	case "bellerive/actualites":
		s.Items, s.Listed, s.Read, s.LastChange, s.LastNew = 42, 42, 42, today.Add(-2*time.Hour), today.Add(-2*time.Hour)
		s.Fetches = readings(today.Add(-12*time.Minute), 304)
		s.Hubs = []string{"https://push.example/"}
	case "bellerive/agenda":
		s.FailingSince, s.LastSuccess = today.Add(-6*24*time.Hour+2*time.Hour), today.Add(-6*24*time.Hour)
		s.Failures, s.Rule = 11, federation.RuleBackoff
		s.Failure = &federation.Failure{Time: s.LastFetch, Class: federation.FailHTTP, Status: 403, Message: "The site answers 403 Forbidden.", Advice: "Ask."}
		s.Fetches = readings(s.LastFetch, 304)
		for i := range 11 {
			f := &s.Fetches[i]
			*f = federation.Fetch{Time: f.Time, Result: "failed", Status: 403, Took: 300 * time.Millisecond, Message: s.Failure.Message,
				Rule: federation.RuleBackoff, Next: f.Next}
		}
		s.Weeks, s.Week = s.Weeks[1:], s.Week-1
	case "hautecombe/agenda":
		s.Items, s.Listed, s.Read, s.Held, s.Undated, s.ETag = 61, 42, 42, 5, 3, ""
		s.LastNew, s.Gap, s.Rule, s.Interval = today.Add(-9*24*time.Hour), 48*time.Hour, federation.RuleMaxAge, 24*time.Hour
		s.MaxAge = time.Hour
		s.Fetches = readings(s.LastFetch, 200)
		s.Warnings = []string{"2 items are dated in the future; they are ordered by when the hub first saw them", "a warning"}
		s.Move = &federation.Move{URL: "https://agenda.hautecombe.example/feed?type=rss&lang=fr", Since: today, Times: 1}
	case "amis/billets":
		s.FailingSince = today.Add(-34 * 24 * time.Hour)
		s.LastSuccess, s.Failures, s.Rule, s.NextFetch = s.FailingSince, 40, federation.RuleProbe, today.Add(5*24*time.Hour)
		s.Failure = &federation.Failure{Time: s.LastFetch, Class: federation.FailTLS, Message: "The site's certificate is not valid.", Advice: "Ask."}
	case "eaux/avis":
		s.Gone, s.FailingSince, s.Failures, s.Rule, s.NextFetch = today.Add(-3*time.Hour), today.Add(-3*time.Hour), 1, federation.RuleGone, time.Time{}
		s.Failure = &federation.Failure{Time: s.Gone, Class: federation.FailHTTP, Status: 410, Message: "The site answers 410 Gone.", Advice: "Ask."}
	case "lindewater/nieuws":
		src.Suspended = true
	case "ornelle/demarches":
		src.URL = "file:/srv/secret/fiches.zip"
		s.FailingSince, s.Failures = today, 1
		s.Failure = &federation.Failure{Time: today, Class: federation.FailFile, Message: "open /srv/secret/fiches.zip: no such file", Advice: "Look."}
		s.Fetches = []federation.Fetch{{Time: today, Result: "failed", Message: s.Failure.Message, Rule: federation.RuleBackoff, Next: s.NextFetch}}
	case "rosenthal/termine":
		s = federation.SourceState{Source: src.Name()}
	}
	return src, s
}

// readings are a full journal of a source that is well, whose server answers
// most often with the status.
func readings(last time.Time, status int) []federation.Fetch {
	out := make([]federation.Fetch, federation.MaxFetches)
	for i := range out {
		at := last.Add(-time.Duration(i) * 52 * time.Minute)
		out[i] = federation.Fetch{Time: at, Result: "unchanged", Status: status, Took: 140 * time.Millisecond,
			Rule: federation.RuleAdaptive, Next: at.Add(52 * time.Minute)}
		if i%6 == 2 {
			out[i].Result, out[i].Status, out[i].New, out[i].Changed = "fetched", 200, 2, 1
		}
	}
	return out
}
