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
	z := &zones{civil: dates.In(home, lang), lang: lang, budget: budget, defined: map[string]*component{}, found: map[string]*zone{}, warn: warn}
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
	if loc := locate(id); loc != nil {
		return named(loc)
	}
	def := z.defined[id]
	if def != nil {
		if loc := locate(def.text("X-LIC-LOCATION")); loc != nil {
			return named(loc)
		}
		if own := readZone(def, z.budget); own != nil {
			return &zone{own: own, name: own.like(z.home)}
		}
	}
	if loc := offsetZone(id); loc != nil {
		return &zone{loc: loc}
	}
	home := z.home
	if home == nil {
		home = named(z.civil)
	}
	z.warn("The time zone " + quote(id) + " is unknown; " + home.location(time.Time{}).String() + " was taken.")
	return home
}

// locate finds an IANA name in the ways zones are written: as it is, after a
// prefix (/freeassociation.sourceforge.net/Europe/Brussels, custom_Europe/Paris),
// as Windows and as Outlook call it.
func locate(id string) *time.Location {
	if id = strings.Trim(strings.TrimSpace(id), `"`); id == "" || len(id) > 200 || strings.EqualFold(id, "local") {
		return nil
	}
	if rest, ok := cutPrefixFold(id, "tzone://microsoft/"); ok {
		id = rest
	}
	switch strings.ToUpper(id) {
	case "UTC", "GMT", "Z", "ETC/UTC", "ETC/GMT", "COORDINATED UNIVERSAL TIME":
		return time.UTC
	}
	if iana := windows[strings.ToLower(strings.TrimRight(id, " 0123456789"))]; iana != "" {
		return load(iana)
	}
	for _, area := range []string{"Europe/", "America/", "Africa/", "Asia/", "Australia/", "Atlantic/", "Pacific/", "Indian/", "Antarctica/", "Arctic/"} {
		if i := strings.Index(id, area); i > 0 {
			if loc := load(strings.ReplaceAll(id[i:], " ", "_")); loc != nil {
				return loc
			}
		}
	}
	if loc := load(strings.ReplaceAll(id, " ", "_")); loc != nil {
		return loc
	}
	return cities(id)
}

// cities finds the zone by a city that Outlook lists: "(UTC+01:00) Brussels,
// Copenhagen, Madrid, Paris".
func cities(id string) *time.Location {
	_, list, ok := strings.Cut(id, ")")
	if !ok {
		return nil
	}
	if iana := windows[strings.ToLower(strings.TrimSpace(list))]; iana != "" {
		return load(iana)
	}
	for city := range strings.SplitSeq(list, ",") {
		city = strings.ReplaceAll(strings.TrimSpace(city), " ", "_")
		if city == "" {
			continue
		}
		for _, area := range []string{"Europe/", "America/", "Asia/", "Africa/", "Australia/", "Pacific/"} {
			if loc := load(area + city); loc != nil {
				return loc
			}
		}
	}
	return nil
}

// load is the zone of the zone data with the name, nil for any other. Names
// are looked up on disk: nothing that could lead elsewhere gets that far.
func load(name string) *time.Location {
	if name == "" || name == "Local" || strings.Trim(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_+-/") != "" || strings.HasPrefix(name, "/") || !strings.Contains(name, "/") && len(name) > 10 {
		return nil
	}
	loc, err := time.LoadLocation(name)
	if err != nil {
		return nil
	}
	return loc
}

// offsetZone reads "UTC+2", "GMT+0200", "+02:00" and "(UTC-03:00) Brasília".
func offsetZone(id string) *time.Location {
	id, _, _ = strings.Cut(strings.ToUpper(strings.TrimLeft(id, "(")), ")")
	if t, ok := dates.Parse("2026-01-01T00:00:00 "+id, "", time.UTC); ok && strings.ContainsAny(id, "+-") {
		return t.Location()
	}
	return nil
}

func quote(s string) string {
	if r := []rune(s); len(r) > 60 {
		s = string(r[:60]) + "…"
	}
	return "“" + strings.Join(strings.Fields(s), " ") + "”"
}
