package search_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/storetest"
	"github.com/plonegov/carillon/search"
)

func newStore(t *testing.T) federation.Store {
	t.Helper()
	return storetest.NewMem()
}

// keptIndex is an index that only keeps what it is given.
type keptIndex struct {
	search.Index
	items   map[string]federation.Item
	files   map[string]string
	cursor  federation.Cursor
	applied int
	fail    error

	precedence map[string]search.Precedence // of the items given last; nil = not kept
}

func newKept() *keptIndex {
	return &keptIndex{items: map[string]federation.Item{}, files: map[string]string{}}
}

func (x *keptIndex) Apply(_ context.Context, b search.Batch) error {
	if x.fail != nil {
		return x.fail
	}
	for _, it := range b.Put {
		x.items[it.ID], x.files[it.ID] = it, b.Files[it.ID]
	}
	if x.precedence != nil {
		maps.Copy(x.precedence, b.Precedence)
	}
	for _, id := range b.Delete {
		delete(x.items, id)
	}
	x.cursor = b.Cursor
	x.applied++
	return nil
}

func (x *keptIndex) Cursor(context.Context) (federation.Cursor, error) { return x.cursor, nil }

func (x *keptIndex) Reset(context.Context) error {
	clear(x.items)
	x.cursor = 0
	return nil
}

// told is what the index holds, a line an item, with its place.
func (x *keptIndex) told() []string {
	var out []string
	for _, it := range x.items {
		at := "nowhere"
		if p := it.Point(); p != nil {
			at = fmt.Sprintf("%g,%g", p.Lat, p.Lon)
		}
		out = append(out, fmt.Sprintf("%s %s v%d %s", it.Source, it.Title, it.Version, at))
	}
	slices.Sort(out)
	return out
}

// office is a store with an indexer on it.
type office struct {
	t         *testing.T
	store     federation.Store
	catalogue *federation.Catalogues
	index     *keptIndex
	*search.Indexer
}

func newOffice(t *testing.T) *office {
	t.Helper()
	o := &office{t: t, store: newStore(t), index: newKept()}
	o.member("huy", &federation.Point{Lat: 50.5, Lon: 5.25})
	o.member("namur", nil)
	var err error
	if o.catalogue, err = federation.NewCatalogues(t.Context(), o.store); err != nil {
		t.Fatal(err)
	}
	o.Indexer = search.NewIndexer(slog.New(slog.DiscardHandler), o.index, o.store, o.catalogue)
	return o
}

func (o *office) tx(fn func(federation.Tx) error) {
	o.t.Helper()
	if err := o.store.InTx(o.t.Context(), fn); err != nil {
		o.t.Fatal(err)
	}
}

// member saves a member with one source.
func (o *office) member(slug string, at *federation.Point) {
	o.t.Helper()
	o.tx(func(tx federation.Tx) error {
		_, err := federation.Save(o.t.Context(), tx, federation.Member{Slug: slug, Kind: federation.KindCommune, Name: federation.Text{"fr": slug}, Location: at})
		if err == nil {
			_, err = federation.Save(o.t.Context(), tx, federation.Source{Member: slug, Slug: "rss", URL: "https://" + slug + ".example/rss"})
		}
		return err
	})
}

// save saves the next version of an item.
func (o *office) save(member, title string, version int, place *federation.Place) string {
	o.t.Helper()
	it := federation.Item{Member: member, Source: member + "/rss", OriginID: title, Type: federation.News, Title: title, Version: version, Place: place,
		URL: "https://" + member + ".example/" + title, FirstSeen: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)}
	it.ID, it.Hash = federation.NewItemID(it.Source, title), fmt.Sprint(title, version)
	o.tx(func(tx federation.Tx) error { return tx.SaveItem(o.t.Context(), it, it.FirstSeen) })
	return it.ID
}

func (o *office) catchUp(want ...string) {
	o.t.Helper()
	if err := o.CatchUp(o.t.Context()); err != nil {
		o.t.Fatalf("CatchUp: %v", err)
	}
	if diff := cmp.Diff(want, o.index.told()); diff != "" {
		o.t.Fatalf("CatchUp (-want +got):\n%s", diff)
	}
}

func TestIndexerFollows(t *testing.T) {
	o := newOffice(t)
	o.save("huy", "Foire", 1, nil)
	o.save("namur", "Fête", 1, nil)
	o.save("huy", "Bal", 1, &federation.Place{Name: "Salle", Point: &federation.Point{Lat: 1, Lon: 2}})
	o.catchUp("huy/rss Bal v1 1,2", "huy/rss Foire v1 50.5,5.25", "namur/rss Fête v1 nowhere")

	id := o.save("huy", "Foire", 2, &federation.Place{Name: "Place"})
	o.save("huy", "Foire", 3, &federation.Place{Name: "Place"})
	o.catchUp("huy/rss Bal v1 1,2", "huy/rss Foire v3 50.5,5.25", "namur/rss Fête v1 nowhere")
	if p := o.index.items[id].Place; p.Name != "Place" {
		t.Errorf("place in the index = %+v, want its name kept", p)
	}
	if it, err := o.store.Item(t.Context(), id); err != nil || it.Point() != nil {
		t.Errorf("Item = %+v, %v, want the store's left without coordinates", it.Place, err)
	}

	o.tx(func(tx federation.Tx) error { return tx.WithdrawItem(t.Context(), id, "test", time.Now()) })
	o.save("namur", "Fête", 2, nil)
	o.tx(func(tx federation.Tx) error {
		return tx.WithdrawItem(t.Context(), federation.NewItemID("namur/rss", "Fête"), "saved and withdrawn in one batch", time.Now())
	})
	o.catchUp("huy/rss Bal v1 1,2")
	applied := o.index.applied
	o.catchUp("huy/rss Bal v1 1,2")
	if o.index.applied != applied {
		t.Error("CatchUp with nothing new applied a batch")
	}
}

// TestIndexerMovesMember has members that get another place: their items move
// with them, and nobody else's.
func TestIndexerMovesMember(t *testing.T) {
	o := newOffice(t)
	o.save("huy", "Foire", 1, nil)
	o.save("huy", "Bal", 1, &federation.Place{Point: &federation.Point{Lat: 1, Lon: 2}})
	o.save("namur", "Fête", 1, nil)
	o.catchUp("huy/rss Bal v1 1,2", "huy/rss Foire v1 50.5,5.25", "namur/rss Fête v1 nowhere")
	o.member("namur", &federation.Point{Lat: 50, Lon: 4})
	o.catchUp("huy/rss Bal v1 1,2", "huy/rss Foire v1 50.5,5.25", "namur/rss Fête v1 50,4")
	o.member("huy", nil)
	o.catchUp("huy/rss Bal v1 1,2", "huy/rss Foire v1 nowhere", "namur/rss Fête v1 50,4")
	if got := len(o.catalogue.Current().Members); got != 2 {
		t.Errorf("catalogue has %d members", got)
	}
}

// TestIndexerFails has an index that refuses a batch: its cursor stays, and
// the same changes come again.
func TestIndexerFails(t *testing.T) {
	o := newOffice(t)
	o.catchUp()
	at := o.index.cursor
	o.save("huy", "Foire", 1, nil)
	o.index.fail = errors.New("disk full")
	if err := o.CatchUp(t.Context()); !errors.Is(err, o.index.fail) || o.index.cursor != at {
		t.Errorf("CatchUp = %v at %d, want the index's error at %d", err, o.index.cursor, at)
	}
	if err := o.Rebuild(t.Context()); !errors.Is(err, o.index.fail) {
		t.Errorf("Rebuild = %v, want the index's error", err)
	}
	o.index.fail = nil
	o.catchUp("huy/rss Foire v1 50.5,5.25")
}

// TestRebuildEqualsFollow holds that an index made anew is the index that
// followed, and goes on from there.
func TestRebuildEqualsFollow(t *testing.T) {
	o := newOffice(t)
	for i := range 4500 { // more than two batches
		o.save([]string{"huy", "namur"}[i%2], fmt.Sprint("item ", i), 1, nil)
	}
	gone := federation.NewItemID("huy/rss", "item 0")
	o.tx(func(tx federation.Tx) error { return tx.WithdrawItem(t.Context(), gone, "test", time.Now()) })
	o.member("namur", &federation.Point{Lat: 50, Lon: 4})
	if err := o.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	followed, cursor := maps.Clone(o.index.items), o.index.cursor
	o.index.items["stale"] = federation.Item{ID: "stale"}
	if err := o.Rebuild(t.Context()); err != nil {
		t.Fatalf("Rebuild: %v", err)
	}
	if diff := cmp.Diff(followed, o.index.items); diff != "" || len(followed) != 4499 {
		t.Errorf("Rebuild gives another index than following, of %d items (-followed +rebuilt):\n%.2000s", len(followed), diff)
	}
	if o.index.cursor != cursor {
		t.Errorf("cursor after Rebuild = %d, want %d", o.index.cursor, cursor)
	}
}

// TestRebuildKnowsMembers has a catalogue that is behind: a rebuild that
// skipped its changes must not leave it so.
func TestRebuildKnowsMembers(t *testing.T) {
	o := newOffice(t)
	o.member("dinant", &federation.Point{Lat: 50.26, Lon: 4.91})
	o.save("dinant", "Joute", 1, nil)
	if err := o.Rebuild(t.Context()); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"dinant/rss Joute v1 50.26,4.91"}, o.index.told()); diff != "" {
		t.Errorf("Rebuild (-want +got):\n%s", diff)
	}
	if _, err := o.catalogue.Current().Member("dinant"); err != nil {
		t.Errorf("the catalogue after Rebuild: %v", err)
	}
}

// movingStore moves a member between the moment a rebuild reads the catalogue
// and the moment it reads the items.
type movingStore struct {
	federation.Store
	move func()
}

func (s *movingStore) EachItem(ctx context.Context, part federation.Part, fn func(federation.Item) error) (federation.Cursor, error) {
	if s.move != nil {
		s.move()
		s.move = nil
	}
	return s.Store.EachItem(ctx, part, fn)
}

func TestRebuildWhileMembersMove(t *testing.T) {
	o := newOffice(t)
	o.save("huy", "Foire", 1, nil)
	moving := &movingStore{o.store, func() { o.member("huy", &federation.Point{Lat: 1, Lon: 2}) }}
	x := search.NewIndexer(slog.New(slog.DiscardHandler), o.index, moving, o.catalogue)
	if err := x.Rebuild(t.Context()); err != nil {
		t.Fatal(err)
	}
	o.catchUp("huy/rss Foire v1 1,2")
}

// countingStore counts the items that are read.
type countingStore struct {
	federation.Store
	read int
}

func (s *countingStore) EachItem(ctx context.Context, part federation.Part, fn func(federation.Item) error) (federation.Cursor, error) {
	return s.Store.EachItem(ctx, part, func(it federation.Item) error {
		s.read++
		return fn(it)
	})
}

func (s *countingStore) ItemsByID(ctx context.Context, ids []string) ([]federation.Item, error) {
	items, err := s.Store.ItemsByID(ctx, ids)
	s.read += len(items)
	return items, err
}

// TestMemberCostsItsItems counts the items that are read when a member is
// saved: its own, whatever else the store holds; when its sites are others, also
// those that stand in a group, since they may be on them.
func TestMemberCostsItsItems(t *testing.T) {
	o := newOffice(t)
	o.index.precedence = map[string]search.Precedence{}
	for i := range 300 {
		o.save("namur", fmt.Sprint("item ", i), 1, nil)
	}
	copied, other := o.save("namur", "Foire", 1, nil), o.save("huy", "Foire", 1, nil)
	o.tx(func(tx federation.Tx) error {
		return tx.SaveLikenesses(t.Context(), []federation.Likeness{
			{Item: copied, Version: 1, Group: other, Wording: 7}, {Item: other, Version: 1, Group: other, Wording: 7}}, time.Now())
	})
	counted := &countingStore{Store: o.store}
	o.Indexer = search.NewIndexer(slog.New(slog.DiscardHandler), o.index, counted, o.catalogue)
	huy := federation.Member{Slug: "huy", Kind: federation.KindCommune, Name: federation.Text{"fr": "huy"}}
	for _, step := range []struct {
		name   string
		change func(federation.Tx) error
		read   int
		copied bool // counts as elsewhere
	}{
		{"all there is, of two new members", func(federation.Tx) error { return nil }, 302 + 302 + 2, false},
		{"another authority", func(tx federation.Tx) error {
			huy.Authority = 90
			_, err := federation.Save(t.Context(), tx, huy)
			return err
		}, 1, false},
		{"another site", func(tx federation.Tx) error {
			huy.URL = "https://namur.example"
			_, err := federation.Save(t.Context(), tx, huy)
			return err
		}, 1 + 2, true},
		{"a place", func(tx federation.Tx) error {
			huy.Location = &federation.Point{Lat: 50, Lon: 5}
			_, err := federation.Save(t.Context(), tx, huy)
			return err
		}, 1, true},
		{"no member any more", func(tx federation.Tx) error { return federation.Remove[federation.Member](t.Context(), tx, "huy") }, 1, false},
	} {
		counted.read = 0
		o.tx(step.change)
		if err := o.CatchUp(t.Context()); err != nil {
			t.Fatal(err)
		}
		if counted.read != step.read {
			t.Errorf("%s: %d items were read, want %d", step.name, counted.read, step.read)
		}
		if got := o.index.precedence[copied] >= search.Elsewhere; got != step.copied {
			t.Errorf("%s: the copy is elsewhere = %v, want %v", step.name, got, step.copied)
		}
	}
}

// TestIndexerFollowsFiles: an item is put anew when the text of its files is
// another one, by the log and by a rebuild, and no more of it than is bounded.
func TestIndexerFollowsFiles(t *testing.T) {
	store, x := newStore(t), newKept()
	it := federation.Item{ID: federation.NewItemID("alba/actes", "1"), Member: "alba", Source: "alba/actes", OriginID: "1", Type: federation.Decision,
		Title: "Acte", Version: 1, Attachments: []federation.Attachment{{URL: "https://alba.example/a.pdf"}, {URL: "https://alba.example/b.pdf"}}}
	save := func(fn func(tx federation.Tx) error) {
		t.Helper()
		if err := store.InTx(t.Context(), fn); err != nil {
			t.Fatal(err)
		}
	}
	cats, err := federation.NewCatalogues(t.Context(), store)
	if err != nil {
		t.Fatal(err)
	}
	indexer := search.NewIndexer(slog.New(slog.DiscardHandler), x, store, cats)
	file := func(url string, pages ...string) {
		t.Helper()
		save(func(tx federation.Tx) error {
			return tx.SaveFile(t.Context(), federation.File{Item: it.ID, URL: url, Pages: pages}, it.FirstSeen)
		})
		if err := indexer.CatchUp(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	save(func(tx federation.Tx) error { return tx.SaveItem(t.Context(), it, it.FirstSeen) })
	file("https://alba.example/b.pdf", "trois")
	file("https://alba.example/a.pdf", "un", "deux")
	if got, want := x.files[it.ID], "un\ndeux\ntrois\n"; got != want {
		t.Errorf("the files indexed say %q, want %q", got, want)
	}
	clear(x.files)
	if err := indexer.Rebuild(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got, want := x.files[it.ID], "un\ndeux\ntrois\n"; got != want {
		t.Errorf("after a rebuild the files indexed say %q, want %q", got, want)
	}
	file("https://alba.example/a.pdf", strings.Repeat("mot ", 1<<18), "fin")
	if n := len(x.files[it.ID]); n == 0 || n > 128<<10 {
		t.Errorf("%d bytes of files are indexed, want some, and at most 128 KiB", n)
	}
}
