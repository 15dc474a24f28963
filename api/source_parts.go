package api

import (
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/health"
)

func sourceConfig(src federation.Source) SourceConfig {
	return SourceConfig{Format: src.Format, EverySeconds: seconds(src.Every), Cron: src.Cron, Identity: src.Identity,
		Complete: src.Complete, Suspended: src.Suspended, TrustHub: src.TrustHub,
		Formerly: src.Formerly, Columns: src.Columns, PageRules: src.Page}
}

func sourceFailure(src federation.Source, f *federation.Failure, t *health.Trouble) *SourceFailure {
	if f == nil || t == nil {
		return nil
	}
	return &SourceFailure{Time: f.Time.UTC(), Class: f.Class, Status: f.Status, Message: t.Message, Advice: t.Advice, Ask: t.Whom,
		Detail: withoutFolders(src, f.Message)}
}

func sourceUsual(r health.Rhythm) SourceUsual {
	out := SourceUsual{GapSeconds: seconds(r.Gap), QuietSeconds: seconds(r.Quiet)}
	if r.Known {
		out.PerWeek = &r.PerWeek
	}
	for _, w := range r.Weeks {
		week := SourceWeek{Start: w.Start.Format(time.DateOnly)}
		if w.Read {
			week.New = &w.New
		}
		out.Weeks = append(out.Weeks, week)
	}
	if len(out.Weeks) > 0 {
		out.ThisWeek = out.Weeks[0].New
	}
	return out
}

func sourceFindings(found []health.Finding) []SourceFinding {
	out := make([]SourceFinding, 0, len(found))
	for _, f := range found {
		out = append(out, SourceFinding(f))
	}
	return out
}

// sourcePush tells nothing that would let anybody push in the hub's name.
func sourcePush(st federation.SourceState, subs []federation.Subscription, now time.Time) SourcePush {
	out := SourcePush{Hubs: st.Hubs}
	if sub := health.Subscription(subs); sub != nil {
		out.Hub, out.Topic, out.State, out.Reason = sub.Hub, sub.Topic, sub.StateAt(now), sub.Reason
		out.Since, out.Lease, out.LastPush = utc(sub.Since), utc(sub.Lease), utc(sub.LastPush)
		out.Pushes, out.Ignored = sub.Pushes, sub.Ignored
	}
	return out
}

func sourceJournal(src federation.Source, fetches []federation.Fetch) []SourceFetch {
	out := make([]SourceFetch, 0, len(fetches))
	for _, f := range fetches {
		out = append(out, SourceFetch{Time: f.Time.UTC(), Result: f.Result, Status: f.Status, TookMS: f.Took.Milliseconds(),
			New: f.New, Changed: f.Changed, Withdrawn: f.Withdrawn, Message: withoutFolders(src, f.Message), Rule: f.Rule, Next: utc(f.Next)})
	}
	return out
}

func seconds(d time.Duration) int { return int(d / time.Second) }
