package portal

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/health"
)

// sourceView is a source's page, for its webmaster.
type sourceView struct {
	page
	Class     string
	Heading   label
	Member    label
	MemberURL string
	health.Health
	Look     string // ok, minor or bad: how the headline is coloured
	Kept     string // that items stay although reading fails, "" = no need to say
	Noted    string // what the hub noted of the failure, in English
	Command  string // that shows what the hub sees, "" = not for this source
	Warnings []string
	Usual    string
	Chart    *chart
	Journal  []reading
	Ignored  []ignored
	Facts    sourceFacts
}

// sourceFacts are a source in brief.
type sourceFacts struct {
	Address  string // "" = a file on the hub's machine
	Format   string
	Read     moment // last time that it could be
	Tried    moment // last attempt, when that was another
	Changed  moment
	Items    string
	Complete string // "42 of 42 listed", "" = not known
	Gap      string // "every 2 days", "" = not known
	Licence  string
	Data     string // address of the same as JSON
}

// ignored counts announcements that were not taken, by the reason in English.
type ignored struct{ Count, Reason string }

func (p *Portal) source(w http.ResponseWriter, v visit) error {
	m, err := v.cat.Member(chi.URLParam(v.Request, "slug"))
	if err != nil {
		return err
	}
	src, err := v.cat.Source(m.Slug + "/" + chi.URLParam(v.Request, "source"))
	if err != nil {
		return err
	}
	state, err := federation.StateOf(v.Context(), p.store, src.Name())
	if err != nil {
		return err
	}
	subs, err := federation.SubscriptionsOf(v.Context(), p.store, src.Name())
	if err != nil {
		return err
	}
	if state.Files, err = p.store.FileCounts(v.Context(), src.Name()); err != nil {
		return err
	}
	view := v.sourceView(*src, state, subs, p.now())
	view.Class, view.Member, view.MemberURL = memberClass(m.Slug), v.name(m.Name), v.memberURL(m.Slug)
	view.page = p.page(v, view.Heading.Text+" – "+view.Member.Text)
	view.Description = v.T("source_lead", "Source", view.Heading.Text, "Member", view.Member.Text)
	return p.render(w, v, "source", view)
}

func (v visit) sourceView(src federation.Source, s federation.SourceState, subs []federation.Subscription, now time.Time) sourceView {
	view := sourceView{Heading: v.sourceLabel(src, s), Health: v.health().Of(src, s, subs, now), Facts: v.sourceFacts(src, s)}
	view.Look = look(view.Health)
	if view.Trouble != nil {
		if s.Items > 0 {
			view.Kept = v.N("source_kept", s.Items)
		}
		if c := s.Failure.Class; c == federation.FailFormat || c == federation.FailEmpty { // the others say no more than we do
			view.Noted = s.Failure.Message
		}
	}
	if onWeb(src.URL) {
		view.Command = "carillon check " + shellWord(s.URL(src))
	}
	view.Warnings = s.Warnings
	if len(view.Rhythm.Weeks) > 0 {
		view.Usual, view.Chart = v.usual(view.Rhythm), v.chart(view.Rhythm)
	}
	view.Journal = v.journal(s.Fetches, now, onWeb(src.URL))
	if sub := health.Subscription(subs); sub != nil {
		view.Ignored = v.ignored(sub.Ignored)
	}
	return view
}

// look sorts a health by how much it asks for attention.
func look(h health.Health) string {
	switch {
	case h.Status != federation.StatusNew && h.Trouble != nil:
		return "bad"
	case h.Status != federation.StatusActive, len(h.Findings) > 0:
		return "minor"
	}
	return "ok"
}

func (v visit) sourceLabel(src federation.Source, s federation.SourceState) label {
	if l := v.name(src.Title); l.Text != "" {
		return l
	}
	return label{Text: v.sourceName(src, s), Lang: v.other(src.Language)}
}

func (v visit) sourceFacts(src federation.Source, s federation.SourceState) sourceFacts {
	f := sourceFacts{Format: v.formatName(s.Format), Read: v.dateTime(s.LastSuccess), Changed: v.dateTime(s.LastChange), Items: v.N("items", s.Items),
		Licence: licenceOf(src.License).Name, Data: "/api/v1/sources/" + src.Name() + "?lang=" + v.Lang}
	if address := s.URL(src); onWeb(address) {
		f.Address = address
	}
	if s.Failures > 0 {
		f.Tried = v.dateTime(s.LastFetch)
	}
	if s.Listed > 0 {
		f.Complete = v.T("source_of_listed", "Taken", v.Numbers.Sprint(s.Kept()), "Listed", v.Numbers.Sprint(s.Listed))
	}
	if s.Gap > 0 {
		f.Gap = v.health().Every(s.Gap)
	}
	return f
}

// usual tells the present week beside the usual one.
func (v visit) usual(r health.Rhythm) string {
	switch {
	case !r.Known:
		return v.T("source_unusual")
	case !r.Weeks[0].Read:
		return v.T("source_usually", "Usual", v.Numbers.Sprint(r.PerWeek))
	}
	return v.T("source_usual", "Usual", v.Numbers.Sprint(r.PerWeek), "Now", v.Numbers.Sprint(r.Weeks[0].New))
}

// ignored lists the reasons in a lasting order.
func (v visit) ignored(reasons map[string]int) []ignored {
	var out []ignored
	for reason, n := range reasons {
		out = append(out, ignored{v.N("push_ignored", n), reason})
	}
	slices.SortFunc(out, func(a, b ignored) int { return strings.Compare(a.Reason, b.Reason) })
	return out
}

// shellWord quotes an address for a POSIX shell where it must be.
func shellWord(s string) string {
	if !strings.ContainsAny(s, " \t\n'\"`$\\&|;<>()*?[]#~!{}") {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}

// formatName names the format of a source for its webmaster.
func (v voice) formatName(format string) string {
	switch format {
	case "feed", "ics", "plone", "plonemeeting", "oparl", "dila", "cap", "csv", "sitemap", "page", "jsonld":
		return v.T("format_" + format)
	}
	return format
}
