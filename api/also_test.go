package api

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plonegov/carillon/federation"
)

// Twins are the items of the region that have a group.
func (s *region) Twins(_ context.Context, groups []string) ([]federation.Twin, error) {
	var out []federation.Twin
	for _, it := range s.items {
		if slices.Contains(groups, it.Group) && !slices.Contains(s.gone, it.ID) {
			out = append(out, federation.Twin{ID: it.ID, Group: it.Group, Member: it.Member, Source: it.Source, URL: it.URL, Title: it.Title, Wording: it.Wording})
		}
	}
	return out, nil
}

// TestAlso has three members publish the same: a list shows one and names the
// others, each keeps its own address, and a member's own list has its own.
func TestAlso(t *testing.T) {
	store := newRegion(3)
	for _, n := range []int{0, 3, 6} { // the first item of each
		store.items[n].Group, store.items[n].Wording = store.items[0].ID, 1
	}
	h := serveRegion(t, store)
	read := func(target string, v any) {
		t.Helper()
		r := ask(h, "GET", target)
		if r.Code != 200 {
			t.Fatalf("GET %s = %d: %s", target, r.Code, r.Body)
		}
		if err := json.Unmarshal(r.Body.Bytes(), v); err != nil {
			t.Fatal(err)
		}
	}
	also := func(n int) ItemAlso {
		it := store.items[n]
		return ItemAlso{ID: it.ID, URL: it.URL, Member: ItemMember{Slug: it.Member, Name: "Commune " + it.Member}}
	}
	var list ItemList
	read("/api/v1/items", &list)
	shown := 0
	for _, it := range list.Items {
		if it.Also != nil {
			shown++
			if diff := cmp.Diff([]ItemAlso{also(3), also(6)}, it.Also); diff != "" || it.ID != store.items[0].ID {
				t.Errorf("GET /api/v1/items: %s also (-want +got):\n%s", it.ID, diff)
			}
		}
	}
	if len(list.Items) != 7 || shown != 1 {
		t.Errorf("GET /api/v1/items lists %d, %d with others beside them; want 7 and 1", len(list.Items), shown)
	}
	read("/api/v1/items?member=m02", &list)
	if !slices.ContainsFunc(list.Items, func(it Item) bool { return it.ID == store.items[6].ID }) || len(list.Items) != 3 {
		t.Errorf("GET /api/v1/items?member=m02 lists %d items, want its own three", len(list.Items))
	}
	for _, n := range []int{0, 3, 6} {
		var it Item
		read("/api/v1/items/"+store.items[n].ID, &it)
		if it.ID != store.items[n].ID || it.Title != store.items[n].Title || len(it.Also) != 2 {
			t.Errorf("GET /api/v1/items/%s = %q with %d beside it, want it whole with 2", store.items[n].ID, it.Title, len(it.Also))
		}
	}
	if body := ask(h, "GET", "/api/v1/items/"+store.items[1].ID).Body.String(); strings.Contains(body, `"also"`) {
		t.Errorf("an item that nobody else has tells also: %s", body)
	}
}
