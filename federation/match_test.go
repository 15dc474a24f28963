package federation_test

import (
	"testing"
	"time"

	"github.com/plonegov/carillon/federation"
)

func at(s string) time.Time {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		panic(err)
	}
	return t
}

func TestSelectionMatch(t *testing.T) {
	news := federation.Item{
		Member: "namur", Source: "namur/actus", Type: federation.News, Language: "fr-BE",
		Categories: []string{"Vie, Communale"}, Published: at("2026-03-10T12:00:00Z"), FirstSeen: at("2026-03-11T12:00:00Z"),
	}
	fair := federation.Item{
		Member: "namur", Type: federation.EventItem, Published: at("2026-01-01T00:00:00Z"),
		Event: &federation.Event{Start: at("2026-05-01T00:00:00+02:00"), End: at("2026-05-04T00:00:00+02:00"), AllDay: true},
	}
	tests := []struct {
		item  federation.Item
		query string
		want  bool
	}{
		{news, "", true},
		{news, "member=namur", true},
		{news, "member=liege", false},
		{news, "member=liege,namur", true},
		{news, "member=namur&type=event", false},
		{news, "source=namur/actus", true},
		{news, "source=namur/agenda", false},
		{news, "lang=fr", true},
		{news, "lang=fr-be", true},
		{news, "lang=fr-FR", false},
		{news, "lang=frr", false},
		{news, "lang=nl,de", false},
		{news, "category=VIE+COMMUNALE", true},
		{news, "category=vie", false},
		{news, "from=2026-03-10&to=2026-03-10", true},
		{news, "from=2026-03-11", false},
		{news, "to=2026-03-09", false},
		{news, "from=2026-03-10T12:00:00Z&to=2026-03-10T12:00:00Z", true},
		{news, "from=2026-03-10T12:00:01Z", false},
		{fair, "from=2026-05-03&to=2026-05-03", true}, // still on
		{fair, "from=2026-05-04", false},              // the end is exclusive
		{fair, "to=2026-04-29", false},
		{fair, "from=2026-01-01&to=2026-01-02", false}, // published then, held later
	}
	for _, test := range tests {
		sel, err := federation.ParseSelection(test.query)
		if err != nil {
			t.Fatalf("ParseSelection(%q): %v", test.query, err)
		}
		if got := sel.Match(test.item); got != test.want {
			t.Errorf("Match of %q on an item of type %s = %t, want %t", test.query, test.item.Type, got, test.want)
		}
	}
}

func TestItemDate(t *testing.T) {
	seen := at("2026-03-01T10:00:00Z")
	tests := []struct {
		name            string
		published, seen time.Time
		want            time.Time
	}{
		{"as published", at("2026-02-01T00:00:00Z"), seen, at("2026-02-01T00:00:00Z")},
		{"no date", time.Time{}, seen, seen},
		{"a future date cannot stay on top", at("2099-01-01T00:00:00Z"), seen, seen},
		{"not yet saved", at("2099-01-01T00:00:00Z"), time.Time{}, at("2099-01-01T00:00:00Z")},
	}
	for _, test := range tests {
		got := federation.Item{Published: test.published, FirstSeen: test.seen}.Date()
		if !got.Equal(test.want) {
			t.Errorf("%s: Date = %v, want %v", test.name, got, test.want)
		}
	}
}

func TestItemSpan(t *testing.T) {
	start := at("2026-05-01T20:00:00+02:00")
	tests := []struct {
		name  string
		event federation.Event
		last  time.Time
	}{
		{"an evening", federation.Event{Start: start, End: start.Add(2 * time.Hour)}, start.Add(2*time.Hour - 1)},
		{"open end", federation.Event{Start: start}, start},
		{"ends before it starts", federation.Event{Start: start, End: start.Add(-time.Hour)}, start},
		{"a day without end", federation.Event{Start: start, AllDay: true}, start.AddDate(0, 0, 1).Add(-1)},
		{"recurring", federation.Event{Start: start, End: start.Add(time.Hour), Recurrence: "FREQ=WEEKLY"}, at("9999-12-31T00:00:00Z")},
	}
	for _, test := range tests {
		first, last := federation.Item{Event: &test.event}.Span()
		if !first.Equal(start) || !last.Equal(test.last) {
			t.Errorf("%s: Span = %v, %v, want %v, %v", test.name, first, last, start, test.last)
		}
	}
	published := at("2026-03-01T10:00:00Z")
	for _, it := range []federation.Item{{Published: published, FirstSeen: published}, {Published: published, FirstSeen: published, Event: &federation.Event{}}} {
		if first, last := it.Span(); !first.Equal(published) || !last.Equal(published) {
			t.Errorf("Span without an event's start = %v, %v, want the item's date", first, last)
		}
	}
}

func TestItemPoint(t *testing.T) {
	p := &federation.Point{Lat: 50, Lon: 4}
	if (federation.Item{}).Point() != nil || (federation.Item{Place: &federation.Place{Name: "x"}}).Point() != nil {
		t.Error("Point of an item without coordinates is not nil")
	}
	if got := (federation.Item{Place: &federation.Place{Point: p}}).Point(); got != p {
		t.Errorf("Point = %v, want %v", got, p)
	}
}
