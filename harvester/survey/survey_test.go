package survey_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/safehttp"
	"github.com/plonegov/carillon/harvester"
	"github.com/plonegov/carillon/harvester/feed"
	"github.com/plonegov/carillon/harvester/survey"
)

// standIn answers as the guarded client does, from a map of addresses to
// bodies. A body that is a number is a status; one that begins with "->" is a
// redirect.
type standIn struct {
	answers map[string]string
	asked   []string
}

// Pace implements [harvester.Fetcher].
func (*standIn) Pace(string) (time.Time, time.Duration) { return time.Time{}, 0 }

func (s *standIn) Get(ctx context.Context, req safehttp.Request) (*safehttp.Response, error) {
	s.asked = append(s.asked, req.URL)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if strings.Contains(req.URL, "//127.") {
		return nil, &safehttp.Error{Kind: safehttp.KindRefused, URL: req.URL, Err: errors.New("private")}
	}
	body, known := s.answers[req.URL]
	res := &safehttp.Response{Status: 200, Header: http.Header{}, Body: []byte(body), URL: req.URL}
	var status int
	switch to, moved := strings.CutPrefix(body, "->"); {
	case !known:
		res.Status = 404
	case moved:
		res.URL, res.Body = to, []byte(s.answers[to])
	case len(body) == 3:
		fmt.Sscan(body, &status)
		res.Status = status
	}
	return res, nil
}

func surveyed(t *testing.T, address string, answers map[string]string) (survey.Report, *federation.Failure, *standIn) {
	t.Helper()
	site := &standIn{answers: answers}
	h := harvester.New(slog.New(slog.NewTextHandler(t.Output(), nil)), nil, site, []federation.Format{feed.Format()})
	out, failed := h.Survey(t.Context(), address)
	return out, failed, site
}

// rssOf is a feed whose items have their pages at the addresses.
func rssOf(title string, pages ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<?xml version="1.0"?><rss version="2.0"><channel><title>%s</title><language>fr</language>`, title)
	for i, p := range pages {
		when := time.Date(2026, 11, 20-i, 8, 0, 0, 0, time.UTC).Format(time.RFC1123Z)
		fmt.Fprintf(&b, `<item><guid>%[1]s</guid><link>%[1]s</link><title>Titre %[2]d</title><pubDate>%[3]s</pubDate></item>`, p, i, when)
	}
	return b.String() + `</channel></rss>`
}

func atomOf(title string, pages ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<feed xmlns="http://www.w3.org/2005/Atom"><title>%s</title>`, title)
	for i, p := range pages {
		fmt.Fprintf(&b, `<entry><id>%[1]s</id><link href="%[1]s"/><title>Titre %[2]d</title><updated>2026-11-20T08:00:00Z</updated><content type="html">Un texte entier.</content></entry>`, p, i)
	}
	return b.String() + `</feed>`
}

const (
	home        = "https://samb.example/"
	maxRequests = 25
)

func TestSurveyOfASite(t *testing.T) {
	news := []string{home + "1", home + "2", home + "3"}
	got, failed, site := surveyed(t, home, map[string]string{
		home: `<!doctype html><html lang=fr><title>Accueil - Commune de Samb</title><meta name=generator content="Plone"><meta name=theme-color content="#b3123a">
<link rel=alternate type=application/rss+xml href=/actualites/RSS><link rel=alternate type=application/atom+xml href=/actualites/atom.xml>
<link rel=alternate type=application/rss+xml href=/perdu.rss><a href="/agenda">Agenda</a><link rel=icon href=/i.png sizes=64x64>`,
		home + "actualites/RSS":      rssOf("Actualités", news...),
		home + "actualites/atom.xml": atomOf("Actualités", append(news, home+"4")...),
		home + "agenda":              `<html><link rel=alternate type=application/rss+xml href=/agenda/RSS>`,
		home + "agenda/RSS":          rssOf("Agenda", home+"e1", home+"e2", home+"e3"),
		home + "sitemap.xml":         "->" + home,
	})
	if failed != nil {
		t.Fatalf("Survey = %+v", failed)
	}
	type row struct {
		Kind, Reason, URL, Slug, Type, Every string
		Items                                int
		Also                                 []string
		Worth                                bool
	}
	var rows []row
	for _, f := range got.Findings {
		rows = append(rows, row{f.Kind, f.Reason, f.URL, f.Slug, string(f.Type), f.Every.String(), len(f.Items), f.Also, f.Worth})
	}
	want := []row{
		{"feed", "link", home + "actualites/atom.xml", "actualites", "news", "6h0m0s", 4, []string{home + "actualites/RSS"}, true},
		{"feed", "link", home + "agenda/RSS", "agenda", "event", "6h0m0s", 3, nil, true},
	}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
	if want := (survey.Site{Name: "Commune de Samb", Slug: "samb", Language: "fr", CMS: "plone", Accent: "#b3123a", Colours: []string{"#b3123a"}, Logo: home + "i.png"}); !cmp.Equal(got.Site, want) {
		t.Errorf("site %+v, want %+v", got.Site, want)
	}
	if got.Requests != len(site.asked) || got.Direct {
		t.Errorf("Survey tells of %d requests, direct %v; %d were made", got.Requests, got.Direct, len(site.asked))
	}
	for _, address := range site.asked {
		if strings.HasSuffix(address, "/feed.xml") || strings.HasSuffix(address, "aggregator/RSS") {
			t.Errorf("%s was asked although feeds were declared", address)
		}
	}
}

// TestSurveyAsksEachOnce: no address twice, none of them more than the bound
// allows, whatever the page says.
func TestSurveyAsksEachOnce(t *testing.T) {
	var page strings.Builder
	page.WriteString("<html><body>")
	for i := range 100 {
		fmt.Fprintf(&page, `<link rel=alternate type=application/rss+xml href="/%d.rss"><a href="/%[1]d.rss">x</a>`, i)
	}
	got, failed, site := surveyed(t, home, map[string]string{home: page.String(), home + "3.rss": rssOf("Trois", home+"a")})
	if failed != nil || len(got.Findings) != 1 || got.Requests != maxRequests || len(site.asked) != maxRequests || len(got.Warnings) != 1 {
		t.Errorf("Survey = %v, %d findings, %d requests (%d told), warnings %q", failed, len(got.Findings), len(site.asked), got.Requests, got.Warnings)
	}
	slices.Sort(site.asked)
	if n := len(slices.Compact(site.asked)); n != maxRequests {
		t.Errorf("%d different addresses were asked, want %d", n, maxRequests)
	}
}

func TestSurveyGuesses(t *testing.T) {
	got, failed, site := surveyed(t, home, map[string]string{home: "<html>", home + "rss.xml": rssOf("Flux", home+"a"), home + "feed": "<!doctype html><title>404"})
	if failed != nil || len(got.Findings) != 1 || got.Findings[0].URL != home+"rss.xml" || got.Findings[0].Slug != "actualites" {
		t.Errorf("Survey = %v, %+v", failed, got.Findings)
	}
	if slices.Contains(site.asked, home+"atom.xml") {
		t.Errorf("the search went on after a feed was found: %q", site.asked)
	}
}

func TestSurveyStops(t *testing.T) {
	got, _, site := surveyed(t, home, map[string]string{home: "<html><link rel=alternate type=application/rss+xml href=/a><link rel=alternate type=application/rss+xml href=/b>", home + "a": "429"})
	if len(site.asked) != 2 || len(got.Warnings) != 1 {
		t.Errorf("after 429 these were asked: %q, warnings %q", site.asked, got.Warnings)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	h := harvester.New(slog.New(slog.DiscardHandler), nil, site, []federation.Format{feed.Format()})
	if _, failed := h.Survey(ctx, home); failed == nil {
		t.Error("Survey of a context that is done found something")
	}
}

func TestSurveyDirect(t *testing.T) {
	got, failed, site := surveyed(t, home+"rss", map[string]string{home + "rss": rssOf("Flux", home+"a", home+"b")})
	if failed != nil || !got.Direct || len(got.Findings) != 1 || len(got.Findings[0].Items) != 2 || len(site.asked) != 1 || got.Findings[0].Newest().Day() != 20 {
		t.Errorf("Survey(feed) = %v, %+v after %q", failed, got, site.asked)
	}
}

func TestSurveyFails(t *testing.T) {
	for address, want := range map[string]federation.FailureClass{
		home:                 federation.FailFormat,  // a page with nothing
		home + "gone":        federation.FailHTTP,    // 404
		home + "pdf":         federation.FailFormat,  // no document we know
		"http://127.0.0.1/":  federation.FailRefused, // private
		home + "to-a-page":   federation.FailFormat,
		home + "broken-feed": federation.FailFormat,
	} {
		got, failed, _ := surveyed(t, address, map[string]string{home: "<html>", home + "pdf": "%PDF-1.4 and so on", home + "to-a-page": "->" + home, home + "broken-feed": "<rss"})
		if failed == nil || failed.Class != want || len(got.Findings) != 0 || failed.Message == "" || failed.Advice == "" {
			t.Errorf("Survey(%s) = %+v, want a failure of class %s", address, failed, want)
		}
	}
}

// TestSurveyOfSignposts finds the feed behind a home page that leads on at once,
// and in the frames of another.
func TestSurveyOfSignposts(t *testing.T) {
	const rss = `<rss version="2.0"><channel><title>Actus</title><link>https://v.example/</link><description>d</description><item><title>Un</title><link>https://v.example/1</link></item></channel></rss>`
	const declares = `<html><head><link rel="alternate" type="application/rss+xml" href="/rss"></head><body>x</body></html>`
	for name, answers := range map[string]map[string]string{
		"French, one hop":   {"https://v.example/": `<html><meta http-equiv="refresh" content="0; URL=accueil/"></html>`, "https://v.example/accueil/": declares},
		"Dutch, two hops":   {"https://v.example/": `<html><meta http-equiv="refresh" content="0; URL=/nl"></html>`, "https://v.example/nl": `<html><meta http-equiv="refresh" content="1;/nl/start"></html>`, "https://v.example/nl/start": declares},
		"German, a frame":   {"https://v.example/": `<html><frameset><frame src="menue.html"><frame src="inhalt.html"></frameset></html>`, "https://v.example/menue.html": `<html></html>`, "https://v.example/inhalt.html": declares},
		"English, the feed": {"https://v.example/": `<html><meta http-equiv="refresh" content="0; URL=/rss"></html>`},
	} {
		answers["https://v.example/rss"] = rss
		out, failed, _ := surveyed(t, "https://v.example/", answers)
		if failed != nil || len(out.Findings) != 1 || out.Findings[0].URL != "https://v.example/rss" {
			t.Errorf("%s: %+v, %v", name, out.Findings, failed)
		}
	}
	circle := map[string]string{"https://v.example/": `<html><meta http-equiv="refresh" content="0; URL=/a"></html>`, "https://v.example/a": `<html><meta http-equiv="refresh" content="0; URL=/"></html>`}
	if out, failed, _ := surveyed(t, "https://v.example/", circle); failed == nil || out.Requests > maxRequests {
		t.Errorf("a circle: %+v, %v", out, failed)
	}
}
