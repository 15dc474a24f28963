package federation

import "time"

// Status is where a source stands.
type Status string

// The states of a source. Items stay in all of them.
const (
	StatusNew       Status = "new"       // not fetched yet
	StatusActive    Status = "active"    // the last fetch was read
	StatusFailing   Status = "failing"   // fetched again, at growing intervals
	StatusSuspended Status = "suspended" // stopped by an operator, or failing for so long that it is only asked once a week
	StatusGone      Status = "gone"      // the site said 410 Gone: not asked any more
)

// suspendAfter is how long a source may fail before it is only probed.
const suspendAfter = 30 * 24 * time.Hour

// StatusOf is where the source src with the state s stands.
func StatusOf(src Source, s SourceState) Status {
	switch {
	case src.Suspended:
		return StatusSuspended
	case s.LastFetch.IsZero():
		return StatusNew
	case !s.Gone.IsZero():
		return StatusGone
	case s.Failures == 0:
		return StatusActive
	case s.Failure != nil && s.Failure.Time.Sub(s.FailingSince) >= suspendAfter:
		return StatusSuspended
	}
	return StatusFailing
}

// Rule is what decided when a source is fetched next.
type Rule string

// The rules. Each is the one that had the last word.
const (
	RuleEvery      Rule = "every"      // the source's own interval
	RuleCron       Rule = "cron"       // the source's own cron text
	RuleDefault    Rule = "default"    // an hour: too little is known yet
	RuleAdaptive   Rule = "adaptive"   // how often new items appeared
	RuleTTL        Rule = "ttl"        // the document asks to be left alone (ttl, sy:update, REFRESH-INTERVAL)
	RuleMaxAge     Rule = "max-age"    // the answer is fresh for so long (RFC 9111, 4.2)
	RuleSkip       Rule = "skip"       // skipHours or skipDays
	RuleUnfinished Rule = "unfinished" // pages of the list are still to be read
	RulePush       Rule = "push"       // the site tells of changes itself (WebSub); polled to be safe
	RuleRetryAfter Rule = "retry-after"
	RuleHost       Rule = "host" // the host asked another source of it to wait
	RuleBackoff    Rule = "backoff"
	RuleProbe      Rule = "probe"     // suspended: once a week
	RuleGone       Rule = "gone"      // never
	RuleSuspended  Rule = "suspended" // never, until the operator says otherwise
)

// Fetch is one past fetch of a source, for its journal.
type Fetch struct {
	Time      time.Time     `json:"time"`
	Result    string        `json:"result"`           // fetched, unchanged, failed or waiting
	Status    int           `json:"status,omitempty"` // HTTP status, 0 when there was none
	Took      time.Duration `json:"took"`             // nanoseconds
	New       int           `json:"new,omitempty"`
	Changed   int           `json:"changed,omitempty"`
	Withdrawn int           `json:"withdrawn,omitempty"`
	Message   string        `json:"message,omitempty"` // of a failure
	Rule      Rule          `json:"rule"`              // what decided Next
	Next      time.Time     `json:"next,omitzero"`
}

// MaxFetches is how many past fetches a source's state keeps.
const MaxFetches = 20

// Move is a permanent redirect that was seen but not adopted yet.
type Move struct {
	URL   string    `json:"url"`
	Since time.Time `json:"since"`
	Times int       `json:"times"` // fetches in a row that were redirected there, read or, with Held, not
	// Held: it is another owner's site, and nothing is taken from it until the
	// operator agrees.
	Held bool `json:"held,omitempty"`
}
