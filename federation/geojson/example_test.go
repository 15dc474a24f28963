package geojson_test

import (
	"fmt"
	"strings"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/geojson"
)

func ExampleOutlines() {
	file := `{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"nis": "92094"},
		"geometry": {"type": "Polygon", "coordinates": [[[4.5, 50.4], [4.9, 50.4], [4.9, 50.5], [4.5, 50.5], [4.5, 50.4]]]}}]}`
	found, err := geojson.Outlines(strings.NewReader(file), func(code string) bool { return code == "92094" })
	if err != nil {
		panic(err)
	}
	fmt.Println(len(found), found["92094"].Has(federation.Point{Lat: 50.46, Lon: 4.86}))
	// Output:
	// 1 true
}
