// Package geojson reads the outlines of territories out of a file of GeoJSON
// (RFC 7946), such as a statistical office publishes of its communes.
//
// It guarantees that no file costs more than its bounds, and that what it
// returns is drawable: every point on the globe, every ring closed.
package geojson

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"github.com/plonegov/carillon/federation"
)

// Bounds of a file: all communes of France at full resolution stay below.
const (
	MaxBytes    = 256 << 20
	maxFeatures = 200_000
	maxPoints   = 500_000 // kept, of all outlines
)

// gridLines is how many lines of the grid lie across the longer side of all
// that is kept: a map is never drawn larger.
const gridLines = 4000

// ErrTooLarge says that a file is beyond the bounds of this package.
var ErrTooLarge = errors.New("the file is too large")

// Outlines returns the outlines whose code wanted accepts, by code. A feature's
// code is its id, or that of its properties which commonly holds an official
// one (see codeKeys), without a country before it ("BE_25018"). Several
// features of one code are one territory. Other kinds of geometry than Polygon
// and MultiPolygon are passed over.
func Outlines(r io.Reader, wanted func(code string) bool) (map[string]federation.Outline, error) {
	d := json.NewDecoder(bufio.NewReader(&io.LimitedReader{R: r, N: MaxBytes}))
	out := make(map[string]federation.Outline)
	points := 0
	err := features(d, func(f feature) error {
		code, ok := f.code(wanted)
		if !ok {
			return nil
		}
		outline, err := f.Geometry.outline()
		if err != nil {
			return fmt.Errorf("the outline of %s: %w", code, err)
		}
		if points += outline.Points(); points > maxPoints {
			return fmt.Errorf("%w: more than %d points", ErrTooLarge, maxPoints)
		}
		out[code] = append(out[code], outline...)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return coarser(out), nil
}

// feature is what counts of one (RFC 7946, 3.2).
type feature struct {
	Type       string          `json:"type"`
	ID         json.RawMessage `json:"id"`
	Properties map[string]any  `json:"properties"`
	Geometry   geometry        `json:"geometry"`
}

// features calls do for each feature of the collection, one at a time.
func features(d *json.Decoder, do func(feature) error) error {
	if err := enter(d, '{'); err != nil {
		return err
	}
	found := false
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return broken(err)
		}
		if key != "features" {
			var skipped json.RawMessage
			if err := d.Decode(&skipped); err != nil {
				return broken(err)
			}
			continue
		}
		if err := enter(d, '['); err != nil {
			return err
		}
		found = true
		for n := 0; d.More(); n++ {
			var f feature
			if err := d.Decode(&f); err != nil {
				return broken(err)
			}
			if n == maxFeatures {
				return fmt.Errorf("%w: more than %d features", ErrTooLarge, maxFeatures)
			}
			if err := do(f); err != nil {
				return err
			}
		}
		if _, err := d.Token(); err != nil {
			return broken(err)
		}
	}
	if _, err := d.Token(); err != nil {
		return broken(err)
	}
	if !found {
		return errors.New(`it is no GeoJSON feature collection: "features" is missing`)
	}
	return nil
}

func enter(d *json.Decoder, delim json.Delim) error {
	t, err := d.Token()
	if err != nil {
		return broken(err)
	}
	if t != delim {
		return fmt.Errorf("it is no GeoJSON feature collection: %v stands where %v should", t, delim)
	}
	return nil
}

func broken(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("it ends in the middle, or is larger than %d MiB", MaxBytes>>20)
	}
	return fmt.Errorf("it is no GeoJSON: %w", err)
}

// codeKeys are the properties that hold official codes in the files of Statbel,
// IGN, BKG, PDOK, Eurostat and OpenStreetMap, in lower case.
var codeKeys = []string{
	"code", "nis", "niscode", "nis_code", "cd_munty_refnis", "insee", "insee_com", "code_insee", "com", "codgeo",
	"ags", "rs", "gemeentecode", "statcode", "lau", "lau_id", "lau_code", "gisco_id", "ref:ins", "ref:insee",
}

// code is the first of a feature's codes that is wanted.
func (f feature) code(wanted func(string) bool) (string, bool) {
	var id any
	if len(f.ID) > 0 && json.Unmarshal(f.ID, &id) == nil {
		if code, ok := oneCode(id, wanted); ok {
			return code, true
		}
	}
	for key, value := range f.Properties {
		if slices.Contains(codeKeys, strings.ToLower(key)) {
			if code, ok := oneCode(value, wanted); ok {
				return code, true
			}
		}
	}
	return "", false
}

// oneCode reads a code, which some write as a number, some with letters of a
// country or a level before it.
func oneCode(value any, wanted func(string) bool) (string, bool) {
	var s string
	switch value := value.(type) {
	case string:
		s = strings.TrimSpace(value)
	case float64:
		if value < 0 || value > 1e12 || value != math.Trunc(value) {
			return "", false
		}
		s = fmt.Sprintf("%.0f", value)
	}
	for _, form := range []string{s, "0" + s, strings.TrimLeft(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_-")} {
		if form != "" && wanted(form) {
			return form, true
		}
	}
	return "", false
}

// geometry is a Polygon or a MultiPolygon (RFC 7946, 3.1.6 and 3.1.7).
type geometry struct {
	Type        string          `json:"type"`
	Coordinates json.RawMessage `json:"coordinates"`
}

func (g geometry) outline() (federation.Outline, error) {
	var polygons [][][][]float64
	var err error
	switch g.Type {
	case "Polygon":
		polygons = make([][][][]float64, 1)
		err = json.Unmarshal(g.Coordinates, &polygons[0])
	case "MultiPolygon":
		err = json.Unmarshal(g.Coordinates, &polygons)
	}
	if err != nil {
		return nil, errors.New("its coordinates are no polygons")
	}
	var out federation.Outline
	for _, rings := range polygons {
		for _, ring := range rings {
			points, err := closed(ring)
			if err != nil {
				return nil, err
			}
			out = append(out, points)
		}
	}
	return out, nil
}

// closed reads a ring: longitude before latitude, and the first point again at
// the end (RFC 7946, 3.1.1 and 3.1.6).
func closed(ring [][]float64) ([]federation.Point, error) {
	points := make([]federation.Point, 0, len(ring)+1)
	for _, at := range ring {
		if len(at) < 2 {
			return nil, errors.New("a position lacks its latitude")
		}
		p := federation.Point{Lat: at[1], Lon: at[0]}
		if !p.Valid() {
			return nil, fmt.Errorf("%g, %g is no longitude and latitude in degrees: the file must be in WGS 84 (EPSG:4326)", at[0], at[1])
		}
		points = append(points, p)
	}
	if n := len(points); n > 0 && points[0] != points[n-1] {
		points = append(points, points[0])
	}
	return points, nil
}

// coarser puts all outlines on one grid, so that neighbours still touch.
func coarser(all map[string]federation.Outline) map[string]federation.Outline {
	south, north, west, east := 90.0, -90.0, 180.0, -180.0
	for _, o := range all {
		for _, ring := range o {
			for _, p := range ring {
				south, north = min(south, p.Lat), max(north, p.Lat)
				west, east = min(west, p.Lon), max(east, p.Lon)
			}
		}
	}
	step := max(north-south, east-west) / gridLines
	step = max(math.Round(step*1e5), 1) / 1e5
	out := make(map[string]federation.Outline, len(all))
	for code, o := range all {
		if o = o.Coarser(step); len(o) > 0 {
			out[code] = o
		}
	}
	return out
}
