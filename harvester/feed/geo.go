package feed

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"

	ext "github.com/mmcdole/gofeed/extensions"
)

// maxCorners bounds the points that are read of one shape.
const maxCorners = 10_000

// place reads where an entry is: GeoRSS Simple and GML (points, lines,
// polygons, boxes, circles; of what has an extent, the middle), W3C Basic Geo,
// DCMI Point, the Podcast Index' location. The first that can be read counts.
func (x extended) place(e *entry) {
	top := extended{"": x["georss"]}
	e.featureName = top.value("", "featurename")
	e.at = top.simple()
	for _, w := range x["georss"]["where"] {
		in := extended{"": w.Children}
		e.at = firstPoint(e.at, in.gml(), in.simple())
		e.featureName = cmp.Or(e.featureName, in.value("", "featurename"))
	}
	e.at = firstPoint(e.at, extended{"": x["gml"]}.gml()) // without its georss:where
	list := []extended{x}
	for _, p := range x["geo"]["point"] {
		list = append(list, extended{"geo": p.Children})
	}
	for _, in := range list {
		e.at = firstPoint(e.at, onePoint(in.value("geo", "lat")+" "+in.value("geo", "long")))
	}
	for _, l := range x["podcast"]["location"] {
		geo, _, _ := strings.Cut(strings.TrimPrefix(l.Attrs["geo"], "geo:"), ";") // RFC 5870
		e.at, e.featureName = firstPoint(e.at, onePoint(geo)), cmp.Or(e.featureName, l.Value)
	}
	e.fact("altitude", metres(top.value("", "elev")))
	e.fact("radius", metres(top.value("", "radius")))
}

// simple reads the shapes of GeoRSS Simple.
func (x extended) simple() *federation.Point {
	circle := coordinates(x.value("", "circle"))
	if len(circle) == 3 {
		circle = circle[:2]
	}
	return firstPoint(onePoint(x.value("", "point")), middle(circle, 1),
		middle(coordinates(x.value("", "box")), 2), middle(coordinates(x.value("", "line")), 2),
		middle(coordinates(x.value("", "polygon")), 4))
}

// gml reads the shapes of the GML profile. Its positions are latitude and
// longitude, the older gml:coordinates the other way about.
func (x extended) gml() *federation.Point {
	var p *federation.Point
	for _, shape := range []struct {
		name string
		min  int
	}{{"point", 1}, {"box", 2}, {"line", 2}, {"polygon", 4}} {
		for _, g := range x[""][shape.name] {
			p = firstPoint(p, middle(positions(g, 0), shape.min))
		}
	}
	return p
}

// positions collects the numbers of a GML shape, latitude first.
func positions(g ext.Extension, depth int) []float64 {
	var out []float64
	for _, name := range []string{"pos", "poslist"} {
		for _, v := range g.Children[name] {
			out = append(out, coordinates(v.Value)...)
		}
	}
	for _, v := range g.Children["coordinates"] {
		c := coordinates(v.Value)
		for i := 0; i+1 < len(c); i += 2 {
			c[i], c[i+1] = c[i+1], c[i]
		}
		out = append(out, c...)
	}
	for _, ring := range g.Children["ring"] {
		if depth < maxGroups && len(out) == 0 {
			out = positions(ring, depth+1)
		}
	}
	return out
}

// coordinates reads numbers between spaces or commas; nil when one is none.
func coordinates(s string) []float64 {
	var out []float64
	for f := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == ' ' || r == ',' || r == '\n' || r == '\t' || r == '\r' }) {
		n, err := strconv.ParseFloat(f, 64)
		if err != nil || len(out) == 2*maxCorners {
			return nil
		}
		out = append(out, n)
	}
	return out
}

func onePoint(s string) *federation.Point {
	c := coordinates(s)
	if len(c) == 3 { // with an altitude
		c = c[:2]
	}
	if len(c) != 2 {
		return nil
	}
	return middle(c, 1)
}

// middle is the centre of the shape with the corners, nil when they are fewer
// than min or off the globe: of a closed one the centre of its area, else the
// mean.
func middle(c []float64, min int) *federation.Point {
	n := len(c) / 2
	if n < min || len(c)%2 != 0 || n == 0 {
		return nil
	}
	var lat, lon, area, alat, alon float64
	for i := range n {
		at := federation.Point{Lat: c[2*i], Lon: c[2*i+1]}
		if !at.Valid() {
			return nil
		}
		lat, lon = lat+at.Lat, lon+at.Lon
		j := (i + 1) % n
		// Relative to the first corner, or small shapes lose all their digits.
		y1, x1, y2, x2 := at.Lat-c[0], at.Lon-c[1], c[2*j]-c[0], c[2*j+1]-c[1]
		cross := x1*y2 - x2*y1
		area, alat, alon = area+cross, alat+(y1+y2)*cross, alon+(x1+x2)*cross
	}
	at := federation.Point{Lat: lat / float64(n), Lon: lon / float64(n)}
	if closed := n >= 4 && c[0] == c[2*n-2] && c[1] == c[2*n-1]; closed {
		if inside := (federation.Point{Lat: c[0] + alat/(3*area), Lon: c[1] + alon/(3*area)}); area != 0 && inside.Valid() {
			at = inside
		}
	}
	return &at
}

func firstPoint(points ...*federation.Point) *federation.Point {
	for _, p := range points {
		if p != nil {
			return p
		}
	}
	return nil
}

// metres writes a number of metres for people, "" when it is none.
func metres(s string) string {
	n, err := strconv.ParseFloat(strings.TrimSpace(s), 64)
	if err != nil || n != n || n > 1e9 || n < -1e9 || n == 0 {
		return ""
	}
	return strconv.FormatFloat(n, 'f', -1, 64) + " m"
}

// place is where an entry says it is, nil when it does not.
func place(e *entry) *federation.Place {
	name := markup.Text(e.featureName)
	if e.at == nil && name == "" {
		return nil
	}
	return &federation.Place{Name: name, Point: e.at}
}
