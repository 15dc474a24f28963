package cap

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"
	"github.com/plonegov/carillon/harvester/read"
)

// Bounds of one message's areas; the most detailed seen has 3,000 points.
const (
	maxZones  = 2000
	maxPoints = 100_000
)

// zones reads the areas of an info.
func (r *reader) zones(m message, n *read.Node) []federation.AlertZone {
	var out []federation.AlertZone
	points := 0
	for a := range n.All("area") {
		z := federation.AlertZone{Name: markup.Text(a.Child("areaDesc").Text()), Codes: pairs(a, "geocode")}
		for k := range a.All("polygon") {
			if ring := r.polygon(m, k.Text()); ring != nil && points+len(ring) <= maxPoints {
				points += len(ring)
				z.Polygons = append(z.Polygons, ring)
			}
		}
		for k := range a.All("circle") {
			if c, ok := r.circle(m, k.Text()); ok {
				z.Circles = append(z.Circles, c)
			}
		}
		if len(out) == maxZones {
			r.warn(m.ref.id(), fmt.Sprintf("has more than %d areas; the rest was left out", maxZones))
			break
		}
		if z.Name != "" || len(z.Polygons)+len(z.Circles)+len(z.Codes) > 0 {
			out = append(out, z)
		}
	}
	return out
}

// polygon reads "lat,lon lat,lon …" (CAP 1.2, 3.2.4) and closes it; nil when
// there is nothing to draw.
func (r *reader) polygon(m message, s string) []federation.Point {
	if strings.TrimSpace(s) == "" {
		return nil
	}
	var ring []federation.Point
	for _, pair := range strings.Fields(s) {
		p, ok := point(pair)
		if !ok {
			r.warn(m.ref.id(), fmt.Sprintf("has a polygon with %.40q in it, which is no latitude and longitude; it was dropped", pair))
			return nil
		}
		ring = append(ring, p)
	}
	if len(ring) > 0 && ring[0] != ring[len(ring)-1] {
		ring = append(ring, ring[0])
	}
	if len(ring) < 4 {
		r.warn(m.ref.id(), fmt.Sprintf("has a polygon of %d points; it was dropped", len(ring)))
		return nil
	}
	return ring
}

// circle reads "lat,lon radius", the radius in km.
func (r *reader) circle(m message, s string) (federation.Circle, bool) {
	fields := strings.Fields(s)
	if len(fields) == 0 {
		return federation.Circle{}, false
	}
	if len(fields) == 2 {
		p, ok := point(fields[0])
		radius, err := strconv.ParseFloat(fields[1], 64)
		if ok && err == nil && radius >= 0 && radius <= 20_100 { // half the way round the earth
			return federation.Circle{Center: p, Radius: radius}, true
		}
	}
	r.warn(m.ref.id(), fmt.Sprintf("has a circle that is no point and radius: %.60q; it was dropped", s))
	return federation.Circle{}, false
}

// point reads "lat,lon". NOAA wrote a comma after the pair, too.
func point(s string) (federation.Point, bool) {
	lat, lon, ok := strings.Cut(strings.TrimSuffix(s, ","), ",")
	if !ok {
		return federation.Point{}, false
	}
	var p federation.Point
	var errLat, errLon error
	p.Lat, errLat = strconv.ParseFloat(lat, 64)
	p.Lon, errLon = strconv.ParseFloat(lon, 64)
	return p, errLat == nil && errLon == nil && p.Valid()
}

// place is where an alert holds: its areas by name, and the middle of the first
// outline.
func place(zones []federation.AlertZone, areas []string) *federation.Place {
	p := federation.Place{}
	for _, z := range zones {
		switch {
		case len(z.Polygons) > 0:
			p.Point = centroid(z.Polygons[0])
		case len(z.Circles) > 0:
			p.Point = &federation.Point{Lat: z.Circles[0].Center.Lat, Lon: z.Circles[0].Center.Lon}
		default:
			continue
		}
		break
	}
	if len(areas) > 0 {
		p.Name = areas[0]
	}
	if p.Name == "" && p.Point == nil {
		return nil
	}
	return &p
}

// centroid is the middle of a closed ring by area, or the mean of its corners
// when it has none.
func centroid(ring []federation.Point) *federation.Point {
	var area, lat, lon, meanLat, meanLon float64
	o := ring[0] // relative to a corner, or small rings drown in rounding
	for i := range len(ring) - 1 {
		ax, ay := ring[i].Lon-o.Lon, ring[i].Lat-o.Lat
		bx, by := ring[i+1].Lon-o.Lon, ring[i+1].Lat-o.Lat
		cross := ax*by - bx*ay
		area += cross
		lon += (ax + bx) * cross
		lat += (ay + by) * cross
		meanLat += ay
		meanLon += ax
	}
	n := float64(len(ring) - 1)
	p := federation.Point{Lat: o.Lat + meanLat/n, Lon: o.Lon + meanLon/n}
	if math.Abs(area) > 1e-12 {
		p = federation.Point{Lat: o.Lat + lat/(3*area), Lon: o.Lon + lon/(3*area)}
	}
	if !p.Valid() {
		return nil
	}
	p.Lat, p.Lon = math.Round(p.Lat*1e6)/1e6, math.Round(p.Lon*1e6)/1e6
	return &p
}
