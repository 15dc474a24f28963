package ics

import (
	"strings"
	"time"

	"github.com/plonegov/carillon/federation/recur"
	"github.com/plonegov/carillon/harvester/dates"
)

// ownZone is a VTIMEZONE (RFC 5545, 3.6.5).
type ownZone struct {
	parts  []observance
	years  map[int][]change
	budget *int
}

type observance struct {
	from, to int // seconds east of UTC, before and after
	dates    recur.Set
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
		part := observance{from: from, to: to, dates: recur.Set{Start: start, Rules: k.text("RRULE")}}
		for _, p := range k.all("RDATE") {
			for v := range strings.SplitSeq(p.value, ",") {
				if t, _, _, ok := digitsOf(strings.ToUpper(strings.TrimSpace(v))); ok && len(part.dates.Extra) < maxParts {
					part.dates.Extra = append(part.dates.Extra, t)
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
		if p.dates.Start.Before(first.dates.Start) {
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
		if p.dates.Rules != "" {
			if *o.budget--; *o.budget < 0 {
				continue
			}
		}
		list := p.dates.Between(begin, end)
		if len(list) == 0 && p.dates.Start.Before(end) { // a rule that has ended
			list = p.dates.Between(time.Time{}, end)
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
		loc := dates.Named(name)
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
