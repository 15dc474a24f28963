package health

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/widgets"
)

var missing = regexp.MustCompile(`\[\[[a-z_]*\]\]|<no value>`)

var today = time.Date(2026, 11, 23, 9, 30, 0, 0, time.UTC)

func in(lang string) Words { return In(lang, widgets.Dates{Lang: lang}) }

// healthOf tells of a source on the web in a language.
func healthOf(lang string, change func(*federation.Source, *federation.SourceState)) Health {
	src := federation.Source{Member: "m", Slug: "s", URL: "https://m.example/rss.xml", Every: 30 * time.Minute}
	s := federation.SourceState{Source: "m/s",
		Health:     federation.Health{LastFetch: today.Add(-12 * time.Minute), LastSuccess: today.Add(-12 * time.Minute), Items: 42, Listed: 42, Read: 42},
		Schedule:   federation.Schedule{NextFetch: today.Add(40 * time.Minute)},
		Validators: federation.Validators{ETag: `"a"`, FetchedURL: src.URL}}
	change(&src, &s)
	return in(lang).Of(src, s, nil, today)
}

func TestHeadline(t *testing.T) {
	fail := func(f federation.Failure, since time.Duration) func(*federation.Source, *federation.SourceState) {
		return func(_ *federation.Source, s *federation.SourceState) {
			f.Time = today
			s.Failures, s.Failure, s.FailingSince = 3, &f, today.Add(-since)
		}
	}
	http := func(status int) federation.Failure {
		return federation.Failure{Class: federation.FailHTTP, Status: status}
	}
	for _, tc := range []struct {
		name   string
		change func(*federation.Source, *federation.SourceState)
		want   string
	}{
		{"well", func(*federation.Source, *federation.SourceState) {}, "All is well. Checked 12 minutes ago; publications collected: 42 of 42."},
		{"well, more kept than listed", func(_ *federation.Source, s *federation.SourceState) { s.Items = 300 }, "All is well. Checked 12 minutes ago; publications collected: 42 of 42."},
		{"well, nothing listed", func(_ *federation.Source, s *federation.SourceState) { s.Listed, s.Items = 0, 1 }, "All is well. Checked 12 minutes ago: 1 publication."},
		{"part", func(_ *federation.Source, s *federation.SourceState) { s.Read = 40 }, "Checked 12 minutes ago, but only part was collected: 40 of 42."},
		{"all over", func(_ *federation.Source, s *federation.SourceState) {
			s.Read, s.Listed, s.Items, s.Unkept = 2, 2, 0, map[federation.Reason]int{federation.Expired: 2}
		}, "Checked 12 minutes ago, but nothing in the list is on the portal: 0 of 2."},
		{"some over", func(_ *federation.Source, s *federation.SourceState) {
			s.Unkept = map[federation.Reason]int{federation.Expired: 30}
		},
			"Checked 12 minutes ago. Current publications: 12 of 42; the others are over."},
		{"some over, some untitled", func(_ *federation.Source, s *federation.SourceState) {
			s.Read, s.Unkept = 40, map[federation.Reason]int{federation.Expired: 30, federation.Untitled: 2}
		}, "Checked 12 minutes ago, but only part was collected: 10 of 42."},
		{"a text refused", func(_ *federation.Source, s *federation.SourceState) {
			s.Unkept = map[federation.Reason]int{federation.Older: 1}
		},
			"Checked 12 minutes ago; publications collected: 42 of 42, with remarks."},
		{"an empty list", func(_ *federation.Source, s *federation.SourceState) { s.Listed, s.Read, s.Items = 0, 0, 0 },
			"Checked 12 minutes ago: the list is empty."},
		{"silent", func(_ *federation.Source, s *federation.SourceState) {
			s.Gap, s.LastNew = 24*time.Hour, s.LastSuccess.Add(-9*24*time.Hour)
		}, "Checked 12 minutes ago without errors, but nothing new for 9 days."},
		{"new", func(_ *federation.Source, s *federation.SourceState) { *s = federation.SourceState{} }, "This source has not been checked yet."},
		{"404", fail(http(404), 4*24*time.Hour), "This address has not been readable since Thursday: the site answers 404, there is nothing at this address any more."},
		{"503, today", fail(http(503), time.Hour), "This address has not been readable since 09:30: the site has a fault of its own (503)."},
		{"for long", fail(federation.Failure{Class: federation.FailTLS}, 34*24*time.Hour),
			"This address has not been readable since 20 October 2026: the site’s security certificate is not valid. It is tried only once a week now."},
		{"gone", func(src *federation.Source, s *federation.SourceState) {
			fail(http(410), time.Hour)(src, s)
			s.Gone = today.Add(-time.Hour)
		}, "The site has said since 09:30 that this address has been removed (410). It is not checked any more."},
		{"moved away", func(src *federation.Source, s *federation.SourceState) {
			fail(federation.Failure{Class: federation.FailMoved}, time.Hour)(src, s)
			s.Move = &federation.Move{URL: "https://casino.example/", Since: today.Add(-4 * 24 * time.Hour), Held: true}
		}, "Nothing has been taken over since Thursday: the address redirects permanently to another site, https://casino.example/."},
		{"stopped", func(src *federation.Source, _ *federation.SourceState) { src.Suspended = true }, "The portal’s operator has paused checks of this source."},
	} {
		if got := healthOf("en", tc.change).Headline; got != tc.want {
			t.Errorf("%s: headline %q, want %q", tc.name, got, tc.want)
		}
	}
}

// TestEveryTroubleHasWords: in each language what happened and what to do,
// different for each trouble.
func TestEveryTroubleHasWords(t *testing.T) {
	var all []federation.Failure
	for _, c := range []federation.FailureClass{federation.FailRefused, federation.FailDNS, federation.FailTLS, federation.FailConnect,
		federation.FailTimeout, federation.FailTooLarge, federation.FailRedirect, federation.FailFormat, federation.FailEmpty,
		federation.FailFile, federation.FailMoved} {
		all = append(all, federation.Failure{Class: c})
	}
	for _, status := range []int{400, 401, 403, 404, 410, 429, 500} {
		all = append(all, federation.Failure{Class: federation.FailHTTP, Status: status})
	}
	for _, lang := range federation.Languages {
		seen := map[string]bool{}
		for _, f := range all {
			got := in(lang).trouble(f)
			if missing.MatchString(fmt.Sprint(got)) || got.Message == "" || got.Advice == "" || seen[got.Message] || seen[got.Advice] {
				t.Errorf("%s: trouble(%s, %d) = %+v; want words of its own", lang, f.Class, f.Status, got)
			}
			if f.Status >= 400 && f.Status < 600 && !strings.Contains(got.Message, fmt.Sprint(f.Status)) {
				t.Errorf("%s: trouble(%d) = %q lacks the status", lang, f.Status, got.Message)
			}
			seen[got.Message], seen[got.Advice] = true, true
		}
	}
	if got := in("en").trouble(federation.Failure{Class: "brand-new"}); missing.MatchString(fmt.Sprint(got)) {
		t.Errorf("trouble of a class not known = %+v", got)
	}
}

var everyRule = []federation.Rule{federation.RuleEvery, federation.RuleCron, federation.RuleDefault, federation.RuleAdaptive, federation.RuleTTL,
	federation.RuleMaxAge, federation.RuleSkip, federation.RuleUnfinished, federation.RulePush, federation.RuleRetryAfter, federation.RuleHost,
	federation.RuleBackoff, federation.RuleProbe, federation.RuleGone, federation.RuleSuspended}

// TestEveryRuleHasWords: in each language why then, and a short name.
func TestEveryRuleHasWords(t *testing.T) {
	for _, lang := range federation.Languages {
		sentences, names := map[string]bool{}, map[string]bool{}
		for _, rule := range everyRule {
			next := healthOf(lang, func(_ *federation.Source, s *federation.SourceState) {
				s.Rule, s.Gap, s.TTL, s.MaxAge, s.Unfinished, s.Failures = rule, 80*time.Minute, 10*time.Hour, 2*time.Hour, 3, 2
				switch rule {
				case federation.RuleGone:
					s.Gone, s.NextFetch = today, time.Time{}
				case federation.RuleSuspended:
					s.NextFetch = time.Time{}
				}
			}).Next
			name := in(lang).Rule(rule)
			if missing.MatchString(next+name) || next == "" || name == "" || sentences[next] || names[name] {
				t.Errorf("%s: rule %s is %q, %q in short; want words of its own", lang, rule, next, name)
			}
			sentences[next], names[name] = true, true
		}
	}
}

func TestNext(t *testing.T) {
	for _, tc := range []struct {
		name   string
		change func(*federation.Source, *federation.SourceState)
		want   string
	}{
		{"adaptive", func(_ *federation.Source, s *federation.SourceState) {
			s.Rule, s.Gap, s.Interval = federation.RuleAdaptive, 80*time.Minute, 40*time.Minute
		}, "Next check in 40 minutes, because new publications usually appear every 80 minutes."},
		{"seldom", func(_ *federation.Source, s *federation.SourceState) {
			s.Rule, s.Gap, s.Interval = federation.RuleAdaptive, time.Hour, 9*time.Hour
		}, "Next check in 40 minutes, because nothing has changed recently, so checks are less frequent."},
		{"due", func(_ *federation.Source, s *federation.SourceState) {
			s.Rule, s.NextFetch = federation.RuleEvery, today.Add(-time.Second)
		}, "Next check shortly, because the portal’s operator has set a check every 30 minutes."},
		{"no rule", func(*federation.Source, *federation.SourceState) {}, "Next check in 40 minutes."},
		{"stopped", func(src *federation.Source, _ *federation.SourceState) { src.Suspended = true }, "No check is planned until the portal’s operator decides otherwise."},
		{"new", func(_ *federation.Source, s *federation.SourceState) { *s = federation.SourceState{} }, "Next check as soon as possible."},
	} {
		if got := healthOf("en", tc.change).Next; got != tc.want {
			t.Errorf("%s: next %q, want %q", tc.name, got, tc.want)
		}
	}
}

func TestUnit(t *testing.T) {
	v := in("de")
	for d, want := range map[time.Duration]string{
		0: "vor 1 Minute", 40 * time.Minute: "vor 40 Minuten", time.Hour: "vor 1 Stunde", 80 * time.Minute: "vor 80 Minuten", 2 * time.Hour: "vor 2 Stunden",
		24 * time.Hour: "vor 1 Tag", 30 * time.Hour: "vor 30 Stunden", 48 * time.Hour: "vor 2 Tagen", 9 * 24 * time.Hour: "vor 9 Tagen",
	} {
		if got := v.ago(d); got != want {
			t.Errorf("ago(%v) = %q, want %q", d, got, want)
		}
	}
}

func TestRhythm(t *testing.T) {
	present := weekOf(today)
	state := func(week int, weeks ...int) federation.SourceState {
		return federation.SourceState{Rhythm: federation.Rhythm{Week: week, Weeks: weeks}, Health: federation.Health{LastSuccess: today}}
	}
	stale := state(present-2, 3, 4, 5, 6)
	stale.LastSuccess = today.Add(-2 * week)
	for _, tc := range []struct {
		name  string
		state federation.SourceState
		news  string // newest first; ? = not read
		usual float64
		known bool
	}{
		{"nothing", federation.SourceState{}, "", 0, false},
		{"two weeks", state(present, 1, 9), "1 9", 0, false},
		{"the first week is not whole", state(present, 1, 4, 6, 8, 100), "1 4 6 8 100", 6, true},
		{"twelve weeks", state(present, 1, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 9), "1 2 2 2 2 2 3 3 3 3 3 9", 3, true},
		{"nothing new for two weeks", state(present-2, 4, 4, 4, 4), "0 0 4 4 4 4", 4, true},
		{"not read for two weeks", stale, "? ? 3 4 5 6", 4, true},
		{"long ago", state(present-40, 4, 4), "0 0 0 0 0 0 0 0 0 0 0 0", 0, true},
	} {
		got := RhythmOf(tc.state, today)
		var news []string
		for i, w := range got.Weeks {
			n := "?"
			if w.Read {
				n = fmt.Sprint(w.New)
			}
			news = append(news, n)
			if weekOf(w.Start) != present-i {
				t.Errorf("%s: week %d starts %v", tc.name, i, w.Start)
			}
		}
		if strings.Join(news, " ") != tc.news || got.Known != tc.known || got.Known && got.PerWeek != tc.usual {
			t.Errorf("%s: weeks %q, usual %v (known %t); want %q, %v (%t)", tc.name, news, got.PerWeek, got.Known, tc.news, tc.usual, tc.known)
		}
	}
}

func TestValidators(t *testing.T) {
	fetches := func(n int, result string, status int) []federation.Fetch {
		return slices.Repeat([]federation.Fetch{{Result: result, Status: status}}, n)
	}
	src := federation.Source{URL: "https://m.example/rss.xml"}
	for _, tc := range []struct {
		name  string
		state federation.SourceState
		want  string
	}{
		{"none, always 200", federation.SourceState{Health: federation.Health{Fetches: fetches(6, "unchanged", 200)}}, "no_validators"},
		{"none, always new", federation.SourceState{Health: federation.Health{Fetches: fetches(4, "fetched", 200)}}, "no_validators"},
		{"none, too early to say", federation.SourceState{Health: federation.Health{Fetches: fetches(3, "unchanged", 200)}}, ""},
		{"none now, 304 before", federation.SourceState{Health: federation.Health{Fetches: append(fetches(6, "unchanged", 200), fetches(1, "unchanged", 304)...)}}, ""},
		{"none, in pages", federation.SourceState{Paged: true, Health: federation.Health{Fetches: fetches(6, "fetched", 200)}}, ""},
		{"none, failing", federation.SourceState{Health: federation.Health{Fetches: fetches(20, "failed", 500)}}, ""},
		{"sent, never heeded", federation.SourceState{Validators: federation.Validators{ETag: `"a"`},
			Health: federation.Health{Fetches: fetches(6, "unchanged", 200)}}, "dead_validators"},
		{"sent, always new", federation.SourceState{Validators: federation.Validators{LastModified: "x"},
			Health: federation.Health{Fetches: fetches(6, "fetched", 200)}}, ""},
		{"heeded", federation.SourceState{Validators: federation.Validators{ETag: `"a"`},
			Health: federation.Health{Fetches: fetches(20, "unchanged", 304)}}, ""},
	} {
		if got := validators(src, tc.state); got != tc.want {
			t.Errorf("%s: validators = %q, want %q", tc.name, got, tc.want)
		}
	}
	file := federation.Source{URL: "file:/srv/a.xml"}
	if got := validators(file, federation.SourceState{Health: federation.Health{Fetches: fetches(9, "unchanged", 200)}}); got != "" {
		t.Errorf("validators of a file = %q, want none", got)
	}
}

func TestFindings(t *testing.T) {
	for _, lang := range federation.Languages {
		h := healthOf(lang, func(_ *federation.Source, s *federation.SourceState) {
			s.Held, s.Undated, s.Read = 5, 1, 40
			s.Move = &federation.Move{URL: "https://new.example/"}
			s.Gap, s.LastNew = time.Hour, s.LastSuccess.Add(-4*time.Hour)
			s.Warnings = []string{"something else", "2 items are dated in the future; they are ordered by when the hub first saw them"}
		})
		var codes []string
		for _, f := range h.Findings {
			codes = append(codes, f.Code)
			if missing.MatchString(f.Message+f.Advice) || f.Message == "" || f.Advice == "" {
				t.Errorf("%s: finding %+v lacks words", lang, f)
			}
		}
		if diff := cmp.Diff([]string{"held", "moving", "silent", "incomplete", "undated", "future"}, codes); diff != "" {
			t.Errorf("%s: findings (-want +got):\n%s", lang, diff)
		}
		if got, want := h.Findings[0].Command, "carillon harvest --confirm m/s"; got != want {
			t.Errorf("%s: command %q, want %q", lang, got, want)
		}
	}
}

// TestMovedAwayIsAFinding: in each language where the address leads, and what
// the operator may run.
func TestMovedAwayIsAFinding(t *testing.T) {
	for _, lang := range federation.Languages {
		h := healthOf(lang, func(_ *federation.Source, s *federation.SourceState) {
			s.Failures, s.Failure, s.FailingSince = 2, &federation.Failure{Class: federation.FailMoved, Time: today}, today
			s.Move = &federation.Move{URL: "https://casino.example/", Since: today, Held: true}
		})
		if len(h.Findings) == 0 {
			t.Fatalf("%s: no finding", lang)
		}
		f := h.Findings[0]
		if f.Code != "elsewhere" || f.Command != "carillon harvest --confirm m/s" || !strings.Contains(f.Message, "https://casino.example/") {
			t.Errorf("%s: %+v", lang, f)
		}
		if all := fmt.Sprint(h); missing.MatchString(all) || !strings.Contains(h.Headline, "https://casino.example/") {
			t.Errorf("%s: %s", lang, all)
		}
	}
}

// TestWarningsAreTheHarvesters: states keep warnings as text, so the words of
// those that are known here must be those that are written there.
func TestWarningsAreTheHarvesters(t *testing.T) {
	for file, known := range map[string]struct{ text, warning *regexp.Regexp }{
		"complete.go": {regexp.MustCompile(`"%d( items are dated [^"]*)"`), ahead},
		"alert.go":    {regexp.MustCompile(`"%d( items say [^"]*)"`), ungranted},
	} {
		b, err := os.ReadFile("../../harvester/enrich/" + file)
		if err != nil {
			t.Fatal(err)
		}
		text := known.text.FindSubmatch(b)
		if text == nil {
			t.Errorf("the harvester no longer warns in %s by %v", file, known.text)
			continue
		}
		if got := countIn(known.warning, []string{"7" + string(text[1])}); got != 7 {
			t.Errorf("countIn does not know the harvester's warning %q", text[1])
		}
	}
}

// TestUngrantedIsAFinding: in each language, what was refused and what to do.
func TestUngrantedIsAFinding(t *testing.T) {
	for _, lang := range federation.Languages {
		h := healthOf(lang, func(_ *federation.Source, s *federation.SourceState) {
			s.Warnings = []string{"3 items say that they are alerts. This source is not allowed to"}
		})
		if len(h.Findings) == 0 || h.Findings[0].Code != "ungranted" || !strings.Contains(h.Findings[0].Message, "3") || !strings.Contains(h.Findings[0].Advice, "alerts: true") {
			t.Errorf("%s: %+v", lang, h.Findings)
		}
	}
}

func TestPush(t *testing.T) {
	sub := federation.Subscription{Hub: "https://push.example/", State: federation.SubscriptionActive, Lease: today.Add(24 * time.Hour)}
	with := func(change func(*federation.Subscription)) []federation.Subscription {
		s := sub
		change(&s)
		return []federation.Subscription{s, {Hub: "https://old.example/", State: federation.SubscriptionLeaving}}
	}
	v := in("en")
	for _, tc := range []struct {
		hubs []string
		subs []federation.Subscription
		want string
	}{
		{nil, nil, "The site does not announce"},
		{[]string{"https://push.example/"}, nil, "The site names a WebSub server (https://push.example/)"},
		{nil, with(func(*federation.Subscription) {}), "WebSub subscription (https://push.example/) in force until 24 November 2026"},
		{nil, with(func(s *federation.Subscription) { s.LastPush = today.Add(-3 * time.Hour) }), "The site announces its changes through WebSub (https://push.example/), last 3 hours ago"},
		{nil, with(func(s *federation.Subscription) { s.Lease = today }), "The subscription at the WebSub server https://push.example/ has expired"},
		{nil, with(func(s *federation.Subscription) { s.State = federation.SubscriptionDenied }), "The WebSub server https://push.example/ has refused"},
		{nil, with(func(s *federation.Subscription) { s.State = federation.SubscriptionPending }), "Subscription asked for at"},
	} {
		if got := v.push(federation.SourceState{Hubs: tc.hubs}, tc.subs, today); !strings.HasPrefix(got, tc.want) {
			t.Errorf("push(%v, %+v) = %q, want %q…", tc.hubs, tc.subs, got, tc.want)
		}
	}
}

// TestNothingIsWellThatIsNot: with any reason why an entry is not kept, no
// language says that all is well, and a finding says why.
func TestNothingIsWellThatIsNot(t *testing.T) {
	well := map[string]string{"fr": "Tout va bien", "nl": "Alles in orde", "de": "Alles in Ordnung", "en": "All is well"}
	for lang, words := range well {
		if h := healthOf(lang, func(*federation.Source, *federation.SourceState) {}); !strings.Contains(h.Headline, words) {
			t.Errorf("%s: a source in order is told as %q, want %q", lang, h.Headline, words)
		}
		for _, reason := range federation.Reasons {
			for _, n := range []int{1, 2, 42} {
				h := healthOf(lang, func(_ *federation.Source, s *federation.SourceState) {
					s.Unkept = map[federation.Reason]int{reason: n}
					if reason == federation.Untitled || reason == federation.Unreadable {
						s.Read -= n
					}
				})
				if strings.Contains(h.Headline, words) || missing.MatchString(h.Headline) {
					t.Errorf("%s, %d %s: the headline is %q", lang, n, reason, h.Headline)
				}
				if len(h.Findings) != 1 || h.Findings[0].Code != string(reason) || !strings.Contains(h.Findings[0].Message, fmt.Sprint(n)) ||
					missing.MatchString(h.Findings[0].Message+h.Findings[0].Advice) {
					t.Errorf("%s, %d %s: the findings are %+v, want one that counts them", lang, n, reason, h.Findings)
				}
			}
		}
	}
}
