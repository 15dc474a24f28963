package federation

import "testing"

// TestOutlinesThatShip: communes have theirs by code and place, unless the hub
// names a file; the same digits elsewhere are another commune.
func TestOutlinesThatShip(t *testing.T) {
	charleroi := Member{Slug: "charleroi", Kind: KindCommune, Code: "52011", Location: &Point{Lat: 50.41, Lon: 4.44}}
	abroad := Member{Slug: "tours", Kind: KindCommune, Code: "52011", Location: &Point{Lat: 47.39, Lon: 0.69}}
	region := Member{Slug: "region", Kind: KindRegion, Code: "52011", Location: &Point{Lat: 50.41, Lon: 4.44}}
	nowhere := Member{Slug: "nowhere", Kind: KindCommune, Code: "52011"}
	for _, c := range []struct {
		name    string
		members []Member
		hub     Hub
		want    int
		credit  bool
	}{
		{"a commune", []Member{charleroi}, Hub{}, 1, true},
		{"abroad", []Member{abroad}, Hub{}, 0, false},
		{"no commune", []Member{region}, Hub{}, 0, false},
		{"without a place", []Member{nowhere}, Hub{}, 0, false},
		{"the hub's own", []Member{charleroi}, Hub{OutlineFile: "x.geojson", Outlines: map[string]Outline{"1": {}, "2": {}}}, 2, false},
	} {
		cat := Catalogue{Members: c.members, Hub: c.hub}
		got, credit := cat.outlines()
		if len(got) != c.want || (credit != "") != c.credit {
			t.Errorf("%s: %d outlines with credit %q, want %d, credited %v", c.name, len(got), credit, c.want, c.credit)
		}
	}
	cat := Catalogue{Members: []Member{charleroi}}
	all, _ := cat.outlines()
	for p, want := range map[Point]bool{{Lat: 50.411, Lon: 4.444}: true, {Lat: 50.465, Lon: 4.866}: false, {Lat: 50.85, Lon: 4.35}: false} {
		if got := all["52011"].Has(p); got != want {
			t.Errorf("Charleroi has %v = %v, want %v", p, got, want)
		}
	}
}
