package embed_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/plonegov/carillon/federation"
)

// TestReadersOfThePlacement: what a placement lists by words is for the readers
// of its member, whose own comes first; another order, and what the region file
// says itself, stay.
func TestReadersOfThePlacement(t *testing.T) {
	h := newHub(t, func(h *hub) {
		for n, slug := range []string{"aubel", "brunel", "cravel"} {
			h.members = append(h.members, federation.Member{Slug: slug, Kind: federation.KindCommune, Name: federation.Text{"fr": slug}})
			h.items = append(h.items, item(slug, n, "Kermesse de "+slug))
			for as, query := range map[string]string{"": "q=kermesse", "-newest": "q=kermesse&sort=newest", "-said": "q=kermesse&as=brunel"} {
				sel, err := federation.ParseSelection(query)
				if err != nil {
					t.Fatal(err)
				}
				h.placements = append(h.placements, federation.Placement{Slug: slug + as, Member: slug, Widget: "list", Select: sel})
			}
		}
	})
	first := func(placement string) string {
		res, body := get(t, h.URL+"/embed/"+placement+".html")
		_, rest, found := strings.Cut(body, "Kermesse de ")
		if res.StatusCode != 200 || !found || strings.Count(body, "Kermesse de ") != 3 {
			t.Fatalf("%s = %d: %s", placement, res.StatusCode, body)
		}
		slug, _, _ := strings.Cut(rest, "<")
		return strings.TrimSpace(slug)
	}
	for _, slug := range []string{"aubel", "brunel", "cravel"} {
		if got := first(slug); got != slug {
			t.Errorf("the widget of %s begins with %s", slug, got)
		}
		if got, same := first(slug+"-newest"), first("aubel-newest"); got != same {
			t.Errorf("by date the widget of %s begins with %s, another with %s", slug, got, same)
		}
		if got := first(slug + "-said"); got != "brunel" {
			t.Errorf("the widget of %s for readers of brunel begins with %s", slug, got)
		}
	}
	for as, want := range map[string]int{"cravel": 200, "nobody": 400, "9999": 400} {
		if res, _ := get(t, h.URL+fmt.Sprintf("/embed/widget/list.html?q=kermesse&as=%s", as)); res.StatusCode != want {
			t.Errorf("as=%s is %d, want %d", as, res.StatusCode, want)
		}
	}
}
