package local

import (
	"math"

	"github.com/plonegov/carillon/federation"
)

const earthRadius = 6371.0088 // km, mean (IUGG)

// circle is the ground within a distance of a point.
type circle struct {
	lat, lon float64 // degrees
	cos      float64 // of lat
	km       float64
	dLat     float64 // degrees that km is at most, north or south
	dLon     float64 // and east or west; 180 = all round
}

func newCircle(p federation.Point, km float64) *circle {
	c := &circle{lat: p.Lat, lon: p.Lon, cos: math.Cos(radians(p.Lat)), km: km, dLon: 180}
	c.dLat = km/earthRadius*180/math.Pi + 1e-4 // float32 keeps degrees to about 1e-5
	if north := math.Abs(c.lat) + c.dLat; north < 89 {
		// A circle reaches furthest east where it touches a meridian.
		c.dLon = math.Asin(math.Sin(radians(c.dLat))/c.cos)*180/math.Pi + 1e-4
	}
	return c
}

// has reports whether a place is in the circle; nowhere (NaN) is not.
func (c *circle) has(lat, lon float32) bool {
	if !(math.Abs(float64(lat)-c.lat) <= c.dLat) {
		return false
	}
	d := math.Abs(float64(lon) - c.lon)
	return min(d, 360-d) <= c.dLon && c.distance(lat, lon) <= c.km
}

// distance is km along a great circle, by the haversine formula.
func (c *circle) distance(lat, lon float32) float64 {
	y := math.Sin(radians(float64(lat)-c.lat) / 2)
	x := math.Sin(radians(float64(lon)-c.lon) / 2)
	h := y*y + c.cos*math.Cos(radians(float64(lat)))*x*x
	return 2 * earthRadius * math.Asin(math.Sqrt(min(h, 1)))
}

func radians(degrees float64) float64 { return degrees * math.Pi / 180 }
