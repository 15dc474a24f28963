package portal

import (
	"encoding/json"
	"math"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"
)

func TestItemTellsWhereItComesFrom(t *testing.T) {
	h := newHub(t)
	id := h.titled("La passerelle")
	body := h.get("/items/" + id).Body.String()
	origin := "https://www.bellerive.example/urn:test:1"
	for _, want := range []string{
		`<link rel="canonical" href="` + origin + `">`,
		`<a class="button" href="` + origin + `" rel="noopener">`,
		"https://creativecommons.org/licenses/by/4.0/", "© bellerive", "2 versions",
		"23 novembre 2026 à 10\u00a0h\u00a018", `<div class="prose" role="region"`,
		`referrerpolicy="no-referrer"`, `loading="lazy"`, `width="960" height="640"`,
	} {
		if !strings.Contains(body, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	dutch := h.get("/items/" + h.titled("Nieuwe fietsstraat") + "?ui=fr").Body.String()
	if !strings.Contains(dutch, `<h1 lang="nl">`) {
		t.Error("a Dutch title on a French page is not marked as Dutch")
	}
}

// TestContentAsksTheHubAlone: the pictures in a text come from the hub, and the
// page may load none from anybody else.
func TestContentAsksTheHubAlone(t *testing.T) {
	it := newItem("ornelle", "actus", "urn:pictures", federation.News, "Travaux")
	it.Content = markup.Sanitise(`<p>Plan : <img src="https://photos.example/plan.png" alt="le plan"> <img src="http://photos.example/b.gif" srcset="https://t.example/c 2x"></p>`, nil)
	h := newHub(t, it)
	w := h.get("/items/" + it.ID)
	if body := w.Body.String(); strings.Contains(body, `src="http`) || strings.Contains(body, "srcset") || strings.Count(body, `<img src="/pictures/`+it.ID+"/") != 2 {
		t.Errorf("the page loads pictures of others:\n%s", body)
	}
	if csp := w.Header().Get("Content-Security-Policy"); !strings.Contains(csp, "img-src 'self';") {
		t.Errorf("policy %q", csp)
	}
}

// TestOperatorsFilesStayPrivate: a file: source is a path on our own disk.
func TestOperatorsFilesStayPrivate(t *testing.T) {
	it := newItem("ornelle", "demarches", "urn:file", federation.Service, "Fiche")
	it.Provenance.SourceURL, it.URL = "file:///srv/secret/fiches.zip", ""
	h := newHub(t, it)
	body := h.get("/items/" + it.ID).Body.String()
	if strings.Contains(body, "secret") {
		t.Error("the page tells the path of a file")
	}
	if !strings.Contains(body, `<link rel="canonical" href="https://hub.example/items/`+it.ID+`">`) {
		t.Error("an item without an address of its own has no canonical address on the hub")
	}
}

func TestLinkedData(t *testing.T) {
	h := newHub(t)
	for start, want := range map[string]map[string]any{
		"La passerelle": {"@type": "NewsArticle", "headline": "La passerelle du Moulin rouvre aux piétons et aux vélos", "inLanguage": "fr"},
		"Fête de la":    {"@type": "Event", "startDate": "2026-11-26T13:00:00Z", "endDate": "2026-11-26T17:00:00Z"},
		"Marché de":     {"@type": "Event", "startDate": "2026-11-28", "endDate": "2026-11-30"},
		"Atelier":       {"@type": "Event", "eventStatus": "https://schema.org/EventCancelled"},
		"Carte d’id":    {"@type": "GovernmentService", "name": "Carte d’identité : demande et renouvellement"},
		"Vigilance":     {"@type": "SpecialAnnouncement", "expires": "2026-11-24T09:30:00Z"},
		"Budget":        {"@type": "Article"},
	} {
		var got map[string]any
		for n := range nodes(t, h.get("/items/"+h.titled(start)).Body.String()) {
			if n.Data == "script" {
				if err := json.Unmarshal([]byte(n.FirstChild.Data), &got); err != nil {
					t.Fatalf("%s: %v", start, err)
				}
			}
		}
		for key, value := range want {
			if diff := cmp.Diff(value, got[key]); diff != "" {
				t.Errorf("%s: %s (-want +got):\n%s", start, key, diff)
			}
		}
	}
}

func TestDates(t *testing.T) {
	brussels := mustVoices()["fr"].zone
	at := func(d, h, m int) time.Time { return time.Date(2026, 12, d, h, m, 0, 0, brussels) }
	day := func(d int) time.Time { return time.Date(2026, 12, d, 0, 0, 0, 0, time.UTC) }
	for _, tc := range []struct {
		event          federation.Event
		fr, nl, de, en string
	}{
		{federation.Event{Start: at(1, 19, 30)}, "1er décembre 2026 à 19 h 30", "1 december 2026 om 19.30 uur", "1. Dezember 2026 um 19.30 Uhr", "1 December 2026 at 19:30"},
		{federation.Event{Start: at(2, 9, 0), End: at(2, 12, 0)}, "2 décembre 2026, de 9 h à 12 h", "2 december 2026, van 9 tot 12 uur",
			"2. Dezember 2026, von 9 bis 12 Uhr", "2 December 2026, 09:00 to 12:00"},
		{federation.Event{Start: day(5), End: day(6), AllDay: true}, "5 décembre 2026", "5 december 2026", "5. Dezember 2026", "5 December 2026"},
		{federation.Event{Start: day(1), End: day(4), AllDay: true}, "du 1er au 3 décembre 2026", "van 1 tot 3 december 2026", "1. bis 3. Dezember 2026", "1 to 3 December 2026"},
		{federation.Event{Start: at(30, 0, 0), End: at(33, 0, 0)}, "du 30 décembre 2026 au 1er janvier 2027", "van 30 december 2026 tot 1 januari 2027",
			"30. Dezember 2026 bis 1. Januar 2027", "30 December 2026 to 1 January 2027"},
	} {
		for lang, want := range map[string]string{"fr": tc.fr, "nl": tc.nl, "de": tc.de, "en": tc.en} {
			got := strings.ReplaceAll(mustVoices()[lang].when(tc.event).Text, "\u00a0", " ")
			if got != want {
				t.Errorf("when(%v to %v) in %s = %q, want %q", tc.event.Start, tc.event.End, lang, got, want)
			}
		}
	}
}

func TestMemberTellsOfItsSources(t *testing.T) {
	h := newHub(t)
	body := h.get("/members/bellerive?ui=en").Body.String()
	for _, want := range []string{"Up to date", "Cannot be read: the site refuses Carillon’s robot (403)", "last checked on <time",
		"&lt;carillon-widget data-hub=&#34;https://hub.example&#34; data-placement=&#34;bellerive-actus&#34; style=&#34;display:block;",
		"&lt;span slot=&#34;room&#34; style=&#34;display:block;height:0;font-size:medium;padding:0 0 calc("} {
		if !strings.Contains(body, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if got := h.get("/members/rosenthal?ui=en").Body.String(); !strings.Contains(got, "Not checked yet") {
		t.Error("a source that was never read is not told")
	}
}

// TestMembersShowOnlyTheirOwn is the wall between members, on their pages.
func TestMembersShowOnlyTheirOwn(t *testing.T) {
	h := newHub(t)
	for _, m := range []string{"amis", "bellerive", "eaux", "hautecombe", "lindewater", "ornelle", "rosenthal"} {
		cards := 0
		for n := range nodes(t, h.get("/members/"+m).Body.String()) {
			class := strings.Fields(attr(n, "class"))
			if n.Data == "article" {
				cards++
				if !slices.Contains(class, "m-"+m) {
					t.Errorf("the page of %s shows an item of another: %q", m, class)
				}
			}
		}
		if cards == 0 {
			t.Errorf("the page of %s shows nothing", m)
		}
	}
}

// mustVisit is a visit to a path.
func mustVisit(t *testing.T, h *hub, path string) visit {
	t.Helper()
	v, err := h.portal.visit(httptest.NewRequest("GET", path, nil))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// ratio is the contrast of two "#rrggbb" colours (WCAG 2.2, 1.4.3), worked out
// here a second time.
func ratio(t *testing.T, a, b string) float64 {
	t.Helper()
	luminance := func(s string) float64 {
		n, err := strconv.ParseUint(strings.TrimPrefix(s, "#"), 16, 32)
		if err != nil || len(s) != 7 {
			t.Fatalf("%q is not #rrggbb", s)
		}
		sum := 0.0
		for i, weight := range []float64{0.0722, 0.7152, 0.2126} {
			c := float64(n>>(8*i)&255) / 255
			if c <= 0.04045 {
				c /= 12.92
			} else {
				c = math.Pow((c+0.055)/1.055, 2.4)
			}
			sum += weight * c
		}
		return sum + 0.05
	}
	la, lb := luminance(a), luminance(b)
	return max(la, lb) / min(la, lb)
}

// TestUpNext: a page shows a series at its next date, and when all are over at
// its first.
func TestUpNext(t *testing.T) {
	start := time.Date(2026, 1, 5, 19, 0, 0, 0, time.UTC)
	e := &federation.Event{Start: start, End: start.Add(time.Hour), Recurrence: "FREQ=WEEKLY;COUNT=3"}
	for now, want := range map[time.Time]time.Time{
		start.Add(30 * time.Minute): start,
		start.Add(2 * time.Hour):    start.AddDate(0, 0, 7),
		start.AddDate(1, 0, 0):      start,
	} {
		if got := upNext(e, now); !got.Start.Equal(want) || got.End.Sub(got.Start) != time.Hour {
			t.Errorf("at %v the series is shown from %v to %v, want from %v", now, got.Start, got.End, want)
		}
	}
	if got := upNext(nil, start); got != nil {
		t.Errorf("upNext(nil) = %v", got)
	}
}
