package searchtest

import (
	"fmt"
	"testing"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
)

// region is a handful of items that differ in every property. Newest first
// they are a, b, c, d.
func region() []federation.Item {
	a := from("vallonie", "a", "Fête de la musique", "Concerts dans le parc.")
	b := from("vallonie", "b", "Travaux rue Haute", "La circulation est déviée.")
	c := from("bruyelle", "c", "Musique au jardin", "Un concert en plein air.")
	d := from("hautmont", "d", "Werken in de Hoogstraat", "Het verkeer wordt omgeleid.")
	for i, it := range []*federation.Item{&d, &c, &b, &a} {
		it.Published = someDay.AddDate(0, 0, i)
		it.FirstSeen = it.Published.Add(time.Hour)
	}
	a.Type, a.Categories = federation.EventItem, []string{"Culture", "Loisirs"}
	b.Type, b.Categories, b.Source = federation.AlertItem, []string{"Mobilité"}, "vallonie/alertes"
	c.Categories = []string{"culture", " CULTURE "}
	d.Language, d.Categories = "nl-BE", []string{"Mobiliteit, verkeer"}
	return []federation.Item{a, b, c, d}
}

func testFilters(t *testing.T, h *harness) {
	h.put(region()...)
	h.want("", "a", "b", "c", "d")
	h.want("member=vallonie", "a", "b")
	h.want("member=vallonie,hautmont", "a", "b", "d")
	h.want("member=nobody")
	h.want("type=event", "a")
	h.want("type=event,news", "a", "c", "d")
	h.want("category=culture", "a", "c")
	h.want("category=CULTURE,loisirs", "a", "c")
	h.want("category=mobiliteit verkeer", "d")
	h.want("category=mobiliteit")
	h.want("source=vallonie/alertes", "b")
	h.want("source=vallonie/actualites,bruyelle/actualites", "a", "c")
}

func testCombinations(t *testing.T, h *harness) {
	h.put(region()...)
	h.want("member=vallonie&type=alert", "b")
	h.want("member=vallonie&category=culture", "a")
	h.want("member=bruyelle&type=alert")
	h.want("q=musique&member=bruyelle", "c")
	h.want("q=musique&sort=newest", "a", "c")
	h.want("q=musique&sort=oldest", "c", "a")
	h.want("q=concert&lang=fr&category=culture&type=news", "c")
	h.want("q=musique&member=hautmont")
}

func testLanguages(t *testing.T, h *harness) {
	items := region()
	items[1].Language = ""
	items[2].Language = "fr-be"
	h.put(items...)
	h.want("lang=nl", "d")
	h.want("lang=nl-be", "d")
	h.want("lang=nl-nl")
	h.want("lang=fr", "a", "c")
	h.want("lang=fr-be", "c")
}

func testChannels(t *testing.T, h *harness) {
	h.put(region()...)
	any := func(selections ...string) search.Query {
		var q search.Query
		for _, s := range selections {
			q.AnyOf = append(q.AnyOf, h.query(s).Select)
		}
		return q
	}
	h.wantQuery(any("member=vallonie"), "a", "b")
	h.wantQuery(any("member=bruyelle", "type=alert"), "b", "c")
	h.wantQuery(any("member=bruyelle&type=alert"))
	h.wantQuery(any("q=concerts"), "a", "c")
	h.wantQuery(any("q=concerts&member=bruyelle", "lang=nl"), "c", "d")
	h.wantQuery(any("q=concert absent"))
	h.wantQuery(any("q=travaux&sort=oldest&limit=1", "q=musique"), "a", "b", "c")
	q := any("member=vallonie", "member=hautmont")
	q.Select = h.query("type=news,alert").Select
	h.wantQuery(q, "b", "d")
	q.Select = h.query("q=travaux").Select
	h.wantQuery(q, "b")
	q.Select, q.Facets = federation.Selection{}, search.Facets
	h.wantCounts(h.find(q), search.ByMember, "vallonie 2", "hautmont 1")
}

func testNone(t *testing.T, h *harness) {
	h.put(region()...)
	for _, s := range []string{"", "q=musique", "member=vallonie"} {
		q := h.query(s)
		q.None, q.Facets = true, search.Facets
		h.wantQuery(q)
		for f, counts := range h.find(q).Facets {
			for _, c := range counts {
				if c.Count != 0 {
					t.Errorf("None: %s %q counts %d", f, c.Value, c.Count)
				}
			}
		}
	}
}

func testDates(t *testing.T, h *harness) {
	at := func(name, when string) federation.Item {
		it := item(name, "Avis", "")
		it.Published, _ = time.Parse(time.RFC3339, when)
		it.FirstSeen = it.Published.Add(time.Minute)
		return it
	}
	undated := item("undated", "Avis", "")
	undated.Published, undated.FirstSeen = time.Time{}, time.Time{}
	future := at("future", "2099-01-01T00:00:00Z")
	future.FirstSeen = time.Date(2026, 3, 3, 12, 0, 0, 0, time.UTC)
	h.put(at("eve", "2026-03-01T23:59:59Z"), at("midnight", "2026-03-02T00:00:00Z"), at("noon", "2026-03-02T12:00:00Z"),
		at("last", "2026-03-02T23:59:59Z"), at("next", "2026-03-03T00:00:00Z"), undated, future)
	h.want("from=2026-03-02&to=2026-03-02", "last", "noon", "midnight")
	h.want("from=2026-03-03", "future", "next")
	h.want("to=2026-03-01", "eve", "undated")
	h.want("from=2026-03-02T12:00:00Z&to=2026-03-02T12:00:00Z", "noon")
	h.want("from=2026-03-02T13:00:00%2B01:00&to=2026-03-03T00:59:59%2B01:00", "last", "noon")
	h.want("from=2027-01-01")
}

// testEvents: an event belongs to the days it lasts, not to the day it was
// announced on; its end is exclusive.
func testEvents(t *testing.T, h *harness) {
	event := func(name, start, end string) federation.Item {
		it := item(name, "Rendez-vous", "")
		it.Type, it.Event = federation.EventItem, new(federation.Event)
		it.Event.Start, _ = time.Parse(time.RFC3339, start)
		it.Event.End, _ = time.Parse(time.RFC3339, end)
		return it
	}
	evening := event("evening", "2026-05-01T20:00:00Z", "2026-05-01T23:00:00Z")
	allDay := event("all-day", "2026-05-02T00:00:00Z", "2026-05-03T00:00:00Z")
	allDay.Event.AllDay = true
	week := event("week", "2026-05-01T08:00:00Z", "2026-05-08T18:00:00Z")
	open := event("open", "2026-05-04T10:00:00Z", "")
	weekly := event("weekly", "2026-04-01T18:00:00Z", "2026-04-01T19:00:00Z")
	weekly.Event.Recurrence = "FREQ=WEEKLY"
	h.put(evening, allDay, week, open, weekly, item("news", "Rendez-vous manqué", ""))
	h.want("from=2026-05-01&to=2026-05-01&sort=start", "week", "evening")
	h.want("from=2026-05-02&to=2026-05-02&sort=start", "week", "all-day")
	h.want("from=2026-05-03&to=2026-05-03&sort=start", "week")
	h.want("from=2026-05-04&to=2026-05-05&sort=start", "week", "open")
	h.want("from=2026-05-06&to=2026-05-06&sort=start", "week", "weekly")
	h.want("from=2026-05-09&sort=start", "weekly")
	h.want("to=2026-04-15&sort=start", "weekly", "news")
	h.want("from=2026-05-01T23:00:00Z&to=2026-05-01T23:30:00Z&sort=start", "week")
}

// testSeries: an event that recurs is found at its dates, and stands among the
// others at the first of them from the date asked for.
func testSeries(t *testing.T, h *harness) {
	zone := time.FixedZone("", 2*3600)
	series := func(name string, day int, rule string, change func(*federation.Event)) federation.Item {
		it := item(name, "Rendez-vous", "")
		start := time.Date(2026, 4, day, 20, 0, 0, 0, zone)
		it.Type, it.Event = federation.EventItem, &federation.Event{Start: start, End: start.Add(2 * time.Hour), Recurrence: rule}
		if change != nil {
			change(it.Event)
		}
		return it
	}
	h.put(
		series("weekly", 1, "FREQ=WEEKLY", nil),
		series("twice", 2, "FREQ=WEEKLY;COUNT=2", nil),
		series("monthly", 6, "FREQ=MONTHLY;BYDAY=1MO", nil),
		series("years ago", 7, "FREQ=WEEKLY;INTERVAL=2", func(e *federation.Event) { e.Start, e.End = e.Start.AddDate(-14, 0, 0), time.Time{} }),
		series("left out", 3, "FREQ=WEEKLY", func(e *federation.Event) { e.Except = []time.Time{e.Start.AddDate(0, 0, 7).UTC()} }),
		series("dates", 4, "", func(e *federation.Event) { e.Extra = []time.Time{e.Start.AddDate(0, 1, 0).Add(-time.Hour)} }),
		series("never", 5, "FREQ=DAILY;COUNT=1", func(e *federation.Event) { e.Except = []time.Time{e.Start} }),
		series("once", 30, "", nil),
	)
	h.want("from=2026-04-08&to=2026-04-08&type=event", "weekly")
	h.want("from=2026-04-09&to=2026-04-10&type=event", "twice")
	h.want("from=2026-04-17&to=2026-04-17&type=event", "left out")
	h.want("from=2026-05-04&to=2026-05-04&sort=start", "dates", "monthly")
	h.want("from=2026-04-08T19:00:00Z&to=2026-04-08T19:30:00Z", "weekly")
	h.want("from=2026-04-08T21:00:00Z&to=2026-04-08T21:30:00Z")
	h.want("from=2026-04-28&to=2026-05-05&sort=start", "weekly", "once", "left out", "years ago", "dates", "monthly")
	h.want("from=2031-01-01&to=2031-01-08&sort=start", "weekly", "left out", "years ago", "monthly")
	h.want("from=2012-04-07&to=2012-04-07", "years ago")
	h.want("to=2012-04-20&type=event", "years ago")
	h.want("from=2026-04-05&to=2026-04-05")
}

func testDistance(t *testing.T, h *harness) {
	at := func(name string, lat, lon float64) federation.Item {
		it := item(name, "Guichet "+name, "")
		it.Place = &federation.Place{Point: &federation.Point{Lat: lat, Lon: lon}}
		return it
	}
	nowhere := item("nowhere", "Guichet nulle part", "")
	nowhere.Place = &federation.Place{Name: "Namur"}
	h.put(at("namur", 50.4669, 4.8675), at("charleroi", 50.4114, 4.4446), at("liege", 50.6326, 5.5797), nowhere)
	const near = "near=50.4669,4.8675&sort=distance"
	h.want(near, "namur")
	h.want(near+"&radius=35", "namur", "charleroi")
	h.want(near+"&radius=100", "namur", "charleroi", "liege")
	h.want(near+"&radius=100&q=guichet liege", "liege")
	h.wantSet("near=50.4669,4.8675&radius=35&q=guichet", "namur", "charleroi")
	h.want("near=50.4669,4.8675&radius=29.9", "namur")
	for i, want := range []float64{0, 30.58, 53.59} { // by the haversine formula
		got := h.find(h.query(near + "&radius=100")).Hits[i].Distance
		if got < want-.1 || got > want+.1 {
			t.Errorf("distance of hit %d = %.3f km, want %.2f", i, got, want)
		}
	}
}

// testAntimeridian: 180° west is 180° east, and near a pole all meridians meet.
func testAntimeridian(t *testing.T, h *harness) {
	for i, p := range []federation.Point{{Lat: -17, Lon: 179.95}, {Lat: -17, Lon: -179.95}, {Lat: 89.95, Lon: 0}, {Lat: 89.95, Lon: 180}} {
		it := item(fmt.Sprint("p", i), "Borne", "")
		it.Place = &federation.Place{Point: &p}
		h.put(it)
	}
	h.want("near=-17,179.95&radius=20&sort=distance", "p0", "p1")
	h.want("near=89.95,0&radius=20&sort=distance", "p2", "p3")
}

func testOrders(t *testing.T, h *harness) {
	items := region()
	items[0].Event = &federation.Event{Start: someDay.AddDate(0, 1, 0)}
	items[2].Type, items[2].Event = federation.EventItem, &federation.Event{Start: someDay.AddDate(0, 0, 20)}
	h.put(items...)
	h.want("sort=newest", "a", "b", "c", "d")
	h.want("sort=oldest", "d", "c", "b", "a")
	h.want("sort=start&type=event", "c", "a")
	res := h.find(h.query("sort=start"))
	if got := h.listed(res); len(got) != 4 || got[0] != "c" || got[1] != "a" {
		t.Errorf("sort=start gave %v, want c and a first, then what is no event", got)
	}
}
