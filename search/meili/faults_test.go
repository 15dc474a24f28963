package meili_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/storetest"
	"github.com/plonegov/carillon/search"
	"github.com/plonegov/carillon/search/local"
	"github.com/plonegov/carillon/search/meili"
	"github.com/plonegov/carillon/search/meili/meilitest"
)

// hub is a store whose search is a server with an engine in the process beside
// it, as `carillon serve --search` wires them.
type hub struct {
	t        *testing.T
	store    federation.Store
	cats     *federation.Catalogues
	server   *meilitest.Server
	fallback *search.Fallback
	service  *search.Service
	here     *search.Indexer
	follower *search.Indexer
	stop     func()
	saved    time.Duration // items so far: a minute lies between two
}

func newHub(t *testing.T) *hub {
	t.Helper()
	h := &hub{t: t, store: storetest.NewMem(), server: meilitest.New(t)}
	h.tx(func(tx federation.Tx) error {
		_, err := federation.Save(t.Context(), tx, federation.Member{Slug: "huy", Kind: federation.KindCommune, Name: federation.Text{"fr": "Huy"}})
		if err == nil {
			_, err = federation.Save(t.Context(), tx, federation.Source{Member: "huy", Slug: "rss", URL: "https://huy.example/rss"})
		}
		return err
	})
	h.save("piscine", "La piscine rouvre")
	h.save("travaux", "Travaux rue Haute")
	var err error
	if h.cats, err = federation.NewCatalogues(t.Context(), h.store); err != nil {
		t.Fatal(err)
	}
	h.start()
	return h
}

// start wires a process; the server and the store are what they were.
func (h *hub) start() {
	t, log := h.t, slog.New(slog.NewTextHandler(h.t.Output(), nil))
	here, err := local.New(log, "")
	if err != nil {
		t.Fatal(err)
	}
	server, err := meili.New(log, meili.Config{URL: h.server.URL, Key: meilitest.AdminKey})
	if err != nil {
		t.Fatal(err)
	}
	h.here = search.NewIndexer(log, here, h.store, h.cats)
	h.fallback = search.NewFallback(log, server, here, h.here.Level)
	h.follower = search.NewIndexer(log, h.fallback, h.store, h.cats)
	h.service = search.NewService(log, h.fallback, &federation.Reader{Held: h.store}, h.cats)
	h.service.AnswerWhile(h.fallback.Level)
	if err := errors.Join(h.here.Rebuild(t.Context()), h.here.CatchUp(t.Context())); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- h.fallback.Run(ctx, h.store, h.cats) }()
	stopped := false
	h.stop = func() {
		if stopped {
			return
		}
		stopped = true
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	t.Cleanup(h.stop)
}

func (h *hub) tx(fn func(federation.Tx) error) {
	h.t.Helper()
	if err := h.store.InTx(h.t.Context(), fn); err != nil {
		h.t.Fatal(err)
	}
}

func (h *hub) save(name, title string) string {
	h.t.Helper()
	h.saved++
	it := federation.Item{ID: federation.NewItemID("huy/rss", name), Member: "huy", Source: "huy/rss", OriginID: name, Version: 1, Type: federation.News,
		Title: title, Language: "fr", Published: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC).Add(h.saved * time.Minute)}
	h.tx(func(tx federation.Tx) error {
		return tx.SaveItem(h.t.Context(), it, time.Now())
	})
	return it.ID
}

func (h *hub) withdraw(name string) {
	h.t.Helper()
	h.tx(func(tx federation.Tx) error {
		return tx.WithdrawItem(h.t.Context(), federation.NewItemID("huy/rss", name), "", time.Now())
	})
}

// follow gives what changed to both engines, as the hub does after a harvest.
func (h *hub) follow() {
	h.t.Helper()
	if err := h.follower.CatchUp(h.t.Context()); err != nil {
		h.t.Fatalf("the harvest does not go on: %v", err)
	}
}

// level waits until the server answers.
func (h *hub) level() {
	h.t.Helper()
	for deadline := time.Now().Add(30 * time.Second); h.fallback.Trouble() != ""; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			h.t.Fatalf("the server is not level: %s", h.fallback.Trouble())
		}
	}
}

// want checks which titles a query finds, and who answers.
func (h *hub) want(query string, standby bool, titles ...string) {
	h.t.Helper()
	sel, err := federation.ParseSelection(query)
	if err != nil {
		h.t.Fatal(err)
	}
	a, err := h.service.Search(h.t.Context(), search.Request{Select: sel, Facets: search.Facets, Mark: true})
	if err != nil {
		h.t.Fatalf("Search(%q) = %v", query, err)
	}
	got := []string{}
	for _, f := range a.Items {
		got = append(got, f.Title)
	}
	slices.Sort(got)
	slices.Sort(titles)
	if !slices.Equal(got, append([]string{}, titles...)) || a.Standby != standby {
		h.t.Errorf("Search(%q) = %q, standby %t; want %q, %t (%s)", query, got, a.Standby, titles, standby, h.fallback.Trouble())
	}
}

// TestFaults is what acceptance asks of a server that fails: the engine in the
// process answers and says so, the harvest goes on, the server catches up, and
// what was withdrawn meanwhile is shown by neither.
func TestFaults(t *testing.T) {
	const items = "carillon"
	for name, c := range map[string]struct {
		fault meilitest.Faults
		also  func(*meilitest.Server)
		// writes is a fault of writing alone: until something is written the
		// server answers.
		writes bool
		stays  bool // it is not taken out; the hub mends it by itself
	}{
		"down":             {fault: meilitest.Faults{Down: true}},
		"slow":             {fault: meilitest.Faults{Slow: 3 * time.Second}},
		"cut off":          {fault: meilitest.Faults{CutOff: true}},
		"busy":             {fault: meilitest.Faults{Busy: true, RetryAfter: "1"}},
		"failed task":      {fault: meilitest.Faults{FailTasks: "documentAdditionOrUpdate"}, writes: true},
		"canceled task":    {fault: meilitest.Faults{FailTasks: "documentAdditionOrUpdate", Canceled: true}, writes: true},
		"full queue":       {fault: meilitest.Faults{FullQueue: true}, writes: true, stays: true},
		"lost index":       {also: func(s *meilitest.Server) { s.Lose(items) }, stays: true},
		"emptied index":    {also: func(s *meilitest.Server) { s.Empty(items) }, stays: true},
		"changed settings": {also: func(s *meilitest.Server) { s.Setting(items, "filterableAttributes", []any{"member"}) }, stays: true},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHub(t)
			h.level()
			h.want("q=piscine", false, "La piscine rouvre")
			h.server.Set(c.fault)
			if c.also != nil {
				c.also(h.server)
			}
			if !c.writes {
				h.want("q=piscine", true, "La piscine rouvre")
			}
			h.save("fete", "Fête au parc")
			h.withdraw("travaux")
			h.follow()
			if !c.stays {
				h.want("q=fete", true, "Fête au parc")
				h.want("q=travaux", true)
				h.want("", true, "La piscine rouvre", "Fête au parc")
				h.server.Set(meilitest.Faults{})
			}
			h.waitAnswer()
			h.want("q=fete", false, "Fête au parc")
			h.want("q=travaux", false)
			h.want("", false, "La piscine rouvre", "Fête au parc")
			if got := h.server.Documents(items); got != 3 {
				t.Errorf("the server holds %d documents, want two items and the state", got)
			}
			h.save("fin", "Dernière nouvelle")
			h.follow()
			h.want("q=derniere nouvelle", false, "Dernière nouvelle")
		})
	}
}

// waitAnswer waits until the server is level and is asked again, which is some
// seconds after it last failed.
func (h *hub) waitAnswer() {
	h.t.Helper()
	sel, _ := federation.ParseSelection("q=piscine")
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(20 * time.Millisecond) {
		a, err := h.service.Search(h.t.Context(), search.Request{Select: sel})
		if err == nil && !a.Standby && h.fallback.Trouble() == "" {
			return
		}
		if time.Now().After(deadline) {
			h.t.Fatalf("the server does not answer again: %s, %v", h.fallback.Trouble(), err)
		}
	}
}

// TestBeginsWithoutServer: a hub starts while the server is down, and gives it
// everything when it comes.
func TestBeginsWithoutServer(t *testing.T) {
	h := newHub(t)
	h.stop()
	h.server.Set(meilitest.Faults{Down: true})
	h.start()
	h.want("q=piscine", true, "La piscine rouvre")
	h.server.Set(meilitest.Faults{})
	h.waitAnswer()
	h.want("q=piscine", false, "La piscine rouvre")
}

// TestCatchesUp: what changed while the process was away reaches the server by
// the change log, without the index being made anew.
func TestCatchesUp(t *testing.T) {
	h := newHub(t)
	h.level()
	h.stop()
	h.save("fete", "Fête au parc")
	h.withdraw("piscine")
	before := len(h.server.Requests())
	h.start()
	h.level()
	h.want("", false, "Fête au parc", "Travaux rue Haute")
	for _, r := range h.server.Requests()[before:] {
		if r.Path == "/swap-indexes" {
			t.Errorf("the index was made anew")
		}
	}
}

// TestAheadOfStore: an index of another store, whose cursor the log has not
// come to, is made anew.
func TestAheadOfStore(t *testing.T) {
	h := newHub(t)
	h.level()
	h.stop()
	x, err := meili.New(slog.New(slog.DiscardHandler), meili.Config{URL: h.server.URL, Key: meilitest.AdminKey})
	if err != nil {
		t.Fatal(err)
	}
	stray := federation.Item{ID: federation.NewItemID("huy/rss", "stray"), Member: "huy", Source: "huy/rss", Title: "Piscine d'ailleurs"}
	if err := x.Apply(t.Context(), search.Batch{Put: []federation.Item{stray}, Cursor: 1_000_000}); err != nil {
		t.Fatal(err)
	}
	h.start()
	h.level()
	h.want("q=piscine", false, "La piscine rouvre")
	if n := h.server.Documents("carillon"); n != 3 {
		t.Errorf("the server holds %d documents, want the store's two and the state", n)
	}
}

// TestTurnsPagesAcrossEngines: who turns pages while the server goes, and comes
// again, meets every item once.
func TestTurnsPagesAcrossEngines(t *testing.T) {
	h := newHub(t)
	for n := range 30 {
		h.save(fmt.Sprint("n", n), fmt.Sprintf("Avis numéro %02d", n))
	}
	h.follow()
	h.level()
	sel, _ := federation.ParseSelection("type=news&limit=4")
	seen := h.turn(sel, map[int]func(){
		2: func() { h.server.Set(meilitest.Faults{Down: true}) },
		5: func() {
			h.server.Set(meilitest.Faults{})
			h.waitAnswer()
		},
	})
	if seen != 32 {
		t.Errorf("%d items on all pages, want 32", seen)
	}
	sel.Cursor = strings.Repeat("A", 40)
	if _, err := h.service.Search(t.Context(), search.Request{Select: sel}); !errors.Is(err, federation.ErrInvalid) {
		t.Errorf("a bad cursor = %v, want ErrInvalid", err)
	}
}

// turn turns pages to the last, doing before some of them what is to be done,
// and returns how many items there were.
func (h *hub) turn(sel federation.Selection, before map[int]func()) int {
	h.t.Helper()
	seen := map[string]bool{}
	for page := 0; ; page++ {
		if do := before[page]; do != nil {
			do()
		}
		a, err := h.service.Search(h.t.Context(), search.Request{Select: sel})
		if err != nil {
			h.t.Fatalf("page %d: %v", page, err)
		}
		for _, f := range a.Items {
			if seen[f.ID] {
				h.t.Errorf("page %d shows %q again", page, f.Title)
			}
			seen[f.ID] = true
		}
		if sel.Cursor = a.Next; a.Next == "" {
			return len(seen)
		}
	}
}

// TestTurnsPagesFar: behind the first thousand hits too the engine in the
// process goes on where the server was cut off, and stays when it answers again.
func TestTurnsPagesFar(t *testing.T) {
	h := newHub(t)
	for n := range 1298 {
		h.save(fmt.Sprint("n", n), fmt.Sprintf("Avis numéro %02d", n))
	}
	h.follow()
	h.level()
	sel, _ := federation.ParseSelection("type=news&limit=50")
	seen := h.turn(sel, map[int]func(){
		22: func() { h.server.Set(meilitest.Faults{CutOff: true}) },
		24: func() {
			h.server.Set(meilitest.Faults{})
			h.waitAnswer()
		},
	})
	if seen != 1300 {
		t.Errorf("%d items on all pages, want 1300", seen)
	}
}

// TestReindexBesideHub: `carillon reindex` in another process loses nothing
// that the hub writes meanwhile.
func TestReindexBesideHub(t *testing.T) {
	h := newHub(t)
	h.level()
	x, err := meili.New(slog.New(slog.DiscardHandler), meili.Config{URL: h.server.URL, Key: meilitest.MasterKey})
	if err != nil {
		t.Fatal(err)
	}
	other := search.NewIndexer(slog.New(slog.DiscardHandler), x, h.store, h.cats)
	done := make(chan error, 1)
	go func() { done <- other.Rebuild(t.Context()) }()
	for n := range 40 {
		h.save(fmt.Sprint("n", n), fmt.Sprintf("Avis numéro %02d", n))
		h.follow()
	}
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	h.follow()
	h.waitAnswer()
	if n := h.server.Documents("carillon"); n != 43 {
		t.Errorf("the server holds %d documents, want 42 items and the state", n)
	}
	if got := h.server.Indexes(); !slices.Equal(got, []string{"carillon"}) {
		t.Errorf("indexes %q are left", got)
	}
}
