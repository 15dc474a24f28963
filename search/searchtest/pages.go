package searchtest

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
)

// shelf is n items of all dates, lengths and places.
func shelf(n int) []federation.Item {
	var out []federation.Item
	for i := range n {
		body := "La commune informe."
		for range i % 5 {
			body += " Un conseil de quartier aura lieu."
		}
		it := item(fmt.Sprintf("n%03d", i), "Conseil "+[]string{"communal", "de police", "des enfants"}[i%3], body)
		it.Published = someDay.Add(time.Duration(i*7919%n) * time.Hour)
		it.FirstSeen = it.Published.Add(time.Minute)
		it.Place = &federation.Place{Point: &federation.Point{Lat: 50 + float64(i%17)/1000, Lon: 4.5}}
		if i%2 == 0 {
			it.Type, it.Event = federation.EventItem, &federation.Event{Start: it.Published.AddDate(0, 0, i%11)}
		}
		out = append(out, it)
	}
	return out
}

// orders are selections in every order there is.
var orders = []string{
	"", "sort=oldest", "sort=start", "sort=severity", "q=conseil", "q=conseil&sort=newest", "q=conseil&sort=start", "q=quartier conseil",
	"near=50,4.5&sort=distance", "near=50,4.5&sort=distance&q=conseil", "q=consiel", "q=con", "q=conseil quartier absentia",
}

// pages reads all pages of a query, calling between before each but the first.
func (h *harness) pages(q search.Query, between func()) (names []string, total int) {
	h.t.Helper()
	for n := 0; ; n++ {
		if n > 1000 {
			h.t.Fatalf("Search(%q): no end of pages", q.Select)
		}
		res := h.find(q)
		names = append(names, h.listed(res)...)
		if n == 0 {
			total = res.Total
		}
		if res.Next == "" {
			return names, total
		}
		q.After = res.Next
		between()
	}
}

func testPages(t *testing.T, h *harness) {
	h.put(shelf(97)...)
	for _, s := range orders {
		q := h.query(s)
		q.Select.Limit = 100
		whole := h.listed(h.find(q))
		for _, limit := range []int{1, 10, 97} {
			q.Select.Limit = limit
			names, total := h.pages(q, func() {})
			if diff := cmp.Diff(whole, names); diff != "" {
				t.Errorf("pages of %d of %q differ from one page (-one +pages):\n%s", limit, s, diff)
			}
			if total != len(whole) {
				t.Errorf("Search(%q).Total = %d, want %d", s, total, len(whole))
			}
		}
	}
}

// testPagesWhileItemsComeIn: a reader who turns pages sees each item that was
// there from the beginning exactly once, in the order of the beginning.
func testPagesWhileItemsComeIn(t *testing.T, h *harness) {
	old := shelf(60)
	for _, s := range orders {
		if err := h.Reset(t.Context()); err != nil {
			t.Fatal(err)
		}
		h.put(old...)
		q := h.query(s)
		q.Select.Limit = 100
		before := h.listed(h.find(q))
		q.Select.Limit = 7
		n := 0
		names, _ := h.pages(q, func() {
			for range 3 {
				n++
				it := shelf(60)[n%60]
				it.OriginID = fmt.Sprint("late-", n)
				it.ID = federation.NewItemID(it.Source, it.OriginID)
				it.Title = "Conseil tardif conseil"
				h.put(it)
			}
		})
		names = slices.DeleteFunc(names, func(n string) bool { return len(n) > 4 })
		if diff := cmp.Diff(before, names); diff != "" {
			t.Errorf("pages of %q while items come in (-before +read):\n%s", s, diff)
		}
	}
}

// testPagesTies: items that are equal in all stand in one order still.
func testPagesTies(t *testing.T, h *harness) {
	var want []string
	var batch []federation.Item
	for n := range 40 {
		it := item(fmt.Sprint("n", n), "Même titre", "Même texte")
		want = append(want, it.OriginID)
		batch = append(batch, it)
	}
	h.put(batch[:20]...)
	h.put(batch[20:]...)
	slices.Sort(want)
	for _, s := range []string{"limit=3", "limit=3&sort=oldest", "limit=3&q=titre", "limit=3&sort=start"} {
		names, _ := h.pages(h.query(s), func() {})
		slices.Sort(names)
		if diff := cmp.Diff(want, names); diff != "" {
			t.Errorf("pages of %q (-want +got):\n%s", s, diff)
		}
	}
}

func testBadAfter(t *testing.T, h *harness) {
	h.put(shelf(30)...)
	good := h.find(h.query("q=conseil&limit=5")).Next
	if good == "" {
		t.Fatal("no Next after 5 of 30")
	}
	bad := []string{"x", "!!!", "AAAA", "é", "\x00", good[:len(good)/2], good + "A", "A" + good, string(make([]byte, 5000))}
	for _, after := range bad {
		q := h.query("q=conseil")
		q.After = after
		if _, err := h.Search(t.Context(), q); !errors.Is(err, federation.ErrInvalid) {
			t.Errorf("Search with After %.40q = %v, want ErrInvalid", after, err)
		}
	}
}
