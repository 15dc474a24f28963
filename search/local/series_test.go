package local

import (
	"io"
	"log/slog"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
)

// found lists the hits of a selection by origin id.
func found(t *testing.T, x *Index, names map[string]string, selection string, after string) ([]string, string) {
	t.Helper()
	sel, err := federation.ParseSelection(selection)
	if err != nil {
		t.Fatal(err)
	}
	res, err := x.Search(t.Context(), search.Query{Select: sel, After: after})
	if err != nil {
		t.Fatalf("Search(%q): %v", selection, err)
	}
	var out []string
	for _, h := range res.Hits {
		out = append(out, names[h.ID])
	}
	return out, res.Next
}

// TestSeriesOverYears: a hub that runs for years without a batch answers as on
// its first day.
func TestSeriesOverYears(t *testing.T) {
	now := time.Date(2026, 4, 1, 8, 0, 0, 0, time.UTC)
	x, err := New(slog.New(slog.NewTextHandler(io.Discard, nil)), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	x.now = func() time.Time { return now }
	names := map[string]string{}
	event := func(name string, start time.Time, rule string) federation.Item {
		it := federation.Item{ID: federation.NewItemID("m/s", name), Member: "m", Source: "m/s", OriginID: name, Type: federation.EventItem, Title: name,
			FirstSeen: now, Event: &federation.Event{Start: start, End: start.Add(time.Hour), Zone: "Europe/Brussels", Recurrence: rule}}
		names[it.ID] = name
		return it
	}
	batch := search.Batch{Cursor: 1, Put: []federation.Item{
		event("monday", time.Date(2020, 1, 6, 18, 0, 0, 0, time.UTC), "FREQ=WEEKLY"),
		event("daily", time.Date(2026, 3, 1, 19, 0, 0, 0, time.UTC), "FREQ=DAILY"),
		event("july", time.Date(2000, 7, 21, 10, 0, 0, 0, time.UTC), "FREQ=YEARLY"),
		event("ends", time.Date(2026, 4, 2, 9, 0, 0, 0, time.UTC), "FREQ=WEEKLY;COUNT=60"),
	}}
	if err := x.Apply(t.Context(), batch); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		now, selection string
		want           []string
	}{
		{"2026-04-01T08:00:00Z", "sort=start", []string{"daily", "ends", "monday", "july"}},
		{"2026-04-06T17:30:00Z", "sort=start", []string{"monday", "daily", "ends", "july"}},
		{"2026-07-20T20:00:00Z", "sort=start", []string{"july", "daily", "ends", "monday"}},
		{"2027-05-20T08:00:00Z", "sort=start&from=2027-05-20", []string{"ends", "daily", "monday", "july"}},
		{"2027-05-20T10:00:00Z", "sort=start&from=2027-05-21", []string{"daily", "monday", "july"}},
		{"2036-07-20T20:00:00Z", "sort=start&from=2036-07-21&to=2036-07-21", []string{"july", "monday", "daily"}},
		{"2036-07-20T20:00:00Z", "from=2036-07-22&to=2036-07-22", []string{"daily"}},
		{"2036-07-20T20:00:00Z", "sort=start&from=2026-04-02&to=2026-04-02", []string{"ends", "daily"}},
		{"2026-04-01T08:00:00Z", "sort=start&from=2040-07-21&to=2040-07-21", []string{"july", "daily"}},
	} {
		now, _ = time.Parse(time.RFC3339, test.now)
		got, _ := found(t, x, names, test.selection, "")
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("at %s, %q (-want +got):\n%s", test.now, test.selection, diff)
		}
	}
}

// TestSeriesAgree: what is kept says what the rule says, whatever is asked
// when.
func TestSeriesAgree(t *testing.T) {
	made := time.Date(2026, 4, 1, 8, 0, 0, 0, time.UTC)
	start := time.Date(2025, 11, 30, 9, 0, 0, 0, time.UTC)
	for _, e := range []federation.Event{
		{Start: start, End: start.Add(26 * time.Hour), Recurrence: "FREQ=DAILY;INTERVAL=3"},
		{Start: start, Recurrence: "FREQ=WEEKLY;COUNT=21"},
		{Start: start, AllDay: true, Zone: "Europe/Brussels", Recurrence: "FREQ=MONTHLY;BYDAY=-1SU"},
		{Start: start, Recurrence: "FREQ=YEARLY"},
		{Start: start, Extra: []time.Time{start.AddDate(0, 1, 0), start.AddDate(3, 0, 0)}},
		{Start: start, Recurrence: "FREQ=DAILY;COUNT=1", Except: []time.Time{start}},
	} {
		for _, now := range []time.Time{made, made.AddDate(0, 0, 19), made.AddDate(2, 0, 0)} {
			s := newSeries(e)
			s.renewed(made)
			for at := start.AddDate(-1, 0, 0); at.Before(start.AddDate(5, 0, 0)); at = at.Add(53 * time.Hour) {
				want, ok := e.Next(at)
				got, has := s.next(at.UnixMicro(), now)
				if has != ok || ok && got != want.Start.UnixMicro() {
					t.Fatalf("%q at %v: next(%v) = %v, %v; the rule says %v, %v", e.Recurrence, now, at, time.UnixMicro(got).UTC(), has, want, ok)
				}
			}
		}
	}
}

// TestSeriesPages: a date that passes between two pages moves nothing.
func TestSeriesPages(t *testing.T) {
	now := time.Date(2026, 4, 1, 8, 0, 0, 0, time.UTC)
	x, err := New(slog.New(slog.NewTextHandler(io.Discard, nil)), "")
	if err != nil {
		t.Fatal(err)
	}
	x.now = func() time.Time { return now }
	names := map[string]string{}
	var batch search.Batch
	for i, name := range []string{"a", "b", "c", "d"} {
		at := time.Date(2026, 3, 4, 9+i, 0, 0, 0, time.UTC) // on Wednesdays, as now is one
		id := federation.NewItemID("m/s", name)
		names[id] = name
		batch.Put = append(batch.Put, federation.Item{ID: id, Member: "m", Source: "m/s", Type: federation.EventItem, Title: name,
			Event: &federation.Event{Start: at, Recurrence: "FREQ=WEEKLY"}})
	}
	if err := x.Apply(t.Context(), batch); err != nil {
		t.Fatal(err)
	}
	var all []string
	after := ""
	for range 4 {
		var page []string
		page, after = found(t, x, names, "sort=start&limit=1", after)
		all = append(all, page...)
		now = now.Add(time.Hour + time.Minute)
	}
	if diff := cmp.Diff([]string{"a", "b", "c", "d"}, all); diff != "" || after != "" {
		t.Errorf("pages (-want +got), next %q:\n%s", after, diff)
	}
}

// TestSeriesSaved: a snapshot holds the rules.
func TestSeriesSaved(t *testing.T) {
	dir, log := t.TempDir(), slog.New(slog.NewTextHandler(io.Discard, nil))
	x, err := New(log, dir)
	if err != nil {
		t.Fatal(err)
	}
	start := time.Date(2026, 3, 4, 9, 0, 0, 0, time.UTC)
	id := federation.NewItemID("m/s", "a")
	if err := x.Apply(t.Context(), search.Batch{Cursor: 7, Put: []federation.Item{{ID: id, Member: "m", Source: "m/s", Title: "a",
		Event: &federation.Event{Start: start, Recurrence: "FREQ=WEEKLY", Except: []time.Time{start.AddDate(0, 0, 7)}}}}}); err != nil {
		t.Fatal(err)
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := New(log, dir)
	if err != nil {
		t.Fatal(err)
	}
	for selection, want := range map[string]int{"from=2026-03-11&to=2026-03-11": 0, "from=2026-03-18&to=2026-03-18": 1, "from=2026-03-19&to=2026-03-19": 0} {
		if got, _ := found(t, again, map[string]string{id: "a"}, selection, ""); len(got) != want {
			t.Errorf("read back, %q finds %v, want %d", selection, got, want)
		}
	}
}

// BenchmarkSeries: 5,000 series among the items of a day.
func BenchmarkSeries(b *testing.B) {
	x, err := New(slog.New(slog.NewTextHandler(io.Discard, nil)), "")
	if err != nil {
		b.Fatal(err)
	}
	now := time.Date(2026, 4, 1, 8, 0, 0, 0, time.UTC)
	x.now = func() time.Time { return now }
	var batch search.Batch
	for i := range 5000 {
		start := now.AddDate(0, 0, -i%1000).Add(time.Duration(i%24) * time.Hour)
		id := federation.NewItemID("m/s", start.String()+string(rune(i)))
		batch.Put = append(batch.Put, federation.Item{ID: id, Member: "m", Source: "m/s", Type: federation.EventItem, Title: "Marché",
			Event: &federation.Event{Start: start, End: start.Add(time.Hour), Zone: "Europe/Brussels", Recurrence: "FREQ=WEEKLY"}})
	}
	begin := time.Now()
	if err := x.Apply(b.Context(), batch); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(time.Since(begin).Microseconds())/5000, "µs/series")
	for _, selection := range []string{"from=2026-04-03&to=2026-04-05&sort=start", "sort=start", "from=2031-04-03&to=2031-04-05"} {
		sel, err := federation.ParseSelection(selection)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(selection, func(b *testing.B) {
			for b.Loop() {
				if _, err := x.Search(b.Context(), search.Query{Select: sel}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
