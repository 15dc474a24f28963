package survey_test

import (
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester"
	"github.com/plonegov/carillon/harvester/feed"
	"github.com/plonegov/carillon/harvester/ics"
	"github.com/plonegov/carillon/harvester/plone"
	"github.com/plonegov/carillon/harvester/survey"
)

// ploneHead is what a Plone 6.2 writes: a resource of its theme within another,
// which is no folder of the site, and its address.
const ploneHead = `<!doctype html><html lang="fr"><head><title>Samb</title><meta name="generator" content="Plone - https://plone.org/">
<script src="https://samb.example/site/++webresource++8d417e05-799d-5735/++plone++static/bundle.js"></script></head><body`

func ploneSearch(folder, query, typ, rest string, ids ...string) (string, string) {
	var items []string
	for _, id := range ids {
		items = append(items, fmt.Sprintf(`{"@id":"https://samb.example/site/%s","@type":%q,"UID":%q,"id":"x","title":%[3]q,"description":"","text":{"data":"<p>Texte.</p>","content-type":"text/html"},"created":"2026-11-01T10:00:00+00:00","modified":"2026-11-01T10:00:00+00:00","review_state":"published"%s}`, id, typ, id, rest))
	}
	address := "https://samb.example/site/" + folder + "@search?" + query + "&fullobjects=1&sort_on=modified&sort_order=descending"
	return address, fmt.Sprintf(`{"@id":%q,"items":[%s],"items_total":%d}`, address, strings.Join(items, ","), len(items))
}

func surveyedPlone(t *testing.T, address string, answers map[string]string) (survey.Report, []string) {
	t.Helper()
	site := &standIn{answers: answers}
	h := harvester.New(slog.New(slog.NewTextHandler(t.Output(), nil)), nil, site, []federation.Format{feed.Format(), ics.Format(), plone.Format()})
	out, failed := h.Survey(t.Context(), address)
	if failed != nil {
		t.Fatalf("Survey(%s): %s; asked %q", address, failed.Message, site.asked)
	}
	return out, site.asked
}

func worth(r survey.Report) (out []string) {
	for _, f := range r.Findings {
		if f.Worth {
			address, _, _ := strings.Cut(f.URL, "&fullobjects")
			out = append(out, fmt.Sprintf("%s %s %d %s", f.Slug, f.Type, len(f.Items), strings.TrimPrefix(address, "https://samb.example/site/")))
		}
	}
	slices.Sort(out)
	return out
}

const sambCalendar = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//plone.app.event\r\nBEGIN:VEVENT\r\nUID:f\r\nDTSTART:20270510T180000Z\r\nSUMMARY:Fête\r\nURL:https://samb.example/site/agenda/fete\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"

// TestSurveyOfPlone: where the REST API answers, news and events of their folders
// are proposed alone; feeds and the calendar repeat them.
func TestSurveyOfPlone(t *testing.T) {
	event := `,"start":"2027-05-10T18:00:00+00:00","end":"2027-05-10T20:00:00+00:00"`
	for name, c := range map[string]struct {
		home, api string // where the API is
		add       map[string]string
		news      []string
		want      []string
	}{
		"in folders": {home: ploneHead + ` data-portal-url="https://samb.example/site"><a href="https://samb.example/site/agenda">Agenda</a>`,
			news: []string{"actualites/a", "actualites/2026/b"},
			want: []string{"actualites news 2 actualites/@search?portal_type=News%20Item", "agenda event 1 agenda/@search?portal_type=Event"}},
		"without the address in the page": {home: ploneHead + `>`,
			news: []string{"actualites/a"},
			want: []string{"actualites news 1 actualites/@search?portal_type=News%20Item", "agenda event 1 agenda/@search?portal_type=Event"}},
		"all over the site": {home: ploneHead + ` data-portal-url="https://samb.example/site">`,
			news: []string{"sport/a", "culture/b"},
			want: []string{"actualites news 2 @search?portal_type=News%20Item", "agenda event 1 agenda/@search?portal_type=Event"}},
		"Volto": {home: ploneHead + `>`, api: "++api++/", news: []string{"actualites/a"},
			add:  map[string]string{},
			want: []string{"actualites news 1 ++api++/actualites/@search?portal_type=News%20Item", "agenda event 1 ++api++/agenda/@search?portal_type=Event"}},
	} {
		answers := map[string]string{"https://samb.example/site/": c.home, "https://samb.example/site/agenda/ics_view": sambCalendar,
			"https://samb.example/site/RSS":        rssOf("Samb", "https://samb.example/site/actualites/a", "https://samb.example/site/agenda/fete"),
			"https://samb.example/site/agenda":     ploneHead + `><link rel="alternate" type="application/rss+xml" href="https://samb.example/site/agenda/RSS" title="Agenda">`,
			"https://samb.example/site/agenda/RSS": rssOf("Agenda", "https://samb.example/site/agenda/fete")}
		for _, folder := range []string{"", "actualites/", "agenda/"} {
			if folder != "agenda/" {
				address, body := ploneSearch(c.api+folder, "portal_type=News%20Item", "News Item", "", c.news...)
				answers[address] = body
			}
			if folder != "actualites/" {
				address, body := ploneSearch(c.api+folder, "portal_type=Event", "Event", event, "agenda/fete")
				answers[address] = body
			}
		}
		report, asked := surveyedPlone(t, "https://samb.example/site/", answers)
		if got := worth(report); !slices.Equal(got, c.want) {
			t.Errorf("%s: proposed %q, want %q; asked %q", name, got, c.want, asked)
		}
		if !slices.Contains(asked, "https://samb.example/site/agenda/ics_view") || slices.ContainsFunc(asked, func(a string) bool { return strings.Contains(a, "++webresource++") }) {
			t.Errorf("%s: asked %q", name, asked)
		}
	}
}

// TestSurveyOfPloneWithoutAPI: the feeds stay, and the calendar that no page
// links is found below the folder of the events.
func TestSurveyOfPloneWithoutAPI(t *testing.T) {
	report, asked := surveyedPlone(t, "https://samb.example/site/", map[string]string{
		"https://samb.example/site/":                ploneHead + ` data-portal-url="https://samb.example/site"><a href="https://samb.example/site/agenda">Agenda</a>`,
		"https://samb.example/site/agenda":          ploneHead + `><link rel="alternate" type="application/rss+xml" href="https://samb.example/site/agenda/RSS" title="Agenda">`,
		"https://samb.example/site/agenda/RSS":      rssOf("Agenda", "https://samb.example/site/agenda/fete", "https://samb.example/site/agenda/bal"),
		"https://samb.example/site/agenda/ics_view": sambCalendar,
		"https://samb.example/site/aggregator/RSS":  rssOf("Samb", "https://samb.example/site/actualites/a"),
	})
	if got, want := worth(report), []string{"agenda event 1 agenda/ics_view"}; len(got) != 1 || got[0] != want[0] {
		t.Errorf("proposed %q, want %q; asked %q", got, want, asked)
	}
}
