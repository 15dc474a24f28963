package portal

import (
	"math"
	"strconv"

	"github.com/plonegov/carillon/federation"
)

// Size of a map in its own units, and the least it shows.
const (
	mapWidth   = 1600
	mapHeight  = 1200
	mapMargin  = 60
	leastReach = 1.5 // km to each side
	kmPerLat   = 111.195
)

// mapPoint is a place on a map.
type mapPoint struct{ X, Y int }

// frame is the part of the world that a map shows. The projection is
// equirectangular, true in the middle: the error within a country is below
// what a line is wide.
type frame struct {
	south, north, west, east float64
	perLat, perLon           float64 // map units for a degree
}

// newFrame is the least frame around points, of the shape of a map.
func newFrame(points []federation.Point) frame {
	f := frame{south: 90, north: -90, west: 180, east: -180}
	for _, p := range points {
		f.south, f.north = min(f.south, p.Lat), max(f.north, p.Lat)
		f.west, f.east = min(f.west, p.Lon), max(f.east, p.Lon)
	}
	if len(points) == 0 {
		f = frame{south: -60, north: 75, west: -180, east: 180}
	}
	lat, lon := (f.south+f.north)/2, (f.west+f.east)/2
	narrow := max(math.Cos(lat*math.Pi/180), .01)
	f.perLat = min((mapHeight-2*mapMargin)/max(f.north-f.south, 1e-4), (mapWidth-2*mapMargin)/max((f.east-f.west)*narrow, 1e-4))
	f.perLon = f.perLat * narrow
	halfLat, halfLon := mapHeight/2/f.perLat, mapWidth/2/f.perLon
	f.south, f.north, f.west, f.east = lat-halfLat, lat+halfLat, lon-halfLon, lon+halfLon
	return f
}

// around are the four ends of a circle.
func around(p federation.Point, km float64) []federation.Point {
	lat := km / kmPerLat
	lon := lat / max(math.Cos(p.Lat*math.Pi/180), .01)
	return []federation.Point{{Lat: p.Lat - lat, Lon: p.Lon}, {Lat: p.Lat + lat, Lon: p.Lon}, {Lat: p.Lat, Lon: p.Lon - lon}, {Lat: p.Lat, Lon: p.Lon + lon}}
}

// farthest bounds coordinates: what is far outside needs no exact place.
const farthest = 20 * mapWidth

func (f frame) at(p federation.Point) mapPoint {
	return mapPoint{onMap((p.Lon - f.west) * f.perLon), onMap((f.north - p.Lat) * f.perLat)}
}

func onMap(units float64) int { return int(math.Round(min(max(units, -farthest), farthest))) }

// length is how long km are on the map.
func (f frame) length(km float64) int { return onMap(km / kmPerLat * f.perLat) }

// meets reports whether the frame may show some of an outline.
func (f frame) meets(o federation.Outline) bool {
	south, north, west, east := 90.0, -90.0, 180.0, -180.0
	for _, ring := range o {
		for _, p := range ring {
			south, north = min(south, p.Lat), max(north, p.Lat)
			west, east = min(west, p.Lon), max(east, p.Lon)
		}
	}
	return south < f.north && north > f.south && west < f.east && east > f.west
}

// path is an outline as the d of a path, in whole units; "" when it is too
// small to be seen.
func (f frame) path(o federation.Outline) string {
	var b []byte
	for _, ring := range o {
		b = f.appendRing(b, ring)
	}
	return string(b)
}

func (f frame) appendRing(b []byte, ring []federation.Point) []byte {
	begin := len(b)
	var last mapPoint
	drawn := 0
	for _, p := range ring {
		at := f.at(p)
		switch {
		case drawn == 0:
			b = append(b, 'M')
			b = appendPair(b, at.X, at.Y)
		case at == last:
			continue
		default:
			b = append(b, 'l')
			b = appendPair(b, at.X-last.X, at.Y-last.Y)
		}
		last = at
		drawn++
	}
	if drawn < 4 {
		return b[:begin]
	}
	return append(b, 'z')
}

func appendPair(b []byte, x, y int) []byte {
	b = strconv.AppendInt(b, int64(x), 10)
	if y >= 0 {
		b = append(b, ' ')
	}
	return strconv.AppendInt(b, int64(y), 10)
}

// zone are the paths of an area of an alert.
func (f frame) zone(z federation.AlertZone) []string {
	var out []string
	for _, ring := range z.Polygons {
		if path := f.appendRing(nil, ring); len(path) > 0 {
			out = append(out, string(path))
		}
	}
	for _, c := range z.Circles {
		at, r := f.at(c.Center), f.length(c.Radius)
		b := append([]byte(nil), 'M')
		b = appendPair(b, at.X-r, at.Y)
		for _, step := range []int{2 * r, -2 * r} {
			b = append(b, 'a')
			b = appendPair(b, r, r)
			b = append(b, " 0 1 0 "...)
			b = appendPair(b, step, 0)
		}
		out = append(out, string(append(b, 'z')))
	}
	return out
}

// middle is where the name of a territory stands: the middle of mass of its
// largest ring, else of the frame.
func (f frame) middle(o federation.Outline) mapPoint {
	var at mapPoint
	largest := 0.0
	for _, ring := range o {
		var area, x, y float64
		for i := range ring {
			p, q := ring[i], ring[(i+1)%len(ring)]
			cross := p.Lon*q.Lat - q.Lon*p.Lat
			area += cross
			x, y = x+(p.Lon+q.Lon)*cross, y+(p.Lat+q.Lat)*cross
		}
		if math.Abs(area) > largest {
			largest = math.Abs(area)
			at = f.at(federation.Point{Lat: y / (3 * area), Lon: x / (3 * area)})
		}
	}
	return at
}
