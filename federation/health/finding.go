package health

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/plonegov/carillon/federation"
)

// Finding is something about a source that its webmaster or the operator may
// want to mend, or should know.
type Finding struct {
	Code    string // lasting name for programs
	Message string // what was found
	Advice  string // what to do about it
	Command string // for the operator; "" = none
}

// findings lists what is to be said of a source beside its last failure, the
// most pressing first.
func (w Words) findings(src federation.Source, s federation.SourceState, r Rhythm) []Finding {
	var out []Finding
	add := func(when bool, f Finding) {
		if when {
			out = append(out, f)
		}
	}
	found := func(code string, pairs ...string) Finding {
		return Finding{Code: code, Message: w.T("finding_"+code, pairs...), Advice: w.T("advice_" + code)}
	}
	counted := func(code string, n int) Finding {
		return Finding{Code: code, Message: w.N("finding_"+code, n), Advice: w.T("advice_" + code)}
	}
	refused := countIn(ungranted, s.Warnings)
	add(refused > 0, counted("ungranted", refused))
	held := counted("held", s.Held)
	held.Command = "carillon harvest --confirm " + src.Name()
	add(s.Held > 0, held)
	if s.Address != "" && s.URL(src) == s.Address {
		add(true, found("moved", "URL", s.Address))
	}
	switch {
	case s.Move != nil && s.Move.Held:
		away := found("elsewhere", "URL", s.Move.URL)
		away.Command = "carillon harvest --confirm " + src.Name()
		add(true, away)
	case s.Move != nil:
		add(true, found("moving", "URL", s.Move.URL))
	}
	add(r.Silent() && federation.StatusOf(src, s) == federation.StatusActive, found("silent", "For", w.lasting(r.Quiet), "Every", w.Every(r.Gap)))
	rest := s.Listed - s.Kept()
	for _, r := range federation.Reasons {
		n := s.Unkept[r]
		add(n > 0, counted(string(r), n))
		if r != federation.Older { // whose newer text is there
			rest -= n
		}
	}
	add(rest > 0 && s.Unfinished == 0, counted("incomplete", rest))
	for _, r := range federation.FileReasons {
		n := s.Files.Reasons[r]
		add(n > 0, counted("file_"+strings.ReplaceAll(string(r), "-", "_"), n))
	}
	add(s.Unfinished > 0, counted("unfinished", s.Unfinished))
	if code := validators(src, s); code != "" {
		add(true, found(code))
	}
	add(s.Undated > 0, counted("undated", s.Undated))
	ahead := countIn(ahead, s.Warnings)
	add(ahead > 0, counted("future", ahead))
	return out
}

// Readings of a journal that are enough to judge a server by. A document of
// which an item is missing is read whole for a while, whatever its validators.
const enoughReadings = 4

// validators judges from the journal whether the server of a source lets the
// hub ask only for what changed (RFC 9110, 13): "" when it does, or when too
// little is known.
func validators(src federation.Source, s federation.SourceState) string {
	if strings.HasPrefix(src.URL, "file:") || s.Paged || s.Unfinished > 0 || s.FetchedURL != "" && s.FetchedURL != s.URL(src) {
		return ""
	}
	whole, same := 0, 0
	for _, f := range s.Fetches {
		switch {
		case f.Status == 304:
			return ""
		case f.Status == 200 && f.Result == "unchanged":
			same++
			whole++
		case f.Status == 200 && f.Result == "fetched":
			whole++
		}
	}
	switch none := s.ETag == "" && s.LastModified == ""; {
	case none && whole >= enoughReadings:
		return "no_validators"
	case !none && same >= enoughReadings:
		return "dead_validators"
	}
	return ""
}

// The harvester's warnings of items dated in the future, and of alerts that the
// source was not granted.
var (
	ahead     = regexp.MustCompile(`^(\d{1,6}) items are dated in the future`)
	ungranted = regexp.MustCompile(`^(\d{1,6}) items say that they are alerts`)
)

// countIn is how many items a warning is about; 0 without it.
func countIn(warning *regexp.Regexp, warnings []string) int {
	for _, w := range warnings {
		if m := warning.FindStringSubmatch(w); m != nil {
			n, _ := strconv.Atoi(m[1])
			return n
		}
	}
	return 0
}

// Subscription is the one that tells most about a source: the newest that is
// not being left, else nil.
func Subscription(subs []federation.Subscription) *federation.Subscription {
	for i := len(subs) - 1; i >= 0; i-- {
		if subs[i].State != federation.SubscriptionLeaving {
			return &subs[i]
		}
	}
	return nil
}

// push is how a source tells the hub of its changes itself (WebSub), in a
// sentence.
func (w Words) push(s federation.SourceState, subs []federation.Subscription, now time.Time) string {
	sub := Subscription(subs)
	switch {
	case sub == nil && len(s.Hubs) == 0:
		return w.T("push_none")
	case sub == nil:
		return w.T("push_unused", "Hub", s.Hubs[0])
	}
	switch sub.StateAt(now) {
	case federation.SubscriptionActive:
		if sub.LastPush.IsZero() {
			return w.T("push_silent", "Hub", sub.Hub, "Day", w.dates.Day(w.dates.Local(sub.Lease, false)))
		}
		return w.T("push_active", "Hub", sub.Hub, "Day", w.dates.Day(w.dates.Local(sub.Lease, false)), "Ago", w.ago(now.Sub(sub.LastPush)))
	case federation.SubscriptionDenied:
		return w.T("push_denied", "Hub", sub.Hub)
	case federation.SubscriptionExpired:
		return w.T("push_expired", "Hub", sub.Hub)
	}
	return w.T("push_pending", "Hub", sub.Hub)
}
