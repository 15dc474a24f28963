package api

import (
	"strings"
	"testing"

	"github.com/plonegov/carillon/federation"
)

// TestNumberAndHours: the number of an act and the hours of a place are in the
// JSON of an item, in lists and alone; what has none says nothing.
func TestNumberAndHours(t *testing.T) {
	region := newRegion(1)
	region.items[0].Type, region.items[0].Number = federation.Decision, "2026-114"
	region.items[1].Type, region.items[1].Place = federation.PlaceItem, &federation.Place{Name: "Piscine", Hours: federation.ParseWeek("Mo 09:00-12:00")}
	h := serveRegion(t, region)
	for i, want := range []string{`"number":"2026-114"`, `"hours":"Mo 09:00-12:00"`} {
		for _, path := range []string{"/api/v1/items/" + region.items[i].ID, "/api/v1/items?limit=5", "/api/v1/search?q=travaux"} {
			body := ask(h, "GET", path).Body.String()
			if strings.Count(body, want) != 1 {
				t.Errorf("GET %s has %s %d times: %s", path, want, strings.Count(body, want), body)
			}
		}
	}
	if body := ask(h, "GET", "/api/v1/items/"+region.items[2].ID).Body.String(); strings.Contains(body, `"number"`) || strings.Contains(body, `"hours"`) {
		t.Errorf("what has neither: %s", body)
	}
}
