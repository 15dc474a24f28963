package portal

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/plonegov/carillon/embed/browsertest"
	"github.com/plonegov/carillon/federation"
)

// morePages is a hub with what the others have not: an operator's
// recommendations, and the page of what people search for, which is served to
// operators alone.
func morePages(t *testing.T) (*hub, map[string]string) {
	t.Helper()
	h := ownedHub(t, func(hub *federation.Hub) {
		hub.BestBets = []federation.BestBet{{Words: map[string][]string{"fr": {"passerelle"}}, Items: []string{newHub(t).titled("La passerelle")},
			Link: &federation.BestLink{URL: "https://www.ornelle.example/passerelles", Title: federation.Text{"fr": "Toutes les passerelles", "nl": "Alle loopbruggen"},
				Text: federation.Text{"fr": "La carte des passages pour piétons."}}}}
	})
	h.router.Get("/stats/queries", func(w http.ResponseWriter, r *http.Request) {
		counts := []federation.QueryCount{
			{Day: "2026-11-22", Language: "fr", Key: "piscine", Words: "piscine", Asked: 41, Nothing: 0, Found: 12},
			{Day: "2026-11-22", Language: "nl", Key: "zwembad", Words: "zwembad", Asked: 17, Nothing: 17},
			{Day: "2026-11-21", Key: "patinoire", Words: "patinoire", Asked: 9, Nothing: 9},
		}
		if r.URL.Query().Get("from") == "2026-01-01" {
			counts = nil
		}
		if err := h.portal.Stats(w, r, counts, "2026-11-01", "2026-11-23"); err != nil {
			t.Error(err)
		}
	})
	return h, map[string]string{
		"queries": "/stats/queries", "no queries": "/stats/queries?from=2026-01-01",
		"recommended": "/search?q=passerelle", "home first": "/search?q=passerelle&as=hautecombe",
		"nobody's": "/search?q=passerelle&as=9999", "corrected": "/search?q=verjer", "nothing near": "/search?q=passerelle&postcode=5070",
	}
}

// TestMorePages holds these pages to WCAG 2.2 AA, as far as axe-core can tell,
// and to valid HTML in every language.
func TestMorePages(t *testing.T) {
	h, kinds := morePages(t)
	_, url := serveHub(t, h)
	b := browsertest.New(t)
	pages := map[string]string{}
	for kind, path := range kinds {
		for _, lang := range federation.Languages {
			w := httptest.NewRecorder()
			h.router.ServeHTTP(w, httptest.NewRequest("GET", withUI(path, lang), nil))
			pages[kind+" "+lang] = w.Body.String()
			if lang != "fr" && kind != "queries" && kind != "recommended" {
				continue // the words differ, and are short
			}
			p := b.Open(t, url+withUI(path, lang), browsertest.Viewport(320, 640))
			for _, v := range p.Axe("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice") {
				t.Errorf("%s, %s: %v", kind, lang, v)
			}
			wide := 0
			if p.Eval(`document.documentElement.scrollWidth`, &wide); wide > 320 {
				t.Errorf("%s, %s is %d px wide", kind, lang, wide)
			}
			p.Close()
		}
	}
	for _, want := range []string{"Toutes les passerelles", "passage"} {
		if !strings.Contains(pages["recommended fr"], want) {
			t.Errorf("the page with recommendations has no %q", want)
		}
	}
	for _, fault := range browsertest.CheckHTML(t, pages) {
		t.Error(fault)
	}
	t.Logf("%d pages looked at", len(pages))
}
