package harvester

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/plonegov/carillon/federation"
)

// list answers page n of a list of three with two items each.
func list(w *testHub, n int, titles ...string) {
	next := ""
	if n < 3 {
		next = fmt.Sprintf(`http://a.example/list?p=%d`, n+1)
	}
	body := fmt.Sprintf(`{"feed":"List","complete":true,"next":"%s"}`, next)
	for i, title := range titles {
		body += fmt.Sprintf("\n"+`{"id":"%d-%d","title":"%s"}`, n, i, title)
	}
	w.ok(fmt.Sprintf("http://a.example/list?p=%d", n), body)
}

func paged(t *testing.T) (*testHub, federation.Source) {
	w := newTestHub(t, newStore(t))
	src := w.source(federation.Source{Member: "a", Slug: "list", URL: "http://a.example/list?p=1"})
	list(w, 1, "A", "B")
	list(w, 2, "C", "D")
	list(w, 3, "E", "F")
	return w, src
}

func TestFollow(t *testing.T) {
	w, src := paged(t)
	if out := w.one(src); out.New != 6 || len(w.look()) != 3 {
		t.Fatalf("first harvest = %+v, want six items of three pages", out)
	}
	w.pass(time.Hour)
	if out := w.one(src); out.Result != Unchanged || len(w.look()) != 1 {
		t.Errorf("an hour later = %+v, want the first page asked for alone", out)
	}
	list(w, 1, "A new", "B")
	list(w, 3, "E changed", "F")
	w.pass(time.Hour)
	if out := w.one(src); out.Changed != 1 || len(w.look()) != 2 {
		t.Errorf("a change on the first page = %+v, want it, and an end at the second", out)
	}
	w.pass(pagedEvery)
	if out := w.one(src); out.Changed != 1 || len(w.look()) != 3 {
		t.Errorf("a day later = %+v, want the change on the last page", out)
	}
}

// TestFollowAdopted: a list whose items came from a source before it ends where
// nothing is new, as any other.
func TestFollowAdopted(t *testing.T) {
	w, src := paged(t)
	w.one(src)
	next := w.source(federation.Source{Member: "a", Slug: "next", URL: src.URL, Formerly: []string{src.Name()}})
	err := w.store.InTx(t.Context(), func(tx federation.Tx) error {
		_, err := tx.AdoptItems(t.Context(), src.Name(), next.Name(), w.time())
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	w.look()
	if out := w.one(next); out.New != 0 || len(w.look()) != 3 {
		t.Errorf("the first harvest = %+v, want three pages and nothing new", out)
	}
	list(w, 1, "A new", "B")
	w.pass(time.Hour)
	if out := w.one(next); out.Changed != 1 || out.New != 0 {
		t.Errorf("a change on the first page = %+v", out)
	}
	if asked := w.look(); len(asked) != 2 {
		t.Errorf("a change on the first page: asked %q, want an end at the second", asked)
	}
}

// TestFollowWithdraws: what leaves a complete list of several pages is missing
// only when all pages were read.
func TestFollowWithdraws(t *testing.T) {
	w, src := paged(t)
	w.one(src)
	list(w, 3, "E")
	gone := federation.NewItemID("a/list", "3-1")
	for day := 1; day <= 3; day++ {
		w.pass(pagedEvery)
		if day == 2 { // a page is missing: nothing can be told
			w.answer("http://a.example/list?p=2", "HTTP/1.1 500 Oops\n\n")
			if out := w.one(src); out.Withdrawn != 0 || len(out.Warnings) == 0 {
				t.Fatalf("with a page that fails: %+v, want a warning and no withdrawal", out)
			}
			list(w, 2, "C", "D")
		}
		w.one(src)
	}
	if _, err := w.store.Item(t.Context(), gone); err == nil {
		t.Error("an item absent from three whole readings is live")
	}
}

func TestFollowStaysNear(t *testing.T) {
	w := newTestHub(t, newStore(t))
	src := w.source(federation.Source{Member: "a", Slug: "list", URL: "http://a.example/list"})
	w.ok("http://b.example/secret", `{"id":"theirs","title":"Theirs"}`)
	for name, next := range map[string]string{"another site": "http://b.example/secret", "itself": "http://a.example/list", "a file": "file:///etc/passwd"} {
		w.ok(src.URL, fmt.Sprintf(`{"feed":"L","complete":true,"next":"%s"}`+"\n"+`{"id":"1","title":"One"}`, next))
		w.look()
		out := w.harvestAll(true, src)["a/list"]
		if out.Result != Fetched || out.Items != 1 || len(w.look()) != 1 || len(out.Warnings) == 0 {
			t.Errorf("a list that goes on at %s: %+v, want one request, one item and a warning", name, out)
		}
	}
}

func TestNear(t *testing.T) {
	tests := []struct {
		own, other string
		want       bool
	}{
		{"https://www.ville.example/rss", "https://www.ville.example/p2", true},
		{"https://www.ville.fr/rss", "https://api.ville.fr/p2", true},
		{"https://www.ville.fr/rss", "http://www.ville.fr/p2", false},
		{"http://www.ville.fr/rss", "https://www.ville.fr/p2", true},
		{"https://www.ville.fr/rss", "https://www.autre.fr/p2", false},
		{"https://ville.github.io/rss", "https://autre.github.io/p2", false},
		{"http://10.0.0.1/rss", "http://127.0.0.1/p2", false},
		{"http://10.0.0.1/rss", "http://10.0.0.1/p2", true},
		{"https://www.ville.fr/rss", "javascript:alert(1)", false},
		{"https://www.ville.fr/rss", "//www.ville.fr/", false},
	}
	for _, test := range tests {
		if got := near(test.other, test.own); got != test.want {
			t.Errorf("near(%q) from %q = %t, want %t", test.other, test.own, got, test.want)
		}
	}
}

// listing answers a list that names pages, each with a stamp.
func listing(w *testHub, stamps map[string]string) {
	body := `{"feed":"Map","complete":true}`
	var names []string
	for name := range stamps {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		body += fmt.Sprintf("\n"+`{"page":"http://a.example/%s","stamp":"%s","title":"Listed %s"}`, name, stamps[name], name)
	}
	w.ok("http://a.example/map", body)
}

func pageOf(w *testHub, name, title string) {
	w.answer("http://a.example/"+name, "HTTP/1.1 200 OK\nETag: \""+title+"\"\n\n"+fmt.Sprintf(`{"id":"%s","title":"%s"}`, name, title))
}

func TestPages(t *testing.T) {
	w := newTestHub(t, newStore(t))
	src := w.source(federation.Source{Member: "a", Slug: "map", URL: "http://a.example/map"})
	stamps := map[string]string{"x": "1", "y": "1", "z": "1"}
	listing(w, stamps)
	for _, name := range []string{"x", "y", "z"} {
		pageOf(w, name, "T"+name)
	}
	pageOf(w, "z", "") // the list says what the page does not
	if out := w.one(src); out.New != 3 || len(w.look()) != 4 {
		t.Fatalf("first harvest = %+v, want three items by four requests", out)
	}
	if it, err := w.store.Item(t.Context(), federation.NewItemID("a/map", "z")); err != nil || it.Title != "Listed z" || !strings.HasSuffix(it.Provenance.SourceURL, "/z") {
		t.Errorf("Item(z) = %q from %q, %v, want the list's title and the page's address", it.Title, it.Provenance.SourceURL, err)
	}
	stamps["x"] = "2"
	listing(w, stamps)
	pageOf(w, "x", "Changed")
	pageOf(w, "y", "Changed too, but nobody said so")
	w.pass(time.Hour)
	if out := w.one(src); out.Changed != 1 || out.Items != 3 {
		t.Errorf("one stamp changed: %+v, want one item", out)
	}
	if asked := w.look(); !slices.Equal(asked, []string{"/map", "/x If-None-Match: \"Tx\""}) {
		t.Errorf("one stamp changed: asked for %q", asked)
	}
	w.pass(wholeEvery)
	if out := w.one(src); out.Changed != 1 {
		t.Errorf("a week later: %+v, want the change that the list did not tell of", out)
	}
}

// TestPagesLeave: a page that leaves a complete list takes its items along, by
// the same rule as any; one that cannot be read does not.
func TestPagesLeave(t *testing.T) {
	w := newTestHub(t, newStore(t))
	src := w.source(federation.Source{Member: "a", Slug: "map", URL: "http://a.example/map"})
	stamps := map[string]string{}
	for i := range 8 {
		stamps[fmt.Sprint("p", i)] = "1"
		pageOf(w, fmt.Sprint("p", i), fmt.Sprint("Title ", i))
	}
	listing(w, stamps)
	w.one(src)
	delete(stamps, "p7")
	stamps["p6"] = "2"
	listing(w, stamps)
	w.answer("http://a.example/p6", "HTTP/1.1 404 Not Found\n\n")
	var withdrawn []int
	for range 4 {
		w.pass(time.Hour)
		withdrawn = append(withdrawn, w.harvestAll(false, src)["a/map"].Withdrawn)
	}
	if want := []int{0, 0, 1, 0}; !slices.Equal(withdrawn, want) {
		t.Errorf("withdrawn in each harvest: %v, want %v", withdrawn, want)
	}
	if _, err := w.store.Item(t.Context(), federation.NewItemID("a/map", "p6")); err != nil {
		t.Errorf("an item whose page cannot be read: %v, want it kept", err)
	}
	w.answer("http://a.example/p6", "HTTP/1.1 410 Gone\n\n")
	w.pass(pagedEvery)
	if out := w.one(src); out.Withdrawn != 1 {
		t.Errorf("a page that is gone for good: %+v, want its item withdrawn", out)
	}
}

// TestPagesGoOn: what one harvest has no time for, the next ones read, soon.
func TestPagesGoOn(t *testing.T) {
	w := newTestHub(t, newStore(t))
	src := w.source(federation.Source{Member: "a", Slug: "map", URL: "http://a.example/map"})
	stamps := map[string]string{}
	for i := range pagesAtOnce + 20 {
		stamps[fmt.Sprint("p", i)] = "1"
		pageOf(w, fmt.Sprint("p", i), fmt.Sprint("Title ", i))
	}
	listing(w, stamps)
	if out := w.one(src); out.New != pagesAtOnce || w.state(src).Rule != federation.RuleUnfinished || w.state(src).Unfinished != 20 {
		t.Errorf("first harvest = %+v by rule %q, want %d items and more soon", out, w.state(src).Rule, pagesAtOnce)
	}
	if out := w.one(src); out.New != 20 || out.Withdrawn != 0 || w.state(src).Unfinished != 0 {
		t.Errorf("second harvest = %+v, want the other 20", out)
	}
	w.look()
	if out := w.one(src); out.Result != Unchanged || len(w.look()) != 1 {
		t.Errorf("third harvest = %+v, want nothing but the list", out)
	}
}

func TestSameSite(t *testing.T) {
	a, _ := url.Parse("https://a.co.uk/")
	b, _ := url.Parse("https://b.co.uk/")
	if sameSite(a, b) {
		t.Error("two sites under a public suffix are one")
	}
}
