package main

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"testing"

	"github.com/plonegov/carillon/api"
	"github.com/plonegov/carillon/federation/safehttp"
	"github.com/plonegov/carillon/search"
)

// statsHub is a hub in this process: its public address and that of operators.
func statsHub(t testing.TB, yaml string) (public, ops string) {
	t.Helper()
	ctx, log := context.Background(), testLog(t)
	c := hubConfig{Data: t.TempDir(), AllowPrivate: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}}
	fillHub(t, c, yaml)
	h, err := openHub(ctx, log, c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := h.close(); err != nil {
			t.Error(err)
		}
	})
	if err := h.catchUp(ctx); err != nil {
		t.Fatal(err)
	}
	client := safehttp.New(safehttp.Config{})
	t.Cleanup(client.Close)
	counter := search.NewCounter(log, h.store, h.catalogue)
	server := api.New(log, api.Config{PublicURL: "http://hub.example", Counter: counter}, h.reader, h.store, h.service, h.catalogue, client)
	s, o := httptest.NewServer(server), httptest.NewServer(server.Ops())
	t.Cleanup(s.Close)
	t.Cleanup(o.Close)
	return s.URL, o.URL
}

type queryStats struct {
	From, To string
	Counted  bool
	Queries  []struct {
		Day, Language, Words  string
		Asked, Nothing, Found int
	}
}

// TestQueryStats: operators read what people search for and do not find, from
// pages and API, from answers that are kept as from new ones; nobody else
// does, and what is asked seldom or looks personal is not there.
func TestQueryStats(t *testing.T) {
	p, origin := newPublisher(t)
	p.put("/fr", bytesOf("application/rss+xml", rssOf("x", entry{"1", "Piscine communale", "https://x.example/1", ""}, entry{"2", "Déchets", "https://x.example/2", ""})))
	region := "members:\n  - {slug: m, kind: commune, name: M, languages: [fr], sources: [{slug: s, url: " + origin + "/fr}]}\n"
	public, ops := statsHub(t, region)
	ask := func(n int, path string) {
		t.Helper()
		for range n {
			if status, body := get(t, public+path); status != http.StatusOK {
				t.Fatalf("GET %s = %d: %.200s", path, status, body)
			}
		}
	}
	q := func(words string) string { return "q=" + url.QueryEscape(words) }
	ask(7, "/search?ui=fr&"+q("Trottinettes"))
	ask(1, "/search?ui=fr&limit=5&"+q("trottinettes")) // another address, the same words
	ask(6, "/search?ui=nl&"+q("luchtballon"))
	ask(5, "/api/v1/search?"+q("piscine"))
	ask(3, "/api/v1/search?"+q("déchets"))
	ask(4, "/search?ui=fr&"+q("seldom"))
	for _, own := range []string{"jean@example.org", "0470 123456", "rue Haute 12", "Madame Dupont"} {
		ask(9, "/search?ui=fr&"+q(own))
	}
	ask(9, "/search?ui=fr&type=news") // no words
	ask(9, "/feed.rss?"+q("abonnement"))
	ask(9, "/api/v1/suggest?"+q("tapé"))

	var got queryStats
	getJSON(t, ops+"/api/v1/stats/queries", &got)
	type row struct {
		language, words       string
		asked, nothing, found int
	}
	var rows []row
	for _, n := range got.Queries {
		rows = append(rows, row{n.Language, n.Words, n.Asked, n.Nothing, n.Found})
	}
	want := []row{{"fr", "trottinettes", 8, 8, 0}, {"nl", "luchtballon", 6, 6, 0}, {"", "piscine", 5, 0, 1}}
	if len(rows) != len(want) || !got.Counted {
		t.Fatalf("queries = %+v, counted %v; want %+v", rows, got.Counted, want)
	}
	for i := range want {
		if rows[i] != want[i] {
			t.Errorf("query %d = %+v, want %+v", i, rows[i], want[i])
		}
	}
	for query, wantStatus := range map[string]int{
		"?from=2026-01-01&to=2026-02-01": 200, "?from=tomorrow": 400, "?from=2026-02-01&to=2026-01-01": 400, "?from=1999-01-01": 400, "?who=me": 400, "?to=2026-13-01": 400,
	} {
		if status, body := get(t, ops+"/api/v1/stats/queries"+query); status != wantStatus {
			t.Errorf("GET stats%s = %d, want %d: %.200s", query, status, wantStatus, body)
		}
	}
	for lang, title := range map[string]string{"fr": "Ce que les gens cherchent", "nl": "Wat mensen zoeken", "de": "Wonach gesucht wird", "en": "What people search for"} {
		status, page := get(t, ops+"/stats/queries?ui="+lang)
		if status != http.StatusOK || !strings.Contains(page, title) || !strings.Contains(page, "trottinettes") || strings.Contains(page, "seldom") {
			t.Errorf("the page in %s = %d, without %q or the words: %.300s", lang, status, title, page)
		}
	}
	for _, path := range []string{"/api/v1/stats/queries", "/stats/queries"} {
		if status, _ := get(t, public+path); status != http.StatusNotFound {
			t.Errorf("GET %s from the public = %d, want 404", path, status)
		}
	}
}

func TestQueryStatsOff(t *testing.T) {
	p, origin := newPublisher(t)
	p.put("/fr", bytesOf("application/rss+xml", rssOf("x", entry{"1", "Piscine communale", "https://x.example/1", ""})))
	public, ops := statsHub(t, "hub: {queries: {off: true}}\nmembers:\n  - {slug: m, kind: commune, name: M, languages: [fr], sources: [{slug: s, url: "+origin+"/fr}]}\n")
	for range 20 {
		get(t, public+"/search?q=piscine")
	}
	var got queryStats
	if getJSON(t, ops+"/api/v1/stats/queries", &got); got.Counted || len(got.Queries) > 0 {
		t.Errorf("stats = %+v of a hub that does not count", got)
	}
	if _, page := get(t, ops+"/stats/queries?ui=fr"); !strings.Contains(page, "désactivé") {
		t.Errorf("the page does not say that counting is switched off: %.300s", page)
	}
}
