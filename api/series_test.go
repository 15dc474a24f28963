package api

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plonegov/carillon/federation"
)

// TestNextDate: a series keeps its start and tells its next date.
func TestNextDate(t *testing.T) {
	store := wholeItem()
	it := &store.items[0]
	brussels := time.FixedZone("", 3600)
	it.Event = &federation.Event{Start: time.Date(2020, 3, 2, 19, 30, 0, 0, brussels), End: time.Date(2020, 3, 2, 22, 0, 0, 0, brussels),
		Zone: "Europe/Brussels", Recurrence: "FREQ=WEEKLY"}
	h := serveRegion(t, store)
	end := time.Date(2031, 7, 7, 20, 0, 0, 0, time.UTC)
	want := ItemDate{Start: time.Date(2031, 7, 7, 17, 30, 0, 0, time.UTC), End: &end} // by the summer's clock
	for _, path := range []string{"/api/v1/items?from=2031-07-01&to=2031-07-08", "/api/v1/search?from=2031-07-01&sort=start"} {
		var list ItemList
		getJSON(t, h, path, &list)
		if len(list.Items) != 1 || list.Items[0].Event.Next == nil {
			t.Fatalf("GET %s = %+v, want the series with its next date", path, list.Items)
		}
		e := list.Items[0].Event
		if diff := cmp.Diff(want, *e.Next); diff != "" || !e.Start.Equal(it.Event.Start) || e.Recurrence != "FREQ=WEEKLY" {
			t.Errorf("GET %s: start %v, rule %q, next (-want +got):\n%s", path, e.Start, e.Recurrence, diff)
		}
	}
	var list ItemList
	getJSON(t, h, "/api/v1/items?from=2031-07-01&to=2031-07-06", &list)
	if len(list.Items) != 0 {
		t.Errorf("a span between two dates holds %d items, want none", len(list.Items))
	}
	var one Item
	getJSON(t, h, "/api/v1/items/"+it.ID, &one)
	if next, now := one.Event.Next, time.Now(); next == nil || next.End.Before(now) || next.Start.After(now.AddDate(0, 0, 8)) {
		t.Errorf("the item's next date is %+v, want within a week of %v", next, now)
	}
}

// TestNextDateAbsent: an event that is held once, or whose dates are over, has
// none.
func TestNextDateAbsent(t *testing.T) {
	store := wholeItem()
	h := serveRegion(t, store)
	for _, rule := range []string{"", "FREQ=WEEKLY;COUNT=3"} {
		store.items[0].Event = &federation.Event{Start: time.Date(2020, 3, 2, 19, 30, 0, 0, time.UTC), Recurrence: rule}
		var one Item
		getJSON(t, h, "/api/v1/items/"+store.items[0].ID, &one)
		if one.Event.Next != nil {
			t.Errorf("rule %q: next is %+v, want none", rule, one.Event.Next)
		}
	}
}
