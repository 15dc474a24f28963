package search_test

import (
	"log/slog"
	"testing"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
)

// A list shows a series at the date that it was asked for.
func TestSearchNextDate(t *testing.T) {
	catalogue, err := federation.NewCatalogues(t.Context(), stubDirectory())
	if err != nil {
		t.Fatal(err)
	}
	start := time.Date(2026, 1, 5, 19, 0, 0, 0, time.UTC)
	weekly := &federation.Event{Start: start, End: start.Add(time.Hour), Recurrence: "FREQ=WEEKLY"}
	once := &federation.Event{Start: start}
	items := map[string]federation.Item{
		"w": {ID: "w", Member: "huy", Source: "huy/rss", Type: federation.EventItem, Event: weekly},
		"o": {ID: "o", Member: "huy", Source: "huy/rss", Type: federation.EventItem, Event: once},
	}
	index := &stubIndex{result: search.Result{Total: 2, Hits: []search.Hit{{ID: "w"}, {ID: "o"}}}}
	s := search.NewService(slog.New(slog.DiscardHandler), index, &federation.Reader{Held: stubItems{items: items}}, catalogue)
	shown := func(query string) map[string]time.Time {
		a, err := s.Search(t.Context(), ask(t, query))
		if err != nil {
			t.Fatal(err)
		}
		out := map[string]time.Time{}
		for _, f := range a.Items {
			if out[f.ID] = f.Shown().Start; !f.Event.Start.Equal(start) {
				t.Errorf("Search(%q) moved the start of %q to %v", query, f.ID, f.Event.Start)
			}
		}
		return out
	}
	if got, want := shown("from=2030-05-01")["w"], time.Date(2030, 5, 6, 19, 0, 0, 0, time.UTC); !got.Equal(want) {
		t.Errorf("from 1 May 2030 the series is shown at %v, want %v", got, want)
	}
	if got := shown("to=2026-02-01"); !got["w"].Equal(start) || !got["o"].Equal(start) {
		t.Errorf("up to 1 February 2026, which is past, %v are shown; want %v", got, start)
	}
	if got, now := shown("")["w"], time.Now(); got.Add(time.Hour).Before(now) || got.After(now.AddDate(0, 0, 8)) {
		t.Errorf("without a span the series is shown at %v, want within a week of %v", got, now)
	}
}
