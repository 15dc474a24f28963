package api

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/plonegov/carillon/api/feed"
	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/health"
	"github.com/plonegov/carillon/widgets"
)

// SourceHealth is everything the hub knows of how reading a source goes, for
// its webmaster and his tools. What does not apply or is not known is absent.
type SourceHealth struct {
	Source
	Address      string           `json:"address,omitempty" doc:"what is fetched, where the site has moved for good from url"`
	Former       []string         `json:"former,omitempty" doc:"addresses before it, newest first"`
	Move         *federation.Move `json:"move,omitempty" doc:"a permanent redirect that is not adopted yet"`
	Config       SourceConfig     `json:"config" doc:"what the operator has set"`
	Page         string           `json:"page" doc:"the same for people"`
	Since        *time.Time       `json:"since,omitempty" doc:"start of the failures, or when the site said 410"`
	Headline     string           `json:"headline" doc:"how things stand, a sentence"`
	Failure      *SourceFailure   `json:"failure,omitempty" doc:"of the last attempt"`
	Rule         federation.Rule  `json:"rule,omitempty" doc:"what decided next_fetch"`
	Next         string           `json:"next" doc:"when it is read again and why then, a sentence"`
	Listed       int              `json:"listed" doc:"items in the last document read"`
	Completeness *float64         `json:"completeness,omitempty" doc:"listed items that are live, as a part of those listed: 1 is all"`
	Unfinished   int              `json:"unfinished,omitempty" doc:"pages of the list that are still to be read"`
	Undated      int              `json:"undated,omitempty" doc:"items last read that have no date"`
	Files        *SourceFiles     `json:"files,omitempty" doc:"PDF, ODT and DOCX files that its decisions, notices and documents link; their text is found"`
	Usual        SourceUsual      `json:"usual"`
	Findings     []SourceFinding  `json:"findings" doc:"what could be better, the most pressing first"`
	Push         SourcePush       `json:"push" doc:"WebSub"`
	Journal      []SourceFetch    `json:"journal" doc:"the last fetches, newest first, at most 20"`
}

// SourceFiles is how the files of a source stand.
type SourceFiles struct {
	Known   int                           `json:"known"`
	Waiting int                           `json:"waiting,omitempty" doc:"not looked at yet"`
	Unread  map[federation.FileReason]int `json:"unread,omitempty" doc:"those whose text, or a part of it, is not known, by the reason: missing, failed, forbidden, large, locked, scanned, damaged, unknown, slow, long, too-many"`
}

func sourceFiles(c federation.FileCounts) *SourceFiles {
	if c.Files == 0 {
		return nil
	}
	return &SourceFiles{Known: c.Files, Waiting: c.Waiting, Unread: c.Reasons}
}

// SourceConfig is what an operator has set of how a source is read.
type SourceConfig struct {
	Format       string `json:"format,omitempty"`
	EverySeconds int    `json:"every_seconds,omitempty"`
	Cron         string `json:"cron,omitempty"`
	Identity     string `json:"identity,omitempty"`
	Complete     bool   `json:"complete,omitempty"`
	Suspended    bool   `json:"suspended,omitempty"`
	TrustHub     bool   `json:"trust_hub,omitempty"`

	Formerly  []string             `json:"formerly,omitempty" doc:"full names of the sources that it goes on for"`
	Columns   map[string]string    `json:"columns,omitempty" doc:"of a table: field to header"`
	PageRules *federation.PageRule `json:"page_rules,omitempty" doc:"which pages of a site are read, and where their content is"`
}

// SourceFailure is a failed attempt in the words of the language asked for.
type SourceFailure struct {
	Time    time.Time               `json:"time"`
	Class   federation.FailureClass `json:"class"`
	Status  int                     `json:"status,omitempty" doc:"of HTTP"`
	Message string                  `json:"message" doc:"what happened"`
	Advice  string                  `json:"advice" doc:"what to do"`
	Ask     string                  `json:"ask,omitempty" doc:"whom; absent when time will mend it"`
	Detail  string                  `json:"detail,omitempty" doc:"what the hub noted, in English"`
}

// SourceUsual is how much a source usually brings, and how much of late.
type SourceUsual struct {
	GapSeconds   int          `json:"gap_seconds,omitempty" doc:"usual time between new items"`
	QuietSeconds int          `json:"quiet_for_seconds,omitempty" doc:"from the last change to the last reading"`
	PerWeek      *float64     `json:"per_week,omitempty" doc:"new items, median of the whole weeks known"`
	ThisWeek     *int         `json:"this_week,omitempty" doc:"new items so far"`
	Weeks        []SourceWeek `json:"weeks,omitempty" doc:"newest first, at most 12; they begin on Thursdays, UTC"`
}

// SourceWeek counts the new items of a week.
type SourceWeek struct {
	Start string `json:"start" format:"date"`
	New   *int   `json:"new,omitempty" doc:"absent when nothing was read since"`
}

// SourceFinding is something to mend or to know.
type SourceFinding struct {
	Code    string `json:"code"`
	Message string `json:"message"`
	Advice  string `json:"advice"`
	Command string `json:"command,omitempty" doc:"for the operator"`
}

// SourcePush is how the site tells of changes itself.
type SourcePush struct {
	Sentence string                       `json:"sentence"`
	Hubs     []string                     `json:"hubs,omitempty" doc:"that the document names"`
	Hub      string                       `json:"hub,omitempty" doc:"that is subscribed to"`
	Topic    string                       `json:"topic,omitempty"`
	State    federation.SubscriptionState `json:"state,omitempty"`
	Since    *time.Time                   `json:"since,omitempty"`
	Lease    *time.Time                   `json:"lease,omitempty" doc:"until when the hub said it would push"`
	LastPush *time.Time                   `json:"last_push,omitempty"`
	Pushes   int                          `json:"pushes,omitempty"`
	Ignored  map[string]int               `json:"ignored,omitempty" doc:"pushes not taken, by the reason"`
	Reason   string                       `json:"reason,omitempty" doc:"why the last request to the hub came to nothing"`
}

// SourceFetch is one past fetch.
type SourceFetch struct {
	Time      time.Time       `json:"time"`
	Result    string          `json:"result" enum:"fetched,unchanged,failed,waiting"`
	Status    int             `json:"status,omitempty" doc:"of HTTP"`
	TookMS    int64           `json:"took_ms"`
	New       int             `json:"new"`
	Changed   int             `json:"changed"`
	Withdrawn int             `json:"withdrawn"`
	Message   string          `json:"message,omitempty" doc:"of a failure, in English"`
	Rule      federation.Rule `json:"rule,omitempty" doc:"what decided next"`
	Next      *time.Time      `json:"next,omitempty" doc:"absent: never"`
}

// oneSource is a request for one source.
type oneSource struct {
	Asked
	Member string `path:"member" doc:"slug of the member"`
	Slug   string `path:"slug" doc:"slug of the source"`
}

func sourceParams() []*huma.Param {
	return []*huma.Param{{Name: "lang", In: "query", Description: "Language of the sentences.",
		Schema: &huma.Schema{Type: huma.TypeString, Enum: names(federation.Languages), Default: sourceLanguage}}}
}

// sourceLanguage is that of the other texts of the API.
const sourceLanguage = "en"

func (s *Server) getSource(ctx context.Context, in *oneSource) (SourceHealth, error) {
	v, err := in.only("lang")
	if err != nil {
		return SourceHealth{}, err
	}
	lang := firstOf(v.Get("lang"), sourceLanguage)
	if !slices.Contains(federation.Languages, lang) {
		return SourceHealth{}, federation.Invalid("lang", "must be one of %s", strings.Join(federation.Languages, ", "))
	}
	cat := s.cats.Current()
	src, err := cat.Source(in.Member + "/" + in.Slug)
	if err != nil {
		return SourceHealth{}, err
	}
	st, err := federation.StateOf(ctx, s.store, src.Name())
	if err != nil {
		return SourceHealth{}, err
	}
	if st.Files, err = s.store.FileCounts(ctx, src.Name()); err != nil {
		return SourceHealth{}, err
	}
	subs, err := federation.SubscriptionsOf(ctx, s.store, src.Name())
	if err != nil {
		return SourceHealth{}, err
	}
	s.titles.load(ctx)
	m, _ := cat.Member(src.Member) // removed a moment ago: its title needs no language
	now := s.now()
	told := health.In(lang, widgets.Dates{Lang: lang, Zone: cat.Hub.Location()}).Of(*src, st, subs, now)
	out := SourceHealth{Source: sourceHealth(*src, st, s.titles.of(src, m)), Page: s.url("/members/" + src.Member + "/sources/" + src.Slug),
		Config: sourceConfig(*src), Headline: told.Headline, Failure: sourceFailure(*src, st.Failure, told.Trouble),
		Rule: st.Rule, Next: told.Next, Listed: st.Listed, Unfinished: st.Unfinished, Undated: st.Undated, Files: sourceFiles(st.Files),
		Usual: sourceUsual(told.Rhythm), Findings: sourceFindings(told.Findings), Journal: sourceJournal(*src, st.Fetches)}
	out.Push = sourcePush(st, subs, now)
	out.Push.Sentence = told.Push
	out.place(*src, st)
	if part, known := health.Completeness(st); known {
		out.Completeness = &part
	}
	return out, nil
}

// place tells where the source is read and since when it stands as it does.
func (h *SourceHealth) place(src federation.Source, st federation.SourceState) {
	if at := st.URL(src); at != src.URL {
		h.Address, h.Former = feed.PublicURL(at), st.Former
	}
	h.Move = st.Move
	if h.Since = utc(st.FailingSince); !st.Gone.IsZero() {
		h.Since = utc(st.Gone)
	}
}
