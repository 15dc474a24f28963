package api

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/storetest"
	"github.com/plonegov/carillon/search"
	"github.com/plonegov/carillon/search/local"
)

// counted is an index that counts searches: an answer that is kept makes none.
type counted struct {
	search.Index
	searches atomic.Int64
	during   func() // called at the end of each search when not nil
}

func (c *counted) Search(ctx context.Context, q search.Query) (search.Result, error) {
	c.searches.Add(1)
	res, err := c.Index.Search(ctx, q)
	if c.during != nil {
		c.during()
	}
	return res, err
}

// kept is the whole server over a store that changes.
type kept struct {
	*testing.T
	*Server
	store   federation.Store
	index   *counted
	indexer *search.Indexer
	caches  *federation.Follower
}

func newKept(t *testing.T) *kept {
	t.Helper()
	k := &kept{T: t, store: storetest.NewMem()}
	for _, slug := range []string{"huy", "namur"} {
		k.tx(func(ctx context.Context, tx federation.Tx) error {
			_, err := federation.Save(ctx, tx, federation.Member{Slug: slug, Kind: federation.KindCommune, Name: federation.Text{"fr": slug},
				Languages: []string{"fr"}, PostalCodes: []string{"4500"}})
			if err == nil {
				_, err = federation.Save(ctx, tx, federation.Source{Member: slug, Slug: "rss", URL: "https://" + slug + ".example/rss"})
			}
			if err == nil {
				_, err = federation.Save(ctx, tx, federation.Channel{Slug: slug, Title: federation.Text{"fr": slug},
					Select: federation.Selection{Members: []string{slug}, Types: []federation.ItemType{federation.News}}})
			}
			if err == nil {
				_, err = federation.Save(ctx, tx, federation.Placement{Slug: slug + "-actus", Member: slug, Widget: "list",
					Select: federation.Selection{Channels: []string{slug}}})
			}
			return err
		})
		for n := range 3 {
			k.save(slug, fmt.Sprint("actu ", n), federation.News, 1)
		}
		k.save(slug, "rapport", federation.DocumentItem, 1)
	}
	log := slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn}))
	cats, err := federation.NewCatalogues(t.Context(), k.store)
	if err != nil {
		t.Fatal(err)
	}
	engine, err := local.New(log, "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = engine.Close() })
	k.index = &counted{Index: engine}
	k.indexer = search.NewIndexer(log, k.index, k.store, cats)
	reader := &federation.Reader{Held: k.store}
	svc := search.NewService(log, k.index, reader, cats)
	svc.AnswerWhile(k.indexer.Level)
	k.Server = New(log, testConfig, reader, k.store, svc, cats, noPictures{})
	k.caches = federation.NewFollower(log, "caches", k.indexer.Follower().Dealt(), federation.CursorAt(0), k.Changed)
	return k
}

func (k *kept) tx(fn func(context.Context, federation.Tx) error) {
	k.Helper()
	if err := k.store.InTx(k.Context(), func(tx federation.Tx) error { return fn(k.Context(), tx) }); err != nil {
		k.Fatal(err)
	}
}

// save saves a version of an item, and returns its id.
func (k *kept) save(member, name string, kind federation.ItemType, version int) string {
	k.Helper()
	seen := time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)
	it := federation.Item{Member: member, Source: member + "/rss", OriginID: name, Type: kind, Language: "fr", Version: version,
		Title: fmt.Sprintf("%s de %s, état %d", name, member, version), URL: "https://" + member + ".example/" + strings.ReplaceAll(name, " ", "-"),
		Published: seen, FirstSeen: seen, Hash: fmt.Sprint(name, kind, version)}
	it.ID = federation.NewItemID(it.Source, name)
	k.tx(func(ctx context.Context, tx federation.Tx) error { return tx.SaveItem(ctx, it, seen) })
	return it.ID
}

// level lets index and server follow the log, as serve does.
func (k *kept) level() {
	k.Helper()
	err := k.indexer.CatchUp(k.Context())
	if err == nil {
		_, err = k.caches.Drain(k.Context())
	}
	if err != nil {
		k.Fatal(err)
	}
}

// get asks for an address and fails the test when the status is another.
func (k *kept) get(target string, status int, headers ...string) string {
	k.Helper()
	w := askAgain(k.Server, target, headers...)
	if w.Code != status {
		k.Errorf("GET %s = %d %.200s, want %d", target, w.Code, w.Body, status)
	}
	return w.Body.String()
}

// remade asks for every address and returns those that were made anew.
func (k *kept) remade(targets []string) (anew []string) {
	k.Helper()
	for _, target := range targets {
		before := k.index.searches.Load()
		k.get(target, http.StatusOK)
		if k.index.searches.Load() != before {
			anew = append(anew, target)
		}
	}
	return anew
}

// TestAnswersAreKeptUntilAChangeTouchesThem changes one thing at a time: what
// shows it, and nothing else, is made anew.
func TestAnswersAreKeptUntilAChangeTouchesThem(t *testing.T) {
	k := newKept(t)
	k.level()
	item := federation.NewItemID("huy/rss", "actu 0")
	own := []string{"/embed/huy-actus.html", "/embed/huy-actus", "/channels/huy.rss", "/feed.atom?member=huy", "/feed.json?type=news",
		"/api/v1/items?member=huy&type=news", "/api/v1/search?member=huy", "/channels/huy", "/search?member=huy&type=news", "/items/" + item, "/embed/widget/list.html?type=news"}
	others := []string{"/embed/namur-actus.html", "/channels/namur.rss", "/feed.rss?type=document", "/api/v1/items?type=document", "/search?member=namur",
		"/items/" + federation.NewItemID("namur/rss", "rapport"), "/embed/widget/list.html?member=namur&limit=2"}
	all := slices.Concat(own, others)
	if anew := k.remade(all); len(anew) != len(all) {
		t.Fatalf("made at first: %v, want all", anew)
	}
	if anew := k.remade(all); anew != nil {
		t.Errorf("made again without a change: %v", anew)
	}
	check := func(what string, want []string) {
		t.Helper()
		k.level()
		if diff := cmp.Diff(want, k.remade(all)); diff != "" {
			t.Errorf("after %s, made anew (-want +got):\n%s", what, diff)
		}
	}
	k.save("huy", "actu 0", federation.News, 2)
	check("a new text", own)
	k.save("huy", "actu 9", federation.News, 1)
	check("a new item", own)
	k.save("huy", "actu 9", federation.DocumentItem, 2)
	check("a news item that became a document", append(slices.Clone(own), "/feed.rss?type=document", "/api/v1/items?type=document"))
	k.tx(func(ctx context.Context, tx federation.Tx) error {
		return tx.WithdrawItem(ctx, federation.NewItemID("huy/rss", "actu 1"), "test", time.Now())
	})
	// The log tells the member and the source of what was withdrawn, not its type.
	check("a withdrawal", append(slices.Clone(own), "/feed.rss?type=document", "/api/v1/items?type=document"))
	if body := k.get("/channels/huy.rss", 200); strings.Contains(body, "actu 1 ") || strings.Contains(body, "état 1, ") {
		t.Errorf("the feed shows what was withdrawn: %s", body)
	}
	k.tx(func(ctx context.Context, tx federation.Tx) error {
		_, err := federation.Save(ctx, tx, federation.Channel{Slug: "other", Title: federation.Text{"fr": "Autre"}})
		return err
	})
	check("another channel", []string{"/api/v1/search?member=huy", "/channels/huy", "/search?member=huy&type=news", "/items/" + item,
		"/search?member=namur", "/items/" + federation.NewItemID("namur/rss", "rapport")}) // pages, and labels of facets
}

// TestLinkedItemsAreShownAtOnce: who else published an item is part of what
// shows it.
func TestLinkedItemsAreShownAtOnce(t *testing.T) {
	k := newKept(t)
	k.level()
	a, b := federation.NewItemID("huy/rss", "rapport"), federation.NewItemID("namur/rss", "rapport")
	targets := []string{"/api/v1/items?member=huy", "/embed/huy-actus.html", "/items/" + a}
	k.remade(targets)
	group := func(id, group string) {
		k.tx(func(ctx context.Context, tx federation.Tx) error {
			return tx.SaveLikenesses(ctx, []federation.Likeness{{Item: id, Group: group}}, time.Now())
		})
	}
	group(a, a)
	group(b, a)
	k.level()
	if diff := cmp.Diff([]string{targets[0], targets[2]}, k.remade(targets)); diff != "" {
		t.Errorf("after a link, made anew (-want +got):\n%s", diff)
	}
	k.tx(func(ctx context.Context, tx federation.Tx) error { return tx.WithdrawItem(ctx, b, "test", time.Now()) })
	k.level()
	if body := k.get(targets[0], 200); strings.Contains(body, "namur.example") {
		t.Errorf("the list still names the twin that was withdrawn: %s", body)
	}
}

// TestValidatorsWithoutASearch: a 304 costs nothing.
func TestValidatorsWithoutASearch(t *testing.T) {
	k := newKept(t)
	k.level()
	for _, target := range []string{"/", "/search", "/channels/huy", "/feed.rss", "/channels/huy.atom", "/api/v1/items", "/api/v1/search?q=actu", "/embed/huy-actus.html"} {
		for _, encoding := range []string{"", "gzip", "br"} {
			first := ask(k.Server, "GET", target, "Accept-Encoding", encoding)
			n := k.index.searches.Load()
			again := ask(k.Server, "GET", target, "Accept-Encoding", encoding, "If-None-Match", first.Header().Get("ETag"))
			if first.Code != 200 || again.Code != 304 || k.index.searches.Load() != n {
				t.Errorf("GET %s (%s) = %d, and with its tag %d after %d searches; want 200, 304, 0", target, encoding, first.Code, again.Code, k.index.searches.Load()-n)
			}
		}
	}
}

// TestLengthsAndEncodings: an answer is never chunked (Plone's RSS portlet
// shows nothing then), and says which request headers decide its bytes.
func TestLengthsAndEncodings(t *testing.T) {
	k := newKept(t)
	k.level()
	for _, target := range []string{"/", "/feed.rss", "/feed.atom?q=actu", "/feed.json", "/channels/huy.rss", "/api/v1/items", "/api/v1/items?limit=1&cursor=x",
		"/api/v1/members", "/nowhere", "/api/v1/nowhere", "/items/" + federation.NewItemID("huy/rss", "actu 0")} {
		for _, encoding := range []string{"", "gzip", "br", "zstd", "gzip;q=0"} {
			w := ask(k.Server, "GET", target, "Accept-Encoding", encoding)
			if got := w.Header().Get("Content-Length"); got != fmt.Sprint(w.Body.Len()) {
				t.Errorf("GET %s (%s): Content-Length %q of %d bytes", target, encoding, got, w.Body.Len())
			}
			if vary := strings.Join(w.Header().Values("Vary"), ", "); !strings.Contains(vary, "Accept-Encoding") {
				t.Errorf("GET %s varies by %q", target, vary)
			}
			if got := w.Header().Get("Content-Encoding"); got != "" && got != encoding {
				t.Errorf("GET %s (%s) is sent as %s", target, encoding, got)
			}
		}
	}
}

// TestOneBuildOfAKey has many ask at once for what is not kept yet.
func TestOneBuildOfAKey(t *testing.T) {
	k := newKept(t)
	k.level()
	for _, target := range []string{"/feed.rss", "/channels/huy", "/embed/huy-actus.html", "/api/v1/items"} {
		asked, goOn := make(chan struct{}), make(chan struct{})
		var once sync.Once
		k.index.during = func() { once.Do(func() { close(asked); <-goOn }) }
		before := k.index.searches.Load()
		var wg sync.WaitGroup
		wg.Go(func() { k.get(target, 200) })
		<-asked
		for range 20 {
			wg.Go(func() { k.get(target, 200) })
		}
		close(goOn)
		wg.Wait()
		if n := k.index.searches.Load() - before; n < 1 || n > 2 { // a page may need two
			t.Errorf("21 requests for %s at once made %d searches, want those of one", target, n)
		}
	}
}

// TestChangeDuringABuild: what was begun before a change is not given after it.
func TestChangeDuringABuild(t *testing.T) {
	k := newKept(t)
	k.level()
	for i, target := range []string{"/feed.rss", "/channels/huy", "/embed/huy-actus.html", "/api/v1/items"} {
		var once sync.Once
		name := fmt.Sprint("nouveau ", i)
		k.index.during = func() {
			once.Do(func() {
				k.save("huy", name, federation.News, 1)
				k.level()
			})
		}
		k.get(target, 200)
		if body := k.get(target, 200); !strings.Contains(body, name) {
			t.Errorf("GET %s lacks what was saved while it was made: %.300s", target, body)
		}
	}
}

// TestNoReaderGetsAnothersLanguage asks for pages in many languages at once.
func TestNoReaderGetsAnothersLanguage(t *testing.T) {
	k := newKept(t)
	k.level()
	var wg sync.WaitGroup
	for range 8 {
		for _, lang := range federation.Languages {
			wg.Go(func() {
				for _, target := range []string{"/", "/search?type=news", "/channels/huy", "/members/namur", "/nowhere"} {
					for _, encoding := range []string{"", "gzip"} {
						w := askAgain(k.Server, target, "Accept-Language", lang, "Accept-Encoding", encoding)
						if encoding == "" && !strings.Contains(w.Body.String(), `<html lang="`+lang+`"`) {
							t.Errorf("GET %s in %s is in another language", target, lang)
						}
						if v := strings.Join(w.Header().Values("Vary"), ", "); !strings.Contains(v, "Accept-Language") {
							t.Errorf("GET %s varies by %q", target, v)
						}
					}
				}
			})
		}
	}
	wg.Wait()
}

// TestFeedsOfSharedLinks: what others add to the address of a feed makes no
// further copy of it, or anybody could fill what is kept.
func TestFeedsOfSharedLinks(t *testing.T) {
	k := newKept(t)
	k.level()
	want := k.get("/feed.rss?member=huy&type=news", 200)
	before := k.index.searches.Load()
	for _, more := range []string{"&fbclid=1", "&fbclid=2", "&utm_source=x&utm_medium=y", "&PHPSESSID=z&x"} {
		if got := k.get("/feed.rss?type=news&member=huy"+more, 200); got != want {
			t.Errorf("a feed with %q is another", more)
		}
	}
	if n := k.index.searches.Load() - before; n != 0 {
		t.Errorf("five spellings of one feed made %d searches more, want none", n)
	}
}
