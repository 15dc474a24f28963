package federation

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
)

// Outline is the boundary of a territory: closed rings of points, in any order
// and turning either way. A point is inside when a line from it crosses the
// rings an odd number of times, so that islands and holes need no mark. Points
// are kept to 1/100,000 of a degree, about a metre. The zero value encloses
// nothing.
type Outline [][]Point

// outlineUnit is what one step of a stored outline is, in degrees.
const outlineUnit = 1e-5

// Has reports whether p is inside.
func (o Outline) Has(p Point) bool {
	inside := false
	for _, ring := range o {
		for i := range ring {
			a, b := ring[i], ring[(i+1)%len(ring)]
			if (a.Lat > p.Lat) != (b.Lat > p.Lat) && p.Lon < a.Lon+(p.Lat-a.Lat)/(b.Lat-a.Lat)*(b.Lon-a.Lon) {
				inside = !inside
			}
		}
	}
	return inside
}

// Coarser is the outline on a grid of a step in degrees, without the points
// that then fall on their neighbour and the rings that then enclose nothing.
// Neighbours made coarser by one step still touch.
func (o Outline) Coarser(step float64) Outline {
	var out Outline
	for _, ring := range o {
		var kept []Point
		for _, p := range ring {
			p = Point{Lat: onGrid(p.Lat, step), Lon: onGrid(p.Lon, step)}
			if len(kept) == 0 || kept[len(kept)-1] != p {
				kept = append(kept, p)
			}
		}
		if len(kept) > 3 { // closed: the first is there twice
			out = append(out, kept)
		}
	}
	return out
}

// onGrid rounds to a multiple of step, and that to what is stored.
func onGrid(degrees, step float64) float64 {
	return stored(math.Round(math.Round(degrees/step) * step / outlineUnit))
}

func stored(units float64) float64 { return units / (1 / outlineUnit) }

// MarshalJSON writes each ring as one list of whole numbers: latitude and
// longitude of the first point, then the steps from point to point, in units of
// 1/100,000 of a degree.
func (o Outline) MarshalJSON() ([]byte, error) {
	rings := make([][]int32, len(o))
	for i, ring := range o {
		var lat, lon int32
		for _, p := range ring {
			nextLat, nextLon := int32(math.Round(p.Lat/outlineUnit)), int32(math.Round(p.Lon/outlineUnit))
			rings[i] = append(rings[i], nextLat-lat, nextLon-lon)
			lat, lon = nextLat, nextLon
		}
	}
	return json.Marshal(rings)
}

// UnmarshalJSON reads what MarshalJSON writes.
func (o *Outline) UnmarshalJSON(b []byte) error {
	var rings [][]int32
	if err := json.Unmarshal(b, &rings); err != nil {
		return fmt.Errorf("read an outline: %w", err)
	}
	*o = make(Outline, len(rings))
	for i, steps := range rings {
		if len(steps)%2 != 0 {
			return errors.New("read an outline: a latitude without a longitude")
		}
		var lat, lon int32
		ring := make([]Point, 0, len(steps)/2)
		for n := 0; n < len(steps); n += 2 {
			lat, lon = lat+steps[n], lon+steps[n+1]
			ring = append(ring, Point{Lat: stored(float64(lat)), Lon: stored(float64(lon))})
		}
		(*o)[i] = ring
	}
	return nil
}

// Points is how many points the rings have.
func (o Outline) Points() int {
	n := 0
	for _, ring := range o {
		n += len(ring)
	}
	return n
}
