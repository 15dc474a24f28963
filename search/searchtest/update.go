package searchtest

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"
	"github.com/plonegov/carillon/search"
)

func testEmpty(t *testing.T, h *harness) {
	h.want("")
	h.want("q=école")
	res := h.find(search.Query{Select: federation.Selection{Members: []string{"vallonie"}}, Facets: search.Facets})
	if len(res.Facets[search.ByMember]) != 1 || len(res.Facets[search.ByType]) != 0 {
		t.Errorf("facets of an empty index = %v, want the chosen member alone", res.Facets)
	}
	if got, err := h.Suggest(t.Context(), beginning("é", 5)); len(got.Words)+len(got.Items) != 0 || err != nil {
		t.Errorf("Suggest of an empty index = %v, %v", got, err)
	}
	h.apply(search.Batch{})
	h.want("")
}

func testPut(t *testing.T, h *harness) {
	it := item("a", "Piscine fermée", "La piscine est vide.")
	h.put(it)
	h.want("q=piscine", "a")
	it.Title, it.Content = "Patinoire ouverte", markup.HTML{}
	it.Categories = []string{"Sport"}
	h.put(it)
	h.want("q=piscine")
	h.want("q=patinoire", "a")
	h.want("category=sport", "a")
	h.want("", "a")
	it.Categories = nil
	it.Member, it.Source = "autre", "autre/actualites"
	h.put(it, item("b", "Piscine", ""))
	h.want("member=autre", "a")
	h.want("member=vallonie", "b")
	h.want("category=sport")
}

func testDelete(t *testing.T, h *harness) {
	a, b := item("a", "Marché de Noël", ""), item("b", "Marché de Pâques", "")
	h.put(a, b)
	h.apply(search.Batch{Delete: []string{a.ID, "aaaaaaaaaaaaaaaaaaaaaaaaaa"}})
	h.want("q=marché", "b")
	h.want("", "b")
	if got, err := h.Suggest(t.Context(), beginning("no", 5)); len(got.Words)+len(got.Items) != 0 || err != nil {
		t.Errorf(`Suggest("no") = %+v, %v after its only title was deleted`, got, err)
	}
	h.apply(search.Batch{Delete: []string{a.ID, b.ID}})
	h.want("")
	h.put(a)
	h.want("q=noël", "a")
	gone := a
	gone.Withdrawn = someDay
	h.put(gone)
	h.want("")
}

func testCursor(t *testing.T, h *harness) {
	at := func(want federation.Cursor) {
		t.Helper()
		if got, err := h.Index.Cursor(t.Context()); got != want || err != nil {
			t.Errorf("Cursor() = %d, %v, want %d", got, err, want)
		}
	}
	at(0)
	h.apply(search.Batch{Put: []federation.Item{item("a", "Un", "")}, Cursor: 7})
	at(7)
	h.apply(search.Batch{Cursor: 9})
	at(9)
}

func testReset(t *testing.T, h *harness) {
	h.put(item("a", "Un", ""), item("b", "Deux", ""))
	h.apply(search.Batch{Cursor: 12})
	if err := h.Reset(t.Context()); err != nil {
		t.Fatalf("Reset() = %v", err)
	}
	h.want("")
	h.want("q=deux")
	if got, err := h.Index.Cursor(t.Context()); got != 0 || err != nil {
		t.Errorf("Cursor() = %d, %v after Reset, want 0", got, err)
	}
	h.put(item("b", "Deux", ""))
	h.want("q=deux", "b")
}

// testManyBatches replaces, deletes and adds in many small batches, so that an
// engine has to tidy up, and compares with what must be there.
func testManyBatches(t *testing.T, h *harness) {
	want := make(map[string]string) // name to its only word
	for n := range 400 {
		name := fmt.Sprint("item-", n%150)
		word := fmt.Sprintf("mot%03d", n) // digits: neither stem nor typo
		it := item(name, "Titre commun", word)
		if n%7 == 3 {
			h.apply(search.Batch{Delete: []string{it.ID}})
			delete(want, name)
			continue
		}
		h.put(it)
		want[name] = word
	}
	if got := h.find(words("commun")); got.Total != len(want) {
		t.Errorf("%d items found, want %d", got.Total, len(want))
	}
	for name, word := range want {
		h.wantQuery(words(word+" "), name)
	}
}

// testConcurrent has readers look on while a writer replaces a pair of items
// in one batch after the other: each view must hold one pair, whole.
func testConcurrent(t *testing.T, h *harness) {
	const rounds, readers = 200, 4
	pair := func(n int) []federation.Item {
		word := fmt.Sprintf("tour%c%c", 'a'+n%26, 'a'+n/26%26)
		return []federation.Item{item("a", "Avis commun", word), item("b", "Avis commun", word)}
	}
	h.put(pair(0)...)
	done := make(chan struct{})
	failed := make(chan error, readers)
	var group sync.WaitGroup
	for range readers {
		group.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				q := words("avis com")
				q.Facets = search.Facets
				res, err := h.Search(t.Context(), q)
				if err != nil || res.Total != 2 || len(res.Hits) != 2 {
					failed <- errors.Join(err, fmt.Errorf("found %d items, want 2", res.Total))
					return
				}
				if _, err := h.Suggest(t.Context(), beginning("comm", 3)); err != nil {
					failed <- err
					return
				}
			}
		})
	}
	for n := 1; n <= rounds; n++ {
		h.apply(search.Batch{Put: pair(n), Cursor: federation.Cursor(n)})
	}
	close(done)
	group.Wait()
	select {
	case err := <-failed:
		t.Errorf("while batches were applied: %v", err)
	default:
	}
}
