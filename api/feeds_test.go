package api

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/mmcdole/gofeed"

	"github.com/plonegov/carillon/api/feed"
)

func parseFeed(t *testing.T, h http.Handler, target string) (*gofeed.Feed, http.Header) {
	t.Helper()
	w := ask(h, "GET", target)
	if w.Code != http.StatusOK {
		t.Fatalf("GET %s = %d %s", target, w.Code, w.Body)
	}
	f, err := gofeed.NewParser().Parse(w.Body)
	if err != nil {
		t.Fatalf("GET %s: gofeed: %v", target, err)
	}
	return f, w.Header()
}

// TestFeedsHoldWhatItemsHold: every format says the same as the JSON API.
func TestFeedsHoldWhatItemsHold(t *testing.T) {
	type entry struct {
		ID, Title, Link string
		Published       time.Time
	}
	h := serveRegion(t, newRegion(3))
	var items ItemList
	getJSON(t, h, "/api/v1/items?member=m01", &items)
	var want []entry
	for _, it := range items.Items {
		want = append(want, entry{"urn:carillon:" + it.ID, it.Title, it.URL, *it.Published})
	}
	for _, format := range feed.Formats {
		for _, target := range []string{"/feed." + format.Extension + "?member=m01", "/channels/m01." + format.Extension} {
			f, _ := parseFeed(t, h, target)
			var got []entry
			for _, it := range f.Items {
				got = append(got, entry{it.GUID, it.Title, it.Link, it.PublishedParsed.UTC()})
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("GET %s (-items +feed):\n%s", target, diff)
			}
		}
	}
}

// TestEqualSelectionsAreOneFeed: another spelling gives the same bytes, which
// name the canonical address.
func TestEqualSelectionsAreOneFeed(t *testing.T) {
	h := serveRegion(t, newRegion(3))
	for _, format := range feed.Formats {
		a := ask(h, "GET", "/feed."+format.Extension+"?type=news&member=m02&member=m01&ui=nl")
		b := ask(h, "GET", "/feed."+format.Extension+"?ui=nl&member=m01,m02&type=news&q=")
		if a.Body.String() != b.Body.String() || a.Code != http.StatusOK {
			t.Errorf("two spellings of a selection give two documents in %s", format.Extension)
		}
		want := "https://hub.example/feed." + format.Extension + "?member=m01,m02&type=news&ui=nl"
		if got := a.Header().Get("Content-Location"); got != want {
			t.Errorf("Content-Location %q, want %q", got, want)
		}
		f, _ := parseFeed(t, h, "/feed."+format.Extension+"?type=news&member=m02,m01&ui=nl")
		if f.FeedLink != want {
			t.Errorf("self link %q, want %q", f.FeedLink, want)
		}
	}
}

func TestFeedTitles(t *testing.T) {
	h := serveRegion(t, newRegion(2))
	for target, want := range map[string][2]string{
		"/feed.rss":                           {"Carillon", "fr"},
		"/feed.rss?ui=de&type=event":          {"Carillon – Veranstaltungen", "de"},
		"/feed.rss?member=m01&type=news":      {"Carillon – Commune m01 – Actualités", "fr"},
		"/feed.rss?member=m01&ui=nl":          {"Carillon – Gemeente m01", "nl"},
		"/feed.rss?q=travaux&category=a,b":    {"Carillon – a, b – «\u00a0travaux\u00a0»", "fr"},
		"/feed.rss?q=abfall&ui=de":            {"Carillon – „abfall“", "de"},
		"/channels/m01.rss":                   {"Canal " + canary(1), "fr"},
		"/feed.rss?channel=m01":               {"Canal " + canary(1), "fr"},
		"/feed.rss?channel=m01,m00&type=news": {"Carillon – Actualités", "fr"},
	} {
		f, _ := parseFeed(t, h, target)
		if got := [2]string{f.Title, f.Language}; got != want {
			t.Errorf("GET %s has title and language %q, want %q", target, got, want)
		}
	}
}

// TestFeedPages follows the next links to the end.
func TestFeedPages(t *testing.T) {
	store := newRegion(4)
	h := serveRegion(t, store)
	seen := map[string]bool{}
	target, pages := "/feed.json?limit=5", 0
	for ; target != "" && pages < 10; pages++ {
		var doc struct {
			Next  string `json:"next_url"`
			Items []struct{ ID string }
		}
		w := ask(h, "GET", target)
		if err := json.Unmarshal(w.Body.Bytes(), &doc); err != nil {
			t.Fatal(err)
		}
		for _, it := range doc.Items {
			seen[it.ID] = true
		}
		target = strings.TrimPrefix(doc.Next, "https://hub.example")
	}
	if len(seen) != len(store.items) || pages != 3 {
		t.Errorf("%d pages hold %d items, want 3 with %d", pages, len(seen), len(store.items))
	}
}
