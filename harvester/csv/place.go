package csv

import (
	"slices"
	"strconv"
	"strings"

	"github.com/plonegov/carillon/federation"
)

// place is the where, nil when the row says nothing of it.
func (l *line) place() *federation.Place {
	p := &federation.Place{Name: l.text("place"), Address: l.text("address"), PostalCode: l.text("postal_code"), Point: l.point()}
	street := join(" ", l.text("STREET"), l.text("NUMBER"))
	town := join(" ", p.PostalCode, l.text("LOCALITY"))
	for _, part := range []string{street, town} {
		if !strings.Contains(p.Address, part) {
			p.Address = join(", ", p.Address, part)
		}
	}
	if *p == (federation.Place{}) {
		return nil
	}
	week, _ := l.peek("hours") // the text has them too
	p.Hours = federation.ParseWeek(week)
	return p
}

func join(sep string, parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), sep)
}

// point is where on the globe: two columns, or one that holds both. Zero and
// zero is how a table writes that it does not know.
func (l *line) point() *federation.Point {
	south, latAt := l.cell("lat")
	east, lonAt := l.cell("lon")
	both, bothAt := "", -1
	if latAt < 0 || lonAt < 0 {
		if both, bothAt = l.cell("POINT"); bothAt >= 0 {
			south, east = pair(both)
		}
	}
	lat, okLat := degrees(south)
	lon, okLon := degrees(east)
	p := federation.Point{Lat: lat, Lon: lon}
	if okLat && okLon && p.Valid() {
		if p == (federation.Point{}) {
			return nil
		}
		return &p
	}
	for _, at := range []int{latAt, lonAt, bothAt} {
		if at >= 0 {
			l.back(at, "a coordinate in degrees")
		}
	}
	return nil
}

// pair takes "50.1, 4.2" apart; with decimal commas, "50,1; 4,2" or "50,1 4,2".
func pair(s string) (lat, lon string) {
	s = strings.Trim(s, "()[] ")
	for _, sep := range []string{";", ", ", " ", ","} {
		if a, b, ok := strings.Cut(s, sep); ok && !strings.Contains(b, sep) {
			return a, b
		}
	}
	return "", ""
}

// degrees reads a number with a decimal point or comma.
func degrees(s string) (float64, bool) {
	s = strings.Trim(s, " °\u00a0")
	if strings.Count(s, ",") == 1 && !strings.Contains(s, ".") {
		s = strings.Replace(s, ",", ".", 1)
	}
	if s == "" || strings.Trim(s, "+-.0123456789") != "" {
		return 0, false
	}
	f, err := strconv.ParseFloat(s, 64)
	return f, err == nil
}
