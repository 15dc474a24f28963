package ics

import (
	"strings"
	"time"

	"github.com/plonegov/carillon/harvester/dates"
)

// zone is where a clock hangs: one of the zone data, or one that the calendar
// alone defines.
type zone struct {
	loc  *time.Location // nil = rules
	name string         // IANA name for a series, "" = none known
	own  *ownZone
}

// at is the moment at which the clock shows wall.
func (z *zone) at(wall time.Time) time.Time {
	loc := z.location(wall)
	return time.Date(wall.Year(), wall.Month(), wall.Day(), wall.Hour(), wall.Minute(), wall.Second(), 0, loc)
}

// location is the zone about the time wall.
func (z *zone) location(wall time.Time) *time.Location {
	if z.loc != nil {
		return z.loc
	}
	return time.FixedZone("", z.own.offset(wall))
}

// zones finds the zones of one calendar.
type zones struct {
	home    *zone          // of clocks that name none
	civil   *time.Location // of the source
	lang    string
	defined map[string]*component // VTIMEZONE by TZID
	found   map[string]*zone
	warn    func(message string)
	budget  *int // rules of zones that may still be counted
}

// maxCounted bounds how many rules of zones are counted for one document, each
// for one year.
const maxCounted = 3000

// maxZones bounds what one calendar may name.
const maxZones = 200

// newZones reads the VTIMEZONEs. Those of a whole document are one list: some
// systems write them into the first calendar alone.
func newZones(c *calendar, all []*component, home, lang string, budget *int, warn func(string)) *zones {
	z := &zones{civil: dates.In(home), lang: lang, budget: budget, defined: map[string]*component{}, found: map[string]*zone{}, warn: warn}
	for _, def := range all {
		if id := def.text("TZID"); id != "" && len(z.defined) < maxZones {
			if _, ok := z.defined[id]; !ok {
				z.defined[id] = def
			}
		}
	}
	z.home = named(z.civil)
	if id := strings.TrimSpace(c.text("X-WR-TIMEZONE", "TIMEZONE-ID")); id != "" {
		z.home = z.find(id)
	}
	return z
}

func named(loc *time.Location) *zone {
	z := &zone{loc: loc}
	if loc != time.UTC {
		z.name = loc.String()
	}
	return z
}

// find is the zone with the id, the calendar's own when nobody knows it.
func (z *zones) find(id string) *zone {
	id = strings.TrimSpace(id)
	if got, ok := z.found[id]; ok {
		return got
	}
	got := z.look(id)
	if len(z.found) < maxZones {
		z.found[id] = got
	}
	return got
}

// look prefers the zone data to what a calendar defines under the same name:
// definitions are often cut to the current year, or broken.
func (z *zones) look(id string) *zone {
	if loc := dates.Named(id); loc != nil {
		return named(loc)
	}
	def := z.defined[id]
	if def != nil {
		if loc := dates.Named(def.text("X-LIC-LOCATION")); loc != nil {
			return named(loc)
		}
		if own := readZone(def, z.budget); own != nil {
			return &zone{own: own, name: own.like(z.home)}
		}
	}
	if loc := dates.Location(id); loc != nil {
		return &zone{loc: loc}
	}
	home := z.home
	if home == nil {
		home = named(z.civil)
	}
	z.warn("The time zone " + quote(id) + " is unknown; " + home.location(time.Time{}).String() + " was taken.")
	return home
}

func quote(s string) string {
	if r := []rune(s); len(r) > 60 {
		s = string(r[:60]) + "…"
	}
	return "“" + strings.Join(strings.Fields(s), " ") + "”"
}
