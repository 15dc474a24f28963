package embed_test

import (
	"cmp"
	"context"
	"fmt"
	"image"
	"image/jpeg"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/go-chi/chi/v5"

	"github.com/plonegov/carillon/api/web"
	"github.com/plonegov/carillon/embed"
	"github.com/plonegov/carillon/embed/picture"
	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/safehttp"
	"github.com/plonegov/carillon/federation/storetest"
	"github.com/plonegov/carillon/search"
)

// hub is an embed.Server over a directory and items held in memory.
type hub struct {
	federation.Store // the methods not given here are not called

	URL     string
	Photos  string // origin of the publisher of the items' pictures
	Server  *embed.Server
	Handler http.Handler
	cats    *federation.Catalogues

	mu         sync.Mutex
	members    []federation.Member
	channels   []federation.Channel
	placements []federation.Placement
	items      []federation.Item
	searches   int
	fetched    []string // what the publisher was asked for
	down       error
	hold       chan struct{} // when not nil, fragments wait until it is closed
	lost       atomic.Int64  // how many fragments are cut off before their first byte
}

// newHub starts a hub with what fill puts into it.
func newHub(t testing.TB, fill func(*hub)) *hub {
	t.Helper()
	h := &hub{}
	r := chi.NewRouter()
	s, photos := httptest.NewServer(r), httptest.NewServer(http.HandlerFunc(h.photo))
	t.Cleanup(s.Close)
	t.Cleanup(photos.Close)
	h.URL, h.Photos, h.Handler = s.URL, photos.URL, r
	fill(h)
	var err error
	if h.cats, err = federation.NewCatalogues(t.Context(), h); err != nil {
		t.Fatal(err)
	}
	log, reader := slog.New(slog.DiscardHandler), &federation.Reader{Held: h}
	if h.Server, err = embed.New(log, search.NewService(log, index{hub: h}, reader, h.cats), h.cats, s.URL); err != nil {
		t.Fatal(err)
	}
	r.Use(func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if h.hold != nil && strings.HasPrefix(r.URL.Path, "/embed/") {
				<-h.hold
			}
			if strings.HasPrefix(r.URL.Path, "/embed/") && h.lost.Add(-1) >= 0 {
				panic(http.ErrAbortHandler)
			}
			next.ServeHTTP(w, r)
		})
	})
	web.Mount(r, h.Server.Routes(), fail)
	client := safehttp.New(safehttp.Config{AllowPrivate: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}})
	t.Cleanup(client.Close)
	web.Mount(r, picture.New(log, reader, h.cats, client).Routes(), fail)
	return h
}

// photo is the publisher: a hill under a sky, in a colour of its number.
func (h *hub) photo(w http.ResponseWriter, r *http.Request) {
	h.mu.Lock()
	h.fetched = append(h.fetched, r.UserAgent())
	h.mu.Unlock()
	hue, err := strconv.Atoi(path.Base(r.URL.Path))
	if err != nil {
		http.NotFound(w, r)
		return
	}
	const width, height = 800, 450
	img := image.NewYCbCr(image.Rect(0, 0, width, height), image.YCbCrSubsampleRatio444)
	for i := range img.Y {
		x, y := i%width, i/width
		img.Y[i], img.Cb[i], img.Cr[i] = 210, 140, 120
		if y > height/3+(x-width/2)*(x-width/2)/800 {
			img.Y[i], img.Cb[i], img.Cr[i] = byte(150-y/5), byte(110-hue%40), byte(110+hue%50)
		}
	}
	w.Header().Set("Content-Type", "image/jpeg")
	_ = jpeg.Encode(w, img, nil) // a client that left is no fault
}

// fail is the least of error handlers.
func fail(w http.ResponseWriter, r *http.Request, err error) {
	p := web.ProblemOf(err, r.URL.Path)
	maps.Copy(w.Header(), p.GetHeaders())
	w.Header().Set("Access-Control-Allow-Origin", "*")
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(p.Status)
	fmt.Fprintf(w, `{"detail":%q}`, err.Error())
}

// change edits the hub as a transaction and its followers would.
func (h *hub) change(t testing.TB, edit func()) {
	t.Helper()
	h.mu.Lock()
	edit()
	h.mu.Unlock()
	if err := h.cats.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	h.Server.Touch(search.Everything)
}

func (h *hub) Record(ctx context.Context, kind, key string) (federation.Record, error) {
	return h.records().Record(ctx, kind, key)
}

func (h *hub) Records(ctx context.Context, kind, owner string) ([]federation.Record, error) {
	return h.records().Records(ctx, kind, owner)
}

func (h *hub) records() (list storetest.Directory) {
	for _, m := range h.members {
		list = append(list, m)
	}
	for _, c := range h.channels {
		list = append(list, c)
	}
	for _, p := range h.placements {
		list = append(list, p)
	}
	return list
}

func (h *hub) Item(ctx context.Context, id string) (federation.Item, error) {
	items, err := h.ItemsByID(ctx, []string{id})
	if err == nil && len(items) == 0 {
		err = federation.NotFound("item", id)
	}
	return append(items, federation.Item{})[0], err
}

func (h *hub) ItemsByID(_ context.Context, ids []string) ([]federation.Item, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	var out []federation.Item
	for _, id := range ids {
		for _, it := range h.items {
			if it.ID == id {
				out = append(out, it)
			}
		}
	}
	return out, nil
}

// index finds by looking at every item; to it all match any words equally well.
type index struct {
	search.Index
	hub *hub
}

func (x index) Search(_ context.Context, q search.Query) (search.Result, error) {
	h := x.hub
	h.mu.Lock()
	defer h.mu.Unlock()
	h.searches++
	if h.down != nil {
		return search.Result{}, h.down
	}
	var res search.Result
	items := slices.Clone(h.items)
	slices.SortStableFunc(items, func(a, b federation.Item) int { return cmp.Compare(b.Date().Unix(), a.Date().Unix()) })
	if q.Select.Order() == federation.ByRelevance {
		slices.SortStableFunc(items, func(a, b federation.Item) int { return cmp.Compare(q.Home[b.Member], q.Home[a.Member]) })
	}
	for _, it := range items {
		any := len(q.AnyOf) == 0 || slices.ContainsFunc(q.AnyOf, func(s federation.Selection) bool { return s.Match(it) })
		if !q.None && any && q.Select.Match(it) && len(res.Hits) < q.Select.Size() {
			res.Hits = append(res.Hits, search.Hit{ID: it.ID})
		}
	}
	res.Total = len(res.Hits)
	return res, nil
}

// item is the n-th item of a member.
func item(member string, n int, title string) federation.Item {
	day := time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC).AddDate(0, 0, -n)
	source := member + "/actus"
	return federation.Item{
		ID: federation.NewItemID(source, fmt.Sprint(n)), Member: member, Source: source, OriginID: fmt.Sprint(n),
		Type: federation.News, Title: title, Language: "fr", URL: fmt.Sprintf("https://www.%s.example/actus/%d", member, n),
		Summary:   "La commune informe les riverains que le chantier durera trois semaines, sauf intempéries ou découverte de câbles anciens.",
		Published: day, FirstSeen: day.Add(time.Hour),
		Provenance: federation.Provenance{Fetched: day.Add(time.Hour), License: "CC-BY-4.0"},
	}
}

func get(t testing.TB, url string, header ...string) (*http.Response, string) {
	t.Helper()
	return do(t, http.MethodGet, url, header...)
}
