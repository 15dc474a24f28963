package portal

import (
	"time"

	"github.com/plonegov/carillon/federation"
)

// Health is how a source is doing, in the words of one language.
type Health struct {
	Status   federation.Status
	Headline string   // how things stand, a sentence
	Trouble  *Trouble // of the last attempt; nil when it was read
	Next     string   // when it is read again and why then
	Push     string   // whether the site tells of changes itself
	Findings []Finding
	Rhythm   Rhythm
}

// Teller puts the health of sources into words. Safe for concurrent use.
type Teller struct{ voices voices }

// NewTeller returns a teller that speaks federation.Languages. It panics on a
// fault in the sentences that are built in.
func NewTeller() *Teller { return &Teller{mustVoices()} }

// Health tells of a source with its state and its subscriptions, as of now.
// The language must be one of federation.Languages.
func (t *Teller) Health(lang string, src federation.Source, s federation.SourceState, subs []federation.Subscription, now time.Time) Health {
	return t.voices.of(lang).tell(src, s, subs, now)
}

func (v voice) tell(src federation.Source, s federation.SourceState, subs []federation.Subscription, now time.Time) Health {
	h := Health{Status: federation.StatusOf(src, s), Rhythm: RhythmOf(s, now), Next: v.next(src, s, now), Push: v.push(s, subs, now)}
	if s.Failure != nil {
		t := v.trouble(*s.Failure)
		h.Trouble = &t
	}
	h.Findings = v.findings(src, s, h.Rhythm)
	h.Headline = v.headline(h, src, s, now)
	return h
}

func (v voice) headline(h Health, src federation.Source, s federation.SourceState, now time.Time) string {
	why := ""
	if h.Trouble != nil {
		why = h.Trouble.why
		if v.Lang == "de" { // a clause after a colon begins with a capital there, so it is a sentence of its own
			why = h.Trouble.Message
		}
	}
	switch {
	case h.Status == federation.StatusNew:
		return v.T("head_new")
	case h.Status == federation.StatusGone:
		return v.T("head_gone", "Since", v.since(s.Gone, now))
	case src.Suspended:
		return v.T("head_stopped")
	case s.Move != nil && s.Move.Held:
		return v.T("head_elsewhere", "Since", v.since(s.Move.Since, now), "URL", s.Move.URL)
	case h.Status == federation.StatusSuspended:
		return v.T("head_asleep", "Since", v.since(s.FailingSince, now), "Why", why)
	case h.Status == federation.StatusFailing:
		return v.T("head_failing", "Since", v.since(s.FailingSince, now), "Why", why)
	}
	ago, n := v.ago(now.Sub(s.LastSuccess)), v.numbers.Sprint
	switch {
	case h.Rhythm.Silent():
		return v.T("head_silent", "Ago", ago, "For", v.lasting(h.Rhythm.Quiet))
	case s.Listed > 0:
		return v.T("head_"+verdict(s), "Ago", ago, "Taken", n(s.Kept()), "Listed", n(s.Listed))
	case s.Items == 0:
		return v.T("head_empty", "Ago", ago)
	}
	return v.T("head_well", "Ago", ago, "Items", v.N("items", s.Items))
}

// verdict names what is to be said of how much of a list is on the portal.
// Only one of them says that all is well (DESIGN.md 8.13).
func verdict(s federation.SourceState) string {
	kept := s.Kept()
	switch {
	case kept == 0:
		return "none"
	case kept < s.Listed && len(s.Unkept) == 1 && s.Unkept[federation.Expired] == s.Listed-kept:
		return "over"
	case kept < s.Listed:
		return "part"
	case len(s.Unkept) > 0:
		return "remarks"
	}
	return "listed"
}
