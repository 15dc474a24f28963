package api

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/plonegov/carillon/api/web"
	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"
	"github.com/plonegov/carillon/federation/safehttp"
	"github.com/plonegov/carillon/federation/storetest"
	"github.com/plonegov/carillon/search"
	"github.com/plonegov/carillon/search/local"
)

// region is a store that only reads, which is all this package does.
type region struct {
	federation.Store // methods not listed below would panic

	members  []federation.Member
	sources  []federation.Source
	channels []federation.Channel
	topics   []federation.Topic
	states   map[string]federation.SourceState
	items    []federation.Item
	gone     []string

	subscriptions []federation.Subscription
	trouble       error // of the store
}

func (r *region) Trouble(context.Context) error { return r.trouble }

func (s *region) Record(ctx context.Context, kind, key string) (federation.Record, error) {
	return s.records().Record(ctx, kind, key)
}

func (s *region) Records(ctx context.Context, kind, owner string) ([]federation.Record, error) {
	return s.records().Records(ctx, kind, owner)
}

func (s *region) records() (list storetest.Directory) {
	for _, m := range s.members {
		list = append(list, m)
	}
	for _, src := range s.sources {
		list = append(list, src)
	}
	for _, c := range s.channels {
		list = append(list, c)
	}
	for _, t := range s.topics {
		list = append(list, t)
	}
	for name, st := range s.states {
		st.Source = name
		list = append(list, st)
	}
	for _, sub := range s.subscriptions {
		list = append(list, sub)
	}
	return list
}

func (s *region) FileCounts(context.Context, string) (_ federation.FileCounts, err error) {
	return
}

func (s *region) Item(_ context.Context, id string) (federation.Item, error) {
	if slices.Contains(s.gone, id) {
		return federation.Item{}, fmt.Errorf("item %q: %w", id, federation.ErrGone)
	}
	for _, it := range s.items {
		if it.ID == id {
			return it, nil
		}
	}
	return federation.Item{}, federation.NotFound("item", id)
}

func (s *region) ItemsByID(ctx context.Context, ids []string) ([]federation.Item, error) {
	var out []federation.Item
	for _, id := range ids {
		if it, err := s.Item(ctx, id); err == nil {
			out = append(out, it)
		}
	}
	return out, nil
}

func (s *region) Versions(ctx context.Context, id string) ([]federation.Version, error) {
	it, err := s.Item(ctx, id)
	if err != nil {
		return nil, err
	}
	return []federation.Version{{Number: it.Version, Saved: it.FirstSeen, Item: it}}, nil
}

// newRegion has n members with one source, one channel and three items each;
// every text of a member but its name, which facets list for all to see, holds
// its canary, a word that no other member has.
func newRegion(n int) *region {
	s := &region{states: map[string]federation.SourceState{}}
	seen := time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)
	for m := range n {
		slug := fmt.Sprintf("m%02d", m)
		s.members = append(s.members, federation.Member{Slug: slug, Kind: federation.KindCommune, URL: "https://" + slug + ".example",
			Name: federation.Text{"fr": "Commune " + slug, "nl": "Gemeente " + slug}, Languages: []string{"fr", "nl"}})
		s.sources = append(s.sources, federation.Source{Member: slug, Slug: "actus", URL: "https://" + slug + ".example/rss.xml"})
		s.channels = append(s.channels, federation.Channel{Slug: slug, Title: federation.Text{"fr": "Canal " + canary(m)},
			Select: federation.Selection{Members: []string{slug}}})
		source := slug + "/actus"
		s.states[source] = federation.SourceState{Source: source, Title: "Source " + canary(m), Health: federation.Health{Items: 3, LastSuccess: seen}}
		for i := range 3 {
			origin := fmt.Sprint("guid-", i) // the same in every member
			s.items = append(s.items, federation.Item{
				ID: federation.NewItemID(source, origin), Member: slug, Source: source, OriginID: origin, Type: federation.News,
				URL: fmt.Sprintf("https://%s.example/actus/%d", slug, i), Title: fmt.Sprintf("Travaux %s numéro %d", canary(m), i),
				Summary: "Résumé " + canary(m), Content: markup.Sanitise("<p>Texte "+canary(m)+"</p>", nil), Language: "fr",
				Published: seen.Add(time.Duration(i) * time.Hour), FirstSeen: seen.Add(24 * time.Hour), Categories: []string{"cat " + canary(m)},
				Provenance: federation.Provenance{SourceURL: "https://" + slug + ".example/rss.xml", Fetched: seen.Add(24 * time.Hour),
					License: "CC-BY-4.0", Attribution: "© " + canary(m), Hash: "00"},
				Version: 1,
			})
		}
	}
	return s
}

// canary has letters only, and differs from every other in several of them, so
// that no forgiven typing error leads from one to another.
func canary(m int) string {
	a, b := string(rune('a'+m/8)), string(rune('a'+m%8))
	return "zq" + strings.Repeat(a, 4) + "x" + strings.Repeat(b, 4) + "qz"
}

// plainPages stands in for the portal.
type plainPages struct{}

func (plainPages) Stats(http.ResponseWriter, *http.Request, []federation.QueryCount, string, string) error {
	return nil
}

func (plainPages) Routes() []web.Route {
	page := func(pattern, text string) web.Route {
		return web.Route{Pattern: pattern, Class: web.Page, Life: "no-cache", Serve: func(w http.ResponseWriter, _ *http.Request) error {
			_, err := io.WriteString(w, text)
			return err
		}}
	}
	bug := page("/panic", "")
	bug.Serve = func(http.ResponseWriter, *http.Request) error { panic("a bug") }
	return []web.Route{page("/", "<h1>home</h1>"), page("/channels/{slug}", "<h1>channel</h1>"), bug}
}

func (plainPages) Error(w http.ResponseWriter, _ *http.Request, status int, title, detail, _ string) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	fmt.Fprintf(w, "<h1>%s</h1><p>%s</p>", title, detail)
}

func (plainPages) Fault(_ *http.Request, err *federation.InvalidError) (string, string) {
	return err.Error(), "en"
}

type noWidgets struct{}

func (noWidgets) Routes() []web.Route { return nil }

// serveRegion is the real server, search service and index over the region.
func serveRegion(t testing.TB, store *region) *Server {
	t.Helper()
	log := slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn}))
	return serveLogged(t, store, log)
}

func serveLogged(t testing.TB, store *region, log *slog.Logger) *Server {
	t.Helper()
	svc, cats := searching(t, store, log)
	return newServer(log, testConfig, &federation.Reader{Held: store}, store, svc, cats, plainPages{}, noWidgets{})
}

// serveWhole is serveRegion with the portal and the widgets.
func serveWhole(t testing.TB, store *region) *Server {
	t.Helper()
	log := slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn}))
	svc, cats := searching(t, store, log)
	return New(log, testConfig, &federation.Reader{Held: store}, store, svc, cats, noPictures{})
}

// noPictures is a client that no host answers.
type noPictures struct{}

func (noPictures) Get(_ context.Context, r safehttp.Request) (*safehttp.Response, error) {
	return nil, &safehttp.Error{Kind: safehttp.KindConnect, URL: r.URL, Err: errors.New("no network here")}
}

var testConfig = Config{PublicURL: "https://hub.example/", Version: "1.2"}

func searching(t testing.TB, store *region, log *slog.Logger) (*search.Service, *federation.Catalogues) {
	t.Helper()
	return searchingThrough(t, store, &federation.Reader{Held: store}, store.items, log)
}

// searchingThrough answers with items as the reader gives them.
func searchingThrough(t testing.TB, store federation.Records, reader *federation.Reader, items []federation.Item, log *slog.Logger) (*search.Service, *federation.Catalogues) {
	t.Helper()
	cats, err := federation.NewCatalogues(t.Context(), store)
	if err != nil {
		t.Fatal(err)
	}
	index, err := local.New(log, "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := index.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := index.Apply(t.Context(), search.Batch{Put: items, Cursor: 1}); err != nil {
		t.Fatal(err)
	}
	return search.NewService(log, index, reader, cats), cats
}

// ask sends one request; headers come in pairs.
func ask(h http.Handler, method, target string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, target, nil)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}
