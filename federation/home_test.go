package federation_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plonegov/carillon/federation"
)

// square is a territory one tenth of a degree wide, from its south-west corner
// on.
func square(lat, lon float64) federation.Outline {
	const side = .1
	return federation.Outline{{{Lat: lat, Lon: lon}, {Lat: lat, Lon: lon + side}, {Lat: lat + side, Lon: lon + side}, {Lat: lat + side, Lon: lon}, {Lat: lat, Lon: lon}}}
}

// neighbourhood has three communes in a row, of which the first two touch in
// the middle of a long side, and around them what else a region has.
func neighbourhood() *directory {
	at := func(lat, lon float64) *federation.Point { return &federation.Point{Lat: lat, Lon: lon} }
	return &directory{
		members: []federation.Member{
			{Slug: "agency", Kind: federation.KindAgency, PostalCodes: []string{"1000"}},
			{Slug: "centre", Kind: federation.KindCommune, Code: "1", PostalCodes: []string{"1000", "1001"}, Location: at(50.05, 4.05)},
			{Slug: "close", Kind: federation.KindCommune, Location: at(50.11, 4.05)},   // no outline, 7 km away
			{Slug: "distant", Kind: federation.KindCommune, Location: at(50.25, 4.05)}, // no outline, 22 km away
			{Slug: "east", Kind: federation.KindCommune, Code: "2", PostalCodes: []string{"1001"}, Location: at(50.1, 4.15)},
			{Slug: "end", Kind: federation.KindCommune, Code: "3", Location: at(50.12, 4.06)}, // close, but it does not touch
			{Slug: "province", Kind: federation.KindProvince, PostalCodes: []string{"1000"}},
			{Slug: "region", Kind: federation.KindRegion},
			{Slug: "somewhere", Kind: federation.KindAssociation},
		},
		hub: federation.Hub{Outlines: map[string]federation.Outline{"1": square(50, 4), "2": square(50.05, 4.1), "3": square(50.05, 4.21)}},
	}
}

func TestHome(t *testing.T) {
	cat, err := federation.LoadCatalogue(t.Context(), neighbourhood())
	if err != nil {
		t.Fatal(err)
	}
	const home, next, wide = federation.AtHome, federation.Neighbour, federation.RegionWide
	type near = map[string]federation.Nearness
	for as, want := range map[string]near{
		"centre":   {"centre": home, "agency": home, "east": next, "close": next, "region": wide, "province": wide},
		"east":     {"east": home, "centre": next, "close": next, "region": wide, "province": wide},
		"end":      {"end": home, "close": next, "region": wide, "province": wide},
		"1000":     {"centre": home, "agency": home, "east": next, "close": next, "region": wide, "province": wide},
		"1001":     {"centre": home, "east": home, "agency": home, "close": next, "region": wide, "province": wide},
		"distant":  {"distant": home, "region": wide, "province": wide},
		"region":   {"region": home, "province": wide},
		"province": {"province": home, "region": wide},
	} {
		for range 2 { // the second is remembered
			got, err := cat.Home(as)
			if diff := cmp.Diff(want, got); err != nil || diff != "" {
				t.Errorf("Home(%q) (-want +got), %v:\n%s", as, err, diff)
			}
		}
	}
	var invalid *federation.InvalidError
	for _, as := range []string{"", "nobody", "9999"} {
		if _, err := cat.Home(as); !errors.As(err, &invalid) || invalid.Field != "as" {
			t.Errorf("Home(%q) = %v, want what is wrong with as", as, err)
		}
	}
}

// TestHomeMerged: of communes that became one, each stands for all of them.
func TestHomeMerged(t *testing.T) {
	d := &directory{members: []federation.Member{
		{Slug: "new", Kind: federation.KindCommune, Succeeds: []string{"old", "older"}},
		{Slug: "old", Kind: federation.KindCommune}, {Slug: "other", Kind: federation.KindCommune},
	}}
	cat, err := federation.LoadCatalogue(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	for _, as := range []string{"new", "old", "older"} {
		got, err := cat.Home(as)
		if err != nil || got["new"] != federation.AtHome || got["old"] != federation.AtHome || got["other"] != federation.Elsewhere {
			t.Errorf("Home(%q) = %v, %v", as, got, err)
		}
	}
}
