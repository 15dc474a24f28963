package portal

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/plonegov/carillon/federation"
)

// apart is how near two pins may come, in map units, and mostTitles how many
// results one names.
const (
	apart      = 64
	mostTitles = 5
)

// cluster are results whose pins would touch.
type cluster struct {
	at     mapPoint
	places []mapPlace
}

// mapPins puts the places that the frame shows on the map, each with the
// numbers that its results have on the page.
func (v visit) mapPins(f frame, places []mapPlace, sel federation.Selection) []mapPin {
	var clusters []cluster
	for _, p := range places {
		at := f.at(p.point)
		if at.X < 0 || at.Y < 0 || at.X > mapWidth || at.Y > mapHeight {
			continue
		}
		i := nearestCluster(clusters, at)
		if i < 0 {
			clusters = append(clusters, cluster{at: at})
			i = len(clusters) - 1
		}
		clusters[i].places = append(clusters[i].places, p)
	}
	pins := make([]mapPin, len(clusters))
	for i, c := range clusters {
		pins[i] = v.mapPin(c, sel)
	}
	return pins
}

func nearestCluster(clusters []cluster, at mapPoint) int {
	for i, c := range clusters {
		if math.Hypot(float64(c.at.X-at.X), float64(c.at.Y-at.Y)) < apart {
			return i
		}
	}
	return -1
}

// mapPin says what there is at one place. Several results lead to a search
// around it.
func (v visit) mapPin(c cluster, sel federation.Selection) mapPin {
	first := c.places[0]
	pin := mapPin{At: c.at, Text: strconv.Itoa(first.number), URL: first.url}
	var says []string
	for _, p := range c.places[:min(len(c.places), mostTitles)] {
		says = append(says, strconv.Itoa(p.number)+". "+p.title)
	}
	if more := len(c.places) - len(says); more > 0 {
		says = append(says, v.N("map_more", more))
	}
	pin.Says = strings.Join(says, "\n")
	if len(c.places) == 1 {
		return pin
	}
	pin.Text += "+"
	sel.Near, sel.Cursor, sel.Sort = &first.point, "", federation.ByDistance
	sel.Radius = math.Ceil(10*max(spread(c.places), .2)) / 10
	pin.URL = v.searchLink(sel)
	return pin
}

// spread is how far the places are from the first, in km and a little more.
func spread(places []mapPlace) float64 {
	km := 0.0
	for _, p := range places[1:] {
		a := places[0].point
		lat := (p.point.Lat - a.Lat) * kmPerLat
		lon := (p.point.Lon - a.Lon) * kmPerLat * math.Cos(a.Lat*math.Pi/180)
		km = max(km, math.Hypot(lat, lon))
	}
	return 1.05 * km
}

// Size of a name on a map, in map units: of one letter, and of the line.
const (
	letter     = 15
	lineHeight = 44
)

// clearNames moves the names of areas above the pins that they would stand
// under.
func clearNames(areas []mapArea, pins []mapPin) {
	for i := range areas {
		a := &areas[i]
		half := letter*(len([]rune(a.Name.Text))+4)/2 + apart/2
		for range len(pins) {
			under := func(p mapPin) bool {
				return max(p.At.X-a.At.X, a.At.X-p.At.X) < half && max(p.At.Y-a.At.Y, a.At.Y-p.At.Y) < lineHeight
			}
			n := slices.IndexFunc(pins, under)
			if n < 0 {
				break
			}
			a.At.Y = pins[n].At.Y - lineHeight
		}
	}
}
