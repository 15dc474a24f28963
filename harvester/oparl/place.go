package oparl

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/read"
)

var postalCode = regexp.MustCompile(`\b[0-9]{5}\b`)

// place reads a Location, nil when it says nothing of use.
func (r *reading) place(o object, id string) *federation.Place {
	if o == nil {
		return nil
	}
	p := &federation.Place{
		Name:       join(", ", o.text("description"), o.text("room")),
		Address:    join(", ", o.text("streetAddress"), join(" ", o.text("postalCode"), o.text("locality"))),
		PostalCode: o.text("postalCode"),
	}
	if p.Name == "" {
		p.Name = geoName(o)
	}
	if p.PostalCode == "" {
		p.PostalCode = postalCode.FindString(p.Name)
	}
	p.Point = r.point(o, id)
	if *p == (federation.Place{}) {
		return nil
	}
	return p
}

// placeFacts is all that a Location says, one fact a line.
func placeFacts(o object) []string {
	facts := []string{o.text("description"), o.text("room"), o.text("streetAddress"),
		join(" ", o.text("postalCode"), o.text("locality")), o.text("subLocality"), geoName(o)}
	var out []string
	for _, f := range facts {
		if f != "" && !slices.Contains(out, f) {
			out = append(out, f)
		}
	}
	return out
}

func geoName(o object) string {
	if g := o.object("geojson"); g != nil {
		if p := g.object("properties"); p != nil {
			return p.text("name")
		}
	}
	return ""
}

func join(sep string, parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), sep)
}

// point is the point of a Location, the middle of what it outlines when that is
// a line or an area (RFC 7946, 3.1).
func (r *reading) point(o object, id string) *federation.Point {
	var b bounds
	if g := o.object("geojson"); g != nil {
		b.geometry(g, 0)
	}
	if b.n == 0 {
		return nil
	}
	p := federation.Point{Lat: (b.south + b.north) / 2, Lon: (b.west + b.east) / 2}
	// The specification's own example has them in this order.
	if swapped := (federation.Point{Lat: p.Lon, Lon: p.Lat}); !inEurope(p) && inEurope(swapped) {
		r.note(id, "the coordinates of the place stand in the order latitude, longitude; they were exchanged")
		p = swapped
	}
	if !p.Valid() {
		r.note(id, "the coordinates of the place are off the globe; left out")
		return nil
	}
	return &p
}

// inEurope is the part of the world where councils use OParl, with room.
func inEurope(p federation.Point) bool {
	return p.Lat >= 44 && p.Lat <= 60 && p.Lon >= -6 && p.Lon <= 25
}

// bounds is the box around positions.
type bounds struct {
	south, north, west, east float64
	n                        int
}

// geometry takes in an object of GeoJSON, whose depth is that of the document.
func (b *bounds) geometry(g object, depth int) {
	if depth > read.MaxDepth {
		return
	}
	b.positions(g["coordinates"])
	for _, key := range []string{"geometry", "geometries", "features"} {
		for _, inner := range g.objects(key) {
			b.geometry(inner, depth+1)
		}
	}
}

// positions takes in coordinates, nested as deep as they are.
func (b *bounds) positions(v any) {
	values, _ := v.([]any)
	if len(values) >= 2 {
		x, okX := number(values[0])
		y, okY := number(values[1])
		if okX && okY {
			b.add(x, y)
			return
		}
	}
	for _, inner := range values {
		b.positions(inner)
	}
}

func number(v any) (float64, bool) {
	n, ok := v.(json.Number)
	if !ok {
		return 0, false
	}
	f, err := n.Float64()
	return f, err == nil
}

func (b *bounds) add(x, y float64) {
	if b.n == 0 {
		b.south, b.north, b.west, b.east = y, y, x, x
	}
	b.south, b.north = min(b.south, y), max(b.north, y)
	b.west, b.east = min(b.west, x), max(b.east, x)
	b.n++
}
