package ics

import (
	"strings"
	"time"

	"github.com/plonegov/carillon/federation"
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
	home    *zone // of clocks that name none
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
func newZones(c *calendar, all []*component, lang string, budget *int, warn func(string)) *zones {
	z := &zones{lang: lang, budget: budget, defined: map[string]*component{}, found: map[string]*zone{}, warn: warn}
	for _, def := range all {
		if id := def.text("TZID"); id != "" && len(z.defined) < maxZones {
			if _, ok := z.defined[id]; !ok {
				z.defined[id] = def
			}
		}
	}
	z.home = named(dates.Zone(lang))
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
		home = named(dates.Zone(z.lang))
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

// ownZone is a VTIMEZONE (RFC 5545, 3.6.5).
type ownZone struct {
	parts  []observance
	years  map[int][]change
	budget *int
}

type observance struct {
	from, to int // seconds east of UTC, before and after
	event    federation.Event
}

// change is a moment on the clock before it at which the offset becomes to.
type change struct {
	wall time.Time
	to   int
}

// maxParts bounds the observances of a zone; London has 70.
const maxParts = 200

func readZone(def *component, budget *int) *ownZone {
	o := &ownZone{years: map[int][]change{}, budget: budget}
	for _, k := range def.kids {
		if k.name != "STANDARD" && k.name != "DAYLIGHT" || len(o.parts) == maxParts {
			continue
		}
		start, _, _, ok := digitsOf(k.text("DTSTART"))
		from, ok1 := offset(k.text("TZOFFSETFROM"))
		to, ok2 := offset(k.text("TZOFFSETTO"))
		if !ok1 {
			from = to
		}
		if !ok || !ok2 {
			continue
		}
		part := observance{from: from, to: to, event: federation.Event{Start: start, Recurrence: k.text("RRULE")}}
		for _, p := range k.all("RDATE") {
			for v := range strings.SplitSeq(p.value, ",") {
				if t, _, _, ok := digitsOf(strings.ToUpper(strings.TrimSpace(v))); ok && len(part.event.Extra) < maxParts {
					part.event.Extra = append(part.event.Extra, t)
				}
			}
		}
		o.parts = append(o.parts, part)
	}
	if len(o.parts) == 0 {
		return nil
	}
	return o
}

// offset reads +0100, -00:30, +005744.
func offset(s string) (int, bool) {
	s = strings.ReplaceAll(strings.TrimSpace(s), ":", "")
	if len(s) != 5 && len(s) != 7 || s[0] != '+' && s[0] != '-' || strings.Trim(s[1:], "0123456789") != "" {
		return 0, false
	}
	n := 0
	for i := 1; i < len(s); i += 2 {
		n = n*60 + int(s[i]-'0')*10 + int(s[i+1]-'0')
	}
	if len(s) == 5 {
		n *= 60
	}
	if s[0] == '-' {
		n = -n
	}
	return n, n > -24*3600 && n < 24*3600
}

// offset is that in force when the clock shows wall: of the last change before
// it, else what was before the first.
func (o *ownZone) offset(wall time.Time) int {
	if wall.IsZero() {
		wall = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	best, have := change{to: o.parts[0].from}, false
	for _, c := range o.changes(wall.Year()) {
		if !c.wall.After(wall) && (!have || !c.wall.Before(best.wall)) {
			best, have = c, true
		}
	}
	if have {
		return best.to
	}
	first := o.parts[0]
	for _, p := range o.parts {
		if p.event.Start.Before(first.event.Start) {
			first = p
		}
	}
	return first.from
}

// changes are the last of each observance before the year and those in it.
func (o *ownZone) changes(year int) []change {
	if c, ok := o.years[year]; ok {
		return c
	}
	var out []change
	begin := time.Date(year-1, 1, 1, 0, 0, 0, 0, time.UTC)
	end := time.Date(year+1, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, p := range o.parts {
		if p.event.Recurrence != "" {
			if *o.budget--; *o.budget < 0 {
				continue
			}
		}
		list := p.event.Occurrences(begin, end)
		if len(list) == 0 && p.event.Start.Before(end) { // a rule that has ended
			list = p.event.Occurrences(time.Time{}, end)
		}
		for _, at := range list[max(len(list)-3, 0):] {
			out = append(out, change{at.Start, p.to})
		}
	}
	if len(o.years) < maxZones {
		o.years[year] = out
	}
	return out
}

// like is the name of a zone of the zone data in which clocks run the same, so
// that a series may be counted in it: home, or one of the usual. "" when there
// is none, or when the clock never changes.
func (o *ownZone) like(home *zone) string {
	winter, summer := time.Date(2026, 1, 15, 12, 0, 0, 0, time.UTC), time.Date(2026, 7, 15, 12, 0, 0, 0, time.UTC)
	if o.offset(winter) == o.offset(summer) {
		return ""
	}
	candidates := usual
	if home != nil && home.name != "" {
		candidates = append([]string{home.name}, usual...)
	}
	for _, name := range candidates {
		loc := load(name)
		if loc == nil {
			continue
		}
		same := true
		for day := time.Date(2026, 1, 4, 12, 0, 0, 0, time.UTC); day.Year() == 2026 && same; day = day.AddDate(0, 0, 7) {
			_, there := time.Date(2026, day.Month(), day.Day(), 12, 0, 0, 0, loc).Zone()
			same = there == o.offset(day)
		}
		if same {
			return name
		}
	}
	return ""
}

var usual = []string{"Europe/Brussels", "Europe/London", "Europe/Helsinki", "America/New_York", "America/Chicago", "America/Denver",
	"America/Los_Angeles", "America/Anchorage", "America/Halifax", "America/St_Johns", "Australia/Sydney", "Australia/Adelaide", "Pacific/Auckland"}

func quote(s string) string {
	if r := []rune(s); len(r) > 60 {
		s = string(r[:60]) + "…"
	}
	return "“" + strings.Join(strings.Fields(s), " ") + "”"
}
