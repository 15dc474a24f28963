package ics

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/read"
)

// place reads LOCATION, GEO, the locations of RFC 9073 and of Apple.
func (r *reading) place(it *federation.Item, c *component) {
	location, _ := choose(c.all("LOCATION"), r.doc.Source.Language)
	text := location.text()
	point := geo(c.text("GEO"))
	for _, k := range c.kids {
		if k.name == "VLOCATION" {
			if strings.TrimSpace(text) == "" {
				text = strings.TrimSpace(k.text("NAME") + "\n" + k.text("DESCRIPTION"))
			}
			if point == nil {
				point = geo(strings.TrimPrefix(strings.ToLower(k.text("GEO")), "geo:"))
			}
		}
	}
	if p, ok := c.get("X-APPLE-STRUCTURED-LOCATION"); ok {
		if at, ok := cutPrefixFold(strings.TrimSpace(p.value), "geo:"); ok && point == nil {
			point = geo(at)
		}
		if strings.TrimSpace(text) == "" {
			text = p.param("X-TITLE") + "\n" + p.param("X-ADDRESS")
		}
	}
	if r.link(text) != "" { // shown among the facts
		text = ""
	}
	if strings.TrimSpace(text) == "" && point == nil {
		return
	}
	name, addr := split(text)
	it.Place = &federation.Place{Name: name, Address: addr, Point: point}
}

var (
	digit       = regexp.MustCompile(`[0-9]`)
	houseNumber = regexp.MustCompile(`^\s*[0-9]{1,4}\s?[A-Za-z]?\s*$`)
)

// split tells the name of a place from its address, which stands on further
// lines, or after a comma when a number is in it. A number alone belongs to
// the street before it.
func split(text string) (name, addr string) {
	text = strings.TrimSpace(text)
	if first, rest, ok := strings.Cut(text, "\n"); ok {
		return read.Line(first), read.Line(strings.Trim(strings.ReplaceAll(strings.TrimSpace(rest), "\n", ", "), ", "))
	}
	first, rest, ok := strings.Cut(text, ",")
	if !ok || !digit.MatchString(rest) {
		return read.Line(text), ""
	}
	if number, after, _ := strings.Cut(rest, ","); houseNumber.MatchString(number) {
		first, rest = first+","+number, after
	}
	return read.Line(first), read.Line(rest)
}

// geo reads "50.43;4.61", also with a comma; nil when it is no point of the
// globe, or the one that stands for none.
func geo(s string) *federation.Point {
	lat, lon, ok := strings.Cut(strings.TrimSpace(s), ";")
	if !ok {
		if lat, lon, ok = strings.Cut(s, ","); !ok {
			return nil
		}
	}
	lon, _, _ = strings.Cut(lon, ";")
	y, err := strconv.ParseFloat(strings.TrimSpace(lat), 64)
	x, err2 := strconv.ParseFloat(strings.TrimSpace(lon), 64)
	p := federation.Point{Lat: y, Lon: x}
	if err != nil || err2 != nil || !p.Valid() || x == 0 && y == 0 {
		return nil
	}
	return &p
}
