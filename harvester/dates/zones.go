package dates

import (
	"strings"
	"time"

	"github.com/plonegov/carillon/federation"
)

// zones holds offsets in minutes. Where a name has several meanings, the one
// of North America or Western Europe is taken, as RFC 822, 5.1 and the readers
// of feeds do. MESZ and MEZ are German, HNEC and HAEC French.
var zones = map[string]int{
	"z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0, "west": 60, "bst": 60, "ist": 60,
	"cet": 60, "cest": 120, "met": 60, "mest": 120, "mez": 60, "mesz": 120, "hnec": 60, "haec": 120,
	"eet": 120, "eest": 180, "oez": 120, "oesz": 180, "msk": 180,
	"at": -240, "ast": -240, "adt": -180,
	"et": -300, "est": -300, "edt": -240,
	"ct": -360, "cst": -360, "cdt": -300,
	"mt": -420, "mst": -420, "mdt": -360,
	"pt": -480, "pst": -480, "pdt": -420,
	"akst": -540, "akdt": -480, "hst": -600,
	"jst": 540, "kst": 540, "hkt": 480, "sgt": 480, "aest": 600, "aedt": 660, "nzst": 720, "nzdt": 780,
}

// zoneOf reads "CEST", "+0100", "+01:00", "-5", "UTC+2", "GMT-01:01" and
// "+0100 (CET)".
func zoneOf(s string) (*time.Location, bool) {
	s = strings.ToLower(strings.TrimSpace(s))
	if i := strings.IndexByte(s, '('); i > 0 {
		s = strings.TrimSpace(s[:i])
	}
	if area, city, ok := strings.Cut(s, "/"); ok {
		if min, ok := zones[city]; ok && min == 0 && area == "etc" {
			return time.UTC, true
		}
		loc := Named(capitals(s))
		return loc, loc != nil
	}
	sign := strings.IndexAny(s, "+-")
	if sign < 0 {
		min, ok := zones[s]
		return fixed(s, min), ok
	}
	base := 0
	if name := strings.TrimSpace(s[:sign]); name != "" {
		min, ok := zones[name]
		if !ok || min != 0 { // only UTC+2 and its like: "EST+5" has two readings
			return nil, false
		}
		base = min
	}
	off, ok := offset(strings.TrimLeft(s[sign:], "+-"))
	if !ok {
		return nil, false
	}
	if s[sign] == '-' {
		off = -off
	}
	return fixed("", base+off), true
}

// capitals is a name of the zone data that was written small, when it begins
// with an area of the world.
func capitals(s string) string {
	b := []byte(s)
	for i := range b {
		if (i == 0 || b[i-1] == '/' || b[i-1] == '_') && b[i] >= 'a' && b[i] <= 'z' {
			b[i] -= 'a' - 'A'
		}
	}
	for _, area := range areas {
		if strings.HasPrefix(string(b), area) {
			return string(b)
		}
	}
	return ""
}

func fixed(name string, minutes int) *time.Location {
	if minutes == 0 {
		return time.UTC
	}
	return time.FixedZone(strings.ToUpper(name), minutes*60)
}

// offset reads hours and minutes: "1", "01", "0100", "01:00".
func offset(s string) (minutes int, ok bool) {
	h, m := s, "0"
	switch {
	case strings.Contains(s, ":"):
		h, m, _ = strings.Cut(s, ":")
	case len(s) >= 3:
		h, m = s[:len(s)-2], s[len(s)-2:]
	}
	if len(h) > 2 || len(m) > 2 || !digits(h) || !digits(m) || number(h) > 15 || number(m) > 59 {
		return 0, false
	}
	return number(h)*60 + number(m), true
}

// In is the civil time of dates that name no zone: that of the IANA zone, which
// the harvester settles for each source, else of federation.DefaultZone.
func In(zone string) *time.Location {
	if loc, ok := federation.Location(zone); ok {
		return loc
	}
	if loc, ok := federation.Location(federation.DefaultZone); ok {
		return loc
	}
	return time.UTC // a machine without zone data
}

// Location is the zone that a calendar or a server names, as [Named] finds it or
// by its offset: "Europe/Paris", "Romance Standard Time", "GMT+02:00",
// "(UTC-03:00) Brasília"; nil when that is unknown.
func Location(id string) *time.Location {
	if loc := Named(id); loc != nil {
		return loc
	}
	id, _, _ = strings.Cut(strings.TrimLeft(id, "("), ")")
	if loc, ok := zoneOf(id); ok && len(id) <= maxLen && strings.ContainsAny(id, "+-") {
		return loc
	}
	return nil
}

// Named is the zone of the zone data with the name, in the ways in which names
// are written, nil when there is none: as it is, after a
// prefix (/freeassociation.sourceforge.net/Europe/Brussels, custom_Europe/Paris),
// as Windows and as Outlook
// call it. The zone of the machine is none.
func Named(id string) *time.Location {
	if id = strings.Trim(strings.TrimSpace(id), `"`); id == "" || len(id) > 200 || strings.EqualFold(id, "local") {
		return nil
	}
	if prefix := len("tzone://microsoft/"); len(id) > prefix && strings.EqualFold(id[:prefix], "tzone://microsoft/") {
		id = id[prefix:]
	}
	switch strings.ToUpper(id) {
	case "UTC", "GMT", "Z", "ETC/UTC", "ETC/GMT", "COORDINATED UNIVERSAL TIME":
		return time.UTC
	}
	if iana := windows[strings.ToLower(strings.TrimRight(id, " 0123456789"))]; iana != "" {
		return load(iana)
	}
	for _, area := range areas {
		if i := strings.Index(id, area); i > 0 {
			if loc := load(strings.ReplaceAll(id[i:], " ", "_")); loc != nil {
				return loc
			}
		}
	}
	if loc := load(strings.ReplaceAll(id, " ", "_")); loc != nil {
		return loc
	}
	return cityOf(id)
}

// areas are the beginnings of names that are looked for within others.
var areas = []string{"Europe/", "America/", "Africa/", "Asia/", "Australia/", "Atlantic/", "Pacific/", "Indian/", "Antarctica/", "Arctic/"}

// cityOf finds the zone by a city that Outlook lists: "(UTC+01:00) Brussels,
// Copenhagen, Madrid, Paris".
func cityOf(id string) *time.Location {
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
		for _, area := range areas {
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
	loc, _ := federation.Location(name)
	return loc
}
