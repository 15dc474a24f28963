package health

import (
	"strings"
	"time"

	"github.com/plonegov/carillon/federation"
)

// next says when a source is read again and why then.
func (w Words) next(src federation.Source, s federation.SourceState, now time.Time) string {
	status := federation.StatusOf(src, s)
	switch {
	case src.Suspended:
		return w.T("never_suspended")
	case status == federation.StatusGone:
		return w.T("never_gone")
	case status == federation.StatusNew && !s.NextFetch.After(now), s.NextFetch.IsZero():
		return w.T("next_soon")
	}
	in := w.in(s.NextFetch.Sub(now))
	if !s.NextFetch.After(now) {
		in = w.T("next_now")
	}
	why := w.because(src, s)
	if why == "" {
		return w.T("next_read", "In", in)
	}
	return w.T("next_why", "In", in, "Why", why)
}

// because is what decided the next reading, as a clause; "" when that is not
// known.
func (w Words) because(src federation.Source, s federation.SourceState) string {
	switch s.Rule {
	case federation.RuleEvery:
		return w.T("rule_every", "Every", w.Every(src.Every))
	case federation.RuleAdaptive:
		if s.Gap == 0 || s.Interval > s.Gap {
			return w.T("rule_seldom")
		}
		return w.T("rule_adaptive", "Every", w.Every(s.Gap))
	case federation.RuleTTL:
		return w.T("rule_ttl", "Every", w.Every(s.TTL))
	case federation.RuleMaxAge:
		return w.T("rule_max_age", "Span", w.Length(s.MaxAge))
	case federation.RuleUnfinished:
		return w.N("rule_unfinished", s.Unfinished)
	case federation.RuleBackoff:
		return w.N("rule_backoff", s.Failures)
	case federation.RuleCron, federation.RuleDefault, federation.RuleSkip, federation.RulePush,
		federation.RuleRetryAfter, federation.RuleHost, federation.RuleProbe:
		return w.T("rule_" + ruleKey(s.Rule))
	}
	return ""
}

// Rule names a rule, for a table; "" for one that is not known.
func (w Words) Rule(r federation.Rule) string {
	switch r {
	case federation.RuleEvery, federation.RuleCron, federation.RuleDefault, federation.RuleAdaptive, federation.RuleTTL,
		federation.RuleMaxAge, federation.RuleSkip, federation.RuleUnfinished, federation.RulePush, federation.RuleRetryAfter,
		federation.RuleHost, federation.RuleBackoff, federation.RuleProbe, federation.RuleGone, federation.RuleSuspended:
		return w.T("by_" + ruleKey(r))
	}
	return ""
}

func ruleKey(r federation.Rule) string { return strings.ReplaceAll(string(r), "-", "_") }
