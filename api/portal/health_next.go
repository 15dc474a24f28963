package portal

import (
	"strings"
	"time"

	"github.com/plonegov/carillon/federation"
)

// next says when a source is read again and why then.
func (v voice) next(src federation.Source, s federation.SourceState, now time.Time) string {
	status := federation.StatusOf(src, s)
	switch {
	case src.Suspended:
		return v.T("never_suspended")
	case status == federation.StatusGone:
		return v.T("never_gone")
	case status == federation.StatusNew && !s.NextFetch.After(now), s.NextFetch.IsZero():
		return v.T("next_soon")
	}
	in := v.in(s.NextFetch.Sub(now))
	if !s.NextFetch.After(now) {
		in = v.T("next_now")
	}
	why := v.because(src, s)
	if why == "" {
		return v.T("next_read", "In", in)
	}
	return v.T("next_why", "In", in, "Why", why)
}

// because is what decided the next reading, as a clause; "" when that is not
// known.
func (v voice) because(src federation.Source, s federation.SourceState) string {
	switch s.Rule {
	case federation.RuleEvery:
		return v.T("rule_every", "Every", v.every(src.Every))
	case federation.RuleAdaptive:
		if s.Gap == 0 || s.Interval > s.Gap {
			return v.T("rule_seldom")
		}
		return v.T("rule_adaptive", "Every", v.every(s.Gap))
	case federation.RuleTTL:
		return v.T("rule_ttl", "Every", v.every(s.TTL))
	case federation.RuleMaxAge:
		return v.T("rule_max_age", "Span", v.length(s.MaxAge))
	case federation.RuleUnfinished:
		return v.N("rule_unfinished", s.Unfinished)
	case federation.RuleBackoff:
		return v.N("rule_backoff", s.Failures)
	case federation.RuleCron, federation.RuleDefault, federation.RuleSkip, federation.RulePush,
		federation.RuleRetryAfter, federation.RuleHost, federation.RuleProbe:
		return v.T("rule_" + ruleKey(s.Rule))
	}
	return ""
}

// byRule names a rule, for a table; "" for one that is not known.
func (v voice) byRule(r federation.Rule) string {
	switch r {
	case federation.RuleEvery, federation.RuleCron, federation.RuleDefault, federation.RuleAdaptive, federation.RuleTTL,
		federation.RuleMaxAge, federation.RuleSkip, federation.RuleUnfinished, federation.RulePush, federation.RuleRetryAfter,
		federation.RuleHost, federation.RuleBackoff, federation.RuleProbe, federation.RuleGone, federation.RuleSuspended:
		return v.T("by_" + ruleKey(r))
	}
	return ""
}

func ruleKey(r federation.Rule) string { return strings.ReplaceAll(string(r), "-", "_") }
