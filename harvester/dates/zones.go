package dates

import (
	"strings"
	"sync"
	"time"
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
	if strings.Contains(s, "/") {
		return named(s)
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

// cities are the names of the tz database that are looked up: those of the
// languages of the hub. Others would be files of the machine by names from
// outside.
var cities = words("amsterdam andorra berlin bern brussels dublin lisbon london luxembourg madrid monaco paris rome san_marino vaduz vienna zurich")

// named reads "Europe/Brussels", "Etc/UTC".
func named(s string) (*time.Location, bool) {
	area, city, _ := strings.Cut(s, "/")
	switch {
	case area == "etc":
		min, ok := zones[city]
		return fixed(city, min), ok && min == 0
	case area != "europe" || !cities[city]:
		return nil, false
	}
	parts := strings.Split(city, "_")
	for i, p := range parts {
		parts[i] = strings.ToUpper(p[:1]) + p[1:]
	}
	loc, err := time.LoadLocation("Europe/" + strings.Join(parts, "_"))
	return loc, err == nil
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

// Zone returns the civil time of the publishers that write in the language
// with the BCP 47 tag lang, for dates that name no zone. French, Dutch, German,
// Spanish, Italian and Basque are written from Lisbon's neighbours to Vienna,
// which keep one time; a tag with a region elsewhere ("fr-CA"), another
// language, and a machine without zone data mean UTC.
func Zone(lang string) *time.Location {
	primary, region, _ := strings.Cut(strings.ToLower(lang), "-")
	switch primary {
	case "fr", "nl", "de", "es", "it", "eu", "lb", "ca":
	default:
		return time.UTC
	}
	switch region {
	case "", "be", "fr", "nl", "de", "at", "ch", "lu", "li", "es", "it", "mc", "sm":
		return central()
	}
	return time.UTC
}

// In returns the civil time of dates that name no zone: that of the IANA zone,
// which the harvester has settled for the source, else of the language.
func In(zone, lang string) *time.Location {
	if zone == "" || zone == "Local" {
		return Zone(lang)
	}
	if loc, ok := loaded.Load(zone); ok {
		return loc.(*time.Location)
	}
	loc, err := time.LoadLocation(zone)
	if err != nil {
		return Zone(lang)
	}
	loaded.Store(zone, loc)
	return loc
}

// loaded keeps what time.LoadLocation reads from disk each time. It holds names
// of the zone data alone, so it cannot grow.
var loaded sync.Map

var central = sync.OnceValue(func() *time.Location {
	loc, err := time.LoadLocation("Europe/Brussels")
	if err != nil {
		return time.UTC
	}
	return loc
})
