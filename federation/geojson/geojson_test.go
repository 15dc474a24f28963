package geojson

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/shareddata"
)

const ring = `[[4,50],[4.1,50],[4.1,50.1],[4,50.1],[4,50]]`

func collection(features ...string) string {
	return `{"type":"FeatureCollection","bbox":[4,50,5,51],"features":[` + strings.Join(features, ",") + `],"licence":"CC0"}`
}

// TestCodes finds a territory by the code that publishers of such files give it.
func TestCodes(t *testing.T) {
	shape := `"geometry":{"type":"Polygon","coordinates":[` + ring + `]}`
	for name, f := range map[string]string{
		"id":            `{"type":"Feature","id":"25018","properties":{},` + shape + `}`,
		"number":        `{"type":"Feature","id":25018,"properties":null,` + shape + `}`,
		"property":      `{"type":"Feature","properties":{"name":"A","CODE_INSEE":"25018"},` + shape + `}`,
		"Eurostat":      `{"type":"Feature","properties":{"GISCO_ID":"BE_25018"},` + shape + `}`,
		"Dutch":         `{"type":"Feature","properties":{"statcode":"GM25018"},` + shape + `}`,
		"feature first": `{` + shape + `,"id":"25018","type":"Feature"}`,
	} {
		got, err := Outlines(strings.NewReader(collection(f)), func(code string) bool { return code == "25018" })
		if err != nil || len(got["25018"]) != 1 || !got["25018"].Has(federation.Point{Lat: 50.05, Lon: 4.05}) {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
	zero := collection(`{"type":"Feature","properties":{"insee_com":1001},` + shape + `}`)
	if got, err := Outlines(strings.NewReader(zero), func(code string) bool { return code == "01001" }); len(got) != 1 {
		t.Errorf("a code that lost its first zero: %v, %v", got, err)
	}
	other := collection(`{"type":"Feature","properties":{"population":"25018","name":"25018"},` + shape + `}`)
	if got, err := Outlines(strings.NewReader(other), func(code string) bool { return code == "25018" }); len(got) != 0 {
		t.Errorf("what is no code counts as one: %v, %v", got, err)
	}
}

// TestShapes reads holes, islands, heights and open rings.
func TestShapes(t *testing.T) {
	in := collection(
		`{"type":"Feature","id":"a","geometry":{"type":"MultiPolygon","coordinates":[[`+ring+`,[[4.04,50.04],[4.06,50.04],[4.06,50.06],[4.04,50.04]]],[[[5,50],[5.1,50],[5.1,50.1]]]]}}`,
		`{"type":"Feature","id":"b","geometry":{"type":"Polygon","coordinates":[[[6,50,12],[6.1,50,12],[6.1,50.1,12],[6,50,12]]]}}`,
		`{"type":"Feature","id":"c","geometry":{"type":"Point","coordinates":[6,50]}}`,
		`{"type":"Feature","id":"d","geometry":null}`,
	)
	got, err := Outlines(strings.NewReader(in), func(string) bool { return true })
	if err != nil {
		t.Fatal(err)
	}
	counts := map[string]int{}
	for code, o := range got {
		counts[code] = len(o)
	}
	if diff := cmp.Diff(map[string]int{"a": 3, "b": 1}, counts); diff != "" {
		t.Errorf("rings (-want +got):\n%s", diff)
	}
	if a := got["a"]; a.Has(federation.Point{Lat: 50.045, Lon: 4.055}) || !a.Has(federation.Point{Lat: 50.02, Lon: 5.08}) {
		t.Errorf("the hole or the island is lost: %v", a)
	}
}

// TestRefused: each fault is said in words.
func TestRefused(t *testing.T) {
	for in, want := range map[string]string{
		``:                      "ends in the middle",
		`[]`:                    "no GeoJSON feature collection",
		`{"type":"Topology"}`:   `"features" is missing`,
		`<xml/>`:                "no GeoJSON",
		`{"features":[{"id":1}`: "ends in the middle",
		`{"features":{}}`:       "no GeoJSON feature collection",
		collection(`{"id":"a","geometry":{"type":"Polygon","coordinates":[[[150000,170000],[150001,170000],[150001,170001]]]}}`): "WGS 84",
		collection(`{"id":"a","geometry":{"type":"Polygon","coordinates":[[[4],[5],[6]]]}}`):                                     "latitude",
		collection(`{"id":"a","geometry":{"type":"Polygon","coordinates":"x"}}`):                                                 "no polygons",
	} {
		if _, err := Outlines(strings.NewReader(in), func(string) bool { return true }); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.60s: %v, want %q", in, err, want)
		}
	}
}

func TestTooManyPoints(t *testing.T) {
	var b bytes.Buffer
	b.WriteString(`{"features":[{"id":"a","geometry":{"type":"Polygon","coordinates":[[`)
	for range maxPoints {
		b.WriteString(`[4,50],`)
	}
	b.WriteString(`[4,50]]]}}]}`)
	if _, err := Outlines(&b, func(string) bool { return true }); !errors.Is(err, ErrTooLarge) {
		t.Errorf("got %v", err)
	}
}

// TestBelgium reads the outlines of all communes of a country.
func TestBelgium(t *testing.T) {
	f, err := os.Open(filepath.Join(shareddata.Dir(t), "communes", "be-communes.geojson"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	got, err := Outlines(f, func(string) bool { return true })
	if err != nil || len(got) != 565 {
		t.Fatalf("%d outlines, %v", len(got), err)
	}
	namur, brussels := federation.Point{Lat: 50.4669, Lon: 4.8675}, federation.Point{Lat: 50.8467, Lon: 4.3525}
	if !got["92094"].Has(namur) || got["92094"].Has(brussels) || !got["21004"].Has(brussels) {
		t.Error("a town hall is not in its commune")
	}
	points := 0
	for _, o := range got {
		points += o.Points()
	}
	t.Logf("%d points", points)
}

func FuzzOutlines(f *testing.F) {
	f.Add([]byte(collection(`{"id":"a","geometry":{"type":"Polygon","coordinates":[` + ring + `]}}`)))
	f.Add([]byte(`{"features":[{"geometry":{"type":"MultiPolygon","coordinates":[[[]]]}}]}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		got, err := Outlines(bytes.NewReader(b), func(string) bool { return true })
		for code, o := range got {
			for _, ring := range o {
				if err != nil || len(ring) < 4 || ring[0] != ring[len(ring)-1] {
					t.Fatalf("%s: %v, %v", code, ring, err)
				}
			}
		}
	})
}
