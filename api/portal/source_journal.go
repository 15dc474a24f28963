package portal

import (
	"time"

	"github.com/plonegov/carillon/federation"
)

// reading is one line of a source's journal.
type reading struct {
	When    moment
	Failed  bool
	Outcome string
	Status  int    // of HTTP, 0 = there was none
	Noted   string // of a failure without a status, in English
	Took    string
	Brought []string
	Next    string // how long after the hub meant to come again, "" = never
	Rule    string // why then
}

// journal is the last fetches, newest first. Without notes those of failures
// are left out.
func (v visit) journal(fetches []federation.Fetch, now time.Time, notes bool) []reading {
	out := make([]reading, 0, len(fetches))
	for _, f := range fetches {
		r := reading{When: v.shortTime(f.Time, now), Failed: f.Result == "failed", Outcome: v.outcome(f.Result), Status: f.Status,
			Took: v.took(f.Took), Rule: v.health().Rule(f.Rule)}
		if notes && f.Status == 0 {
			r.Noted = f.Message
		}
		for _, b := range []struct {
			key string
			n   int
		}{{"new", f.New}, {"changed", f.Changed}, {"withdrawn", f.Withdrawn}} {
			if b.n > 0 {
				r.Brought = append(r.Brought, v.N("brought_"+b.key, b.n))
			}
		}
		if f.Next.After(f.Time) {
			r.Next = v.health().Length(f.Next.Sub(f.Time))
		}
		out = append(out, r)
	}
	return out
}

// took is how long a fetch took; a tenth of a second is as near as matters.
func (v voice) took(d time.Duration) string {
	const least = 100 * time.Millisecond
	if d < least {
		return v.T("under_seconds", "Seconds", v.Numbers.Sprintf("%.1f", least.Seconds()))
	}
	return v.T("seconds", "Seconds", v.Numbers.Sprintf("%.1f", d.Seconds()))
}

func (v voice) outcome(result string) string {
	switch result {
	case "fetched", "unchanged", "failed", "waiting":
		return v.T("outcome_" + result)
	}
	return result
}

// shortTime is a time of today by its clock alone, else with its day and
// month.
func (v voice) shortTime(t, now time.Time) moment {
	m := v.dateTime(t)
	at := v.local(t, false)
	if m.Text = v.clock(at); !sameDay(at, v.local(now, false)) {
		m.Text = v.shortDay(t) + ", " + m.Text
	}
	return m
}
