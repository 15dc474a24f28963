package api

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plonegov/carillon/federation"
)

// TestHints: where nothing is found the answer tells what finds something and
// whom to ask; every search it names holds what it says.
func TestHints(t *testing.T) {
	region := newRegion(3)
	region.members[1].PostalCodes = []string{"5060"}
	region.topics = []federation.Topic{{Slug: "voirie", Name: federation.Text{"fr": "Voirie", "nl": "Wegen"}, From: []string{"nids-de-poule"}}}
	region.items[4].Categories = []string{"voirie"}
	h := serveRegion(t, region)
	ask := func(query string) SearchResult {
		var r SearchResult
		getJSON(t, h, "/api/v1/search?"+query, &r)
		return r
	}
	m1 := Adviser{&ItemMember{Slug: "m01", Name: "Commune m01"}, "https://m01.example"}
	for query, want := range map[string]Hints{
		"q=travaux&type=event&postcode=5060": {Searches: []HintSearch{
			{Without: "type", Select: "postcode=5060&q=travaux", Total: 3}, {Without: "*", Select: "as=5060&q=travaux", Total: 9},
		}, Ask: []Adviser{m1}},
		"q=travaux&member=m01&source=m00/actus": {Searches: []HintSearch{
			{Without: "member", Select: "q=travaux&source=m00/actus", Total: 3}, {Without: "source", Select: "member=m01&q=travaux", Total: 3},
			{Without: "*", Select: "q=travaux", Total: 9},
		}, Ask: []Adviser{m1}},
		"q=nids-de-poule&as=5060": {Searches: []HintSearch{
			{Topic: map[string]string{"fr": "Voirie", "nl": "Wegen"}, Select: "as=5060&category=voirie", Total: 1},
		}, Ask: []Adviser{m1}},
		"q=%22travaux+xyzzyq%22": {Searches: []HintSearch{{Word: "travaux", Select: "q=travaux", Total: 9}}, Ask: []Adviser{}},
		"q=travaux+-numéro":      {Searches: []HintSearch{{Word: "travaux", Select: "q=travaux", Total: 9}}, Ask: []Adviser{}},
	} {
		r := ask(query)
		if r.Total != 0 || r.Hints == nil {
			t.Errorf("%s: %d results, hints %v", query, r.Total, r.Hints)
			continue
		}
		if diff := cmp.Diff(want, *r.Hints); diff != "" {
			t.Errorf("%s (-want +got):\n%s", query, diff)
		}
		for _, s := range r.Hints.Searches {
			if got := ask(s.Select).Total; got != s.Total {
				t.Errorf("%s: %s is said to find %d and finds %d", query, s.Select, s.Total, got)
			}
		}
	}
	if r := ask("q=travaux"); r.Hints != nil {
		t.Errorf("hints where something is found: %+v", r.Hints)
	}
	r := ask("q=%22travaux+xyzzyq%22")
	if r.Corrected != "" || strings.Contains(r.Corrected, "travaux") {
		t.Errorf("what stands in quotes was taken for %q", r.Corrected)
	}
}
