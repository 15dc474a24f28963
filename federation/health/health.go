package health

import (
	"embed"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/locale"
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

// Dates writes times as the reader's language does; widgets.Dates is one.
type Dates interface {
	Day(t time.Time) string
	Weekday(t time.Time) string
	Clock(t time.Time) string
	// Local is t in its own zone when it has one, else in the reader's.
	Local(t time.Time, allDay bool) time.Time
}

// Words tells of the health of sources in one language. Safe for concurrent use.
type Words struct {
	locale.Locale
	dates Dates
}

//go:embed locales/*.json
var localeFiles embed.FS

var locales = locale.MustLoad(localeFiles)

// In returns the words of a language, which must be one of
// federation.Languages, with dates of the same.
func In(lang string, dates Dates) Words { return Words{locales[lang], dates} }

// Of tells of a source with its state and its subscriptions, as of now.
func (w Words) Of(src federation.Source, s federation.SourceState, subs []federation.Subscription, now time.Time) Health {
	h := Health{Status: federation.StatusOf(src, s), Rhythm: RhythmOf(s, now), Next: w.next(src, s, now), Push: w.push(s, subs, now)}
	if s.Failure != nil {
		t := w.trouble(*s.Failure)
		h.Trouble = &t
	}
	h.Findings = w.findings(src, s, h.Rhythm)
	h.Headline = w.headline(h, src, s, now)
	return h
}

func (w Words) headline(h Health, src federation.Source, s federation.SourceState, now time.Time) string {
	why := ""
	if h.Trouble != nil {
		why = h.Trouble.why
		if w.Lang == "de" { // a clause after a colon begins with a capital there, so it is a sentence of its own
			why = h.Trouble.Message
		}
	}
	switch {
	case h.Status == federation.StatusNew:
		return w.T("head_new")
	case h.Status == federation.StatusGone:
		return w.T("head_gone", "Since", w.since(s.Gone, now))
	case src.Suspended:
		return w.T("head_stopped")
	case s.Move != nil && s.Move.Held:
		return w.T("head_elsewhere", "Since", w.since(s.Move.Since, now), "URL", s.Move.URL)
	case h.Status == federation.StatusSuspended:
		return w.T("head_asleep", "Since", w.since(s.FailingSince, now), "Why", why)
	case h.Status == federation.StatusFailing:
		return w.T("head_failing", "Since", w.since(s.FailingSince, now), "Why", why)
	}
	ago, n := w.ago(now.Sub(s.LastSuccess)), w.Numbers.Sprint
	switch {
	case h.Rhythm.Silent():
		return w.T("head_silent", "Ago", ago, "For", w.lasting(h.Rhythm.Quiet))
	case s.Listed > 0:
		return w.T("head_"+verdict(s), "Ago", ago, "Taken", n(s.Kept()), "Listed", n(s.Listed))
	case s.Items == 0:
		return w.T("head_empty", "Ago", ago)
	}
	return w.T("head_well", "Ago", ago, "Items", w.N("items", s.Items))
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

// State is the status of a source in a sentence, with why it is failing.
func (w Words) State(src federation.Source, s federation.SourceState) string {
	status := federation.StatusOf(src, s)
	if status == federation.StatusFailing && s.Failure != nil {
		return w.T("health_because", "Why", w.trouble(*s.Failure).why)
	}
	return w.T("health_" + string(status))
}
