package harvester

import (
	"errors"
	"fmt"
	"testing"

	"github.com/plonegov/carillon/federation"
)

// message is one document of a chain: an alert, an update of it, its end.
func message(id, title string, hour int, replaces string) string {
	if replaces != "" {
		replaces = `"` + replaces + `"`
	}
	return fmt.Sprintf(`{"id":"%s","title":"%s","updated":"2026-03-01T%02d:00:00Z","replaces":[%s]}`, id, title, hour, replaces)
}

// TestChains plays a chain of three messages in every order and grouping: it is
// one item that ends with the latest text, whatever came first.
func TestChains(t *testing.T) {
	first, second, third := message("1", "Alert", 6, ""), message("2", "Update", 7, "1"), message("3", "Last", 8, "2")
	orders := [][]string{
		{first, second, third}, {first, third, second}, {second, first, third}, {second, third, first}, {third, first, second}, {third, second, first},
		{first + "\n" + second + "\n" + third}, {third + "\n" + first + "\n" + second}, {first, second + "\n" + third}, {third + "\n" + second, first},
		{first + "\n" + second, first + "\n" + second + "\n" + third, first},
	}
	for i, order := range orders {
		for engine, open := range engines {
			t.Run(fmt.Sprint(engine, i), func(t *testing.T) {
				w := newTestHub(t, open(t))
				src := w.source(federation.Source{Member: "a", Slug: "cap", URL: "http://a.example/cap"})
				for _, body := range order {
					w.ok(src.URL, body)
					w.harvestAll(true, src)
				}
				items := w.items()
				if len(items) != 1 {
					t.Fatalf("items = %q, want one", items)
				}
				ids := map[string]bool{}
				for _, origin := range []string{"1", "2", "3"} {
					if it, err := w.store.Item(t.Context(), federation.NewItemID("a/cap", origin)); err == nil {
						if ids[it.ID] = true; it.Title != "Last" {
							t.Errorf("title = %q, want the latest", it.Title)
						}
					}
				}
				if len(ids) != 1 {
					t.Errorf("the chain has the ids %v, want one", ids)
				}
			})
		}
	}
}

// TestTombstonesBeforeTheirItems: what was declared deleted before it came does
// not come, unless it is dated later.
func TestTombstonesBeforeTheirItems(t *testing.T) {
	for engine, open := range engines {
		t.Run(engine, func(t *testing.T) {
			w := newTestHub(t, open(t))
			src := w.source(federation.Source{Member: "a", Slug: "cap", URL: "http://a.example/cap"})
			play := func(body string) Outcome {
				w.ok(src.URL, `{"feed":"F"}`+"\n"+message("0", "Other", 1, "")+"\n"+body)
				return w.harvestAll(true, src)["a/cap"]
			}
			id := federation.NewItemID("a/cap", "1")
			play(`{"gone":"1","when":"2026-03-01T08:00:00Z"}`)
			if out := play(message("1", "Late", 7, "")); out.New != 0 || out.Items != 1 {
				t.Errorf("an item older than its tombstone: %+v, want it left out", out)
			}
			if out := play(message("1", "Anew", 9, "")); out.New != 1 {
				t.Errorf("an item later than its tombstone: %+v, want it", out)
			}
			if out := play(`{"gone":"1","when":"2026-03-01T10:00:00Z"}` + "\n" + message("1", "Anew", 9, "")); out.Withdrawn != 1 {
				t.Errorf("a tombstone beside the item it names: %+v, want it withdrawn", out)
			}
			if out := play(message("1", "Anew", 9, "")); out.Changed+out.New != 0 {
				t.Errorf("the old text after its tombstone: %+v, want nothing", out)
			}
			if _, err := w.store.Item(t.Context(), id); !errors.Is(err, federation.ErrGone) {
				t.Errorf("Item = %v, want ErrGone", err)
			}
		})
	}
}

// TestCancelOfAChain: the end of an alert names its first message; the item
// may have come under another.
func TestCancelOfAChain(t *testing.T) {
	w := newTestHub(t, newStore(t))
	src := w.source(federation.Source{Member: "a", Slug: "cap", URL: "http://a.example/cap"})
	for _, body := range []string{message("2", "Update", 7, "1"), `{"gone":"1","when":"2026-03-01T09:00:00Z"}`, message("1", "Alert", 6, "")} {
		w.ok(src.URL, body)
		w.harvestAll(true, src)
	}
	if items := w.items(); len(items) != 0 {
		t.Errorf("after the cancel: %q, want nothing", items)
	}
}

// TestConfirm: what an operator confirms is withdrawn at once, of a list that
// is complete.
func TestConfirm(t *testing.T) {
	w := newTestHub(t, newStore(t))
	src := w.source(federation.Source{Member: "a", Slug: "rss", URL: "http://a.example/rss", Complete: true})
	w.ok(src.URL, message("1", "One", 1, "")+"\n"+message("2", "Two", 2, ""))
	w.one(src)
	w.ok(src.URL, message("1", "One", 1, ""))
	for range 4 {
		if out := w.one(src); out.Withdrawn != 0 || w.state(src).Held != 1 {
			t.Fatalf("half of the items gone: %+v, want them held", out)
		}
	}
	sum, err := w.Harvest(t.Context(), []federation.Source{src}, Options{Confirm: true})
	if err != nil || sum.Withdrawn != 1 || w.state(src).Held != 0 {
		t.Errorf("confirmed: %+v, %v, want it withdrawn", sum, err)
	}
}
