package jsonld

import (
	"cmp"
	"html"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/read"
)

// place reads a directory entry: where it is, when it is open, how to reach it.
func (w *writing) place(n node) {
	w.Type = federation.PlaceItem
	w.Place = w.venue(n)
	if w.Place == nil || w.Place.Address == "" && w.Place.Point == nil {
		if at := w.first(n["location"]); at != nil {
			w.told["location"] = true
			w.Place = cmp.Or(w.venue(at), w.Place)
		}
	}
	for _, p := range []string{"address", "geo", "latitude", "longitude"} {
		w.told[p] = true
	}
	w.hours(n)
	if w.Place != nil {
		w.Place.Hours = w.openingHours(n)
	}
	w.contact(n)
	w.fact(n, "links", "sameAs")
}

// contact tells telephone, fax, e-mail and contact points.
func (w *writing) contact(n node) {
	w.tell("telephone", w.reach(n["telephone"], "tel:")...)
	w.tell("fax", w.reach(n["faxNumber"], "")...)
	w.tell("email", w.reach(n["email"], "mailto:")...)
	w.told["telephone"], w.told["faxNumber"], w.told["email"] = true, true, true
	w.fact(n, "contact", "contactPoint", "contactPoints")
}

// reach makes telephone numbers and addresses links.
func (w *writing) reach(v any, scheme string) []string {
	var out []string
	for _, s := range w.texts(v, w.lang) {
		s = strings.TrimSpace(strings.TrimPrefix(s, scheme))
		address := strings.ReplaceAll(s, " ", "")
		if scheme == "" || strings.ContainsAny(address, "<>\"") {
			out = append(out, html.EscapeString(s))
			continue
		}
		out = append(out, read.Anchor(scheme+address, s))
	}
	return out
}

// venue reads a Place, a PostalAddress or a name. nil when it says nothing.
func (w *writing) venue(n node) *federation.Place {
	p := &federation.Place{Name: w.reading.text(n["name"], w.lang)}
	if n.is("PostalAddress") {
		p.Address, p.PostalCode = w.addressLine(n)
	} else {
		for _, v := range list(n["address"]) {
			if m, ok := v.(map[string]any); ok {
				p.Address, p.PostalCode = w.addressLine(w.follow(m))
			} else {
				p.Address = w.reading.text(v, w.lang)
			}
			if p.Address != "" {
				break
			}
		}
	}
	p.Point = w.point(n)
	if p.Point == nil {
		p.Point = w.point(w.first(n["geo"]))
	}
	if p.Name == "" && p.Address == "" && p.Point == nil {
		return nil
	}
	return p
}

// addressLine writes a PostalAddress on one line.
func (w *writing) addressLine(n node) (line, postalCode string) {
	get := func(p string) string { return w.reading.text(n[p], w.lang) }
	postalCode = get("postalCode")
	place := cmp.Or(get("addressLocality"), get("addressRegion"))
	var parts []string
	for _, s := range []string{get("streetAddress"), get("postOfficeBoxNumber"), strings.TrimSpace(postalCode + " " + place)} {
		if s != "" && !slices.Contains(parts, s) {
			parts = append(parts, strings.TrimRight(s, ", "))
		}
	}
	if len(parts) == 0 {
		return cmp.Or(get("name"), get("description")), ""
	}
	return strings.Join(parts, ", "), postalCode
}

// point reads GeoCoordinates, and the centre of a GeoCircle.
func (w *writing) point(n node) *federation.Point {
	if mid := w.first(n["geoMidpoint"]); mid != nil {
		n = mid
	}
	lat, ok1 := number(w.raw(n["latitude"], ""))
	lon, ok2 := number(w.raw(n["longitude"], ""))
	p := federation.Point{Lat: lat, Lon: lon}
	if !ok1 || !ok2 || !p.Valid() || lat == 0 && lon == 0 { // 0,0 is what empty fields of a form give
		return nil
	}
	return &p
}

// number reads 50.43 and 50,43.
func number(s string) (float64, bool) {
	f, err := strconv.ParseFloat(strings.Replace(strings.TrimSpace(s), ",", ".", 1), 64)
	return f, err == nil
}

// hours tells when a place is open. openingHours is written as it is: it is
// made for people ("Mo-Fr 09:00-17:00").
func (w *writing) hours(n node) {
	var lines []string
	for _, p := range []string{"openingHours", "openingHoursSpecification", "specialOpeningHoursSpecification", "hoursAvailable"} {
		w.told[p] = true
		for _, v := range list(n[p]) {
			m, ok := v.(map[string]any)
			if !ok {
				lines = append(lines, html.EscapeString(w.reading.text(v, w.lang)))
				continue
			}
			lines = append(lines, html.EscapeString(w.open(w.follow(m))))
		}
	}
	w.tell("hours", lines...)
}

// openingHours are those that say no more than a usual week and single days of
// closure; "" else.
func (w *writing) openingHours(n node) federation.Hours {
	var week []federation.Opening
	var closed []time.Time
	for _, v := range list(n["openingHours"]) {
		s, _ := v.(string)
		some, ok := federation.ParseOpenings(s)
		if !ok {
			return ""
		}
		week = append(week, some...)
	}
	for _, p := range []string{"openingHoursSpecification", "specialOpeningHoursSpecification"} {
		for _, v := range list(n[p]) {
			m, ok := v.(map[string]any)
			if !ok {
				return ""
			}
			some, off, ok := w.specified(w.follow(m))
			if !ok {
				return ""
			}
			week, closed = append(week, some...), append(closed, off...)
		}
	}
	return federation.NewHours(week, closed)
}

// specified reads one OpeningHoursSpecification: of days of the week without a
// season, or of one day on which nothing is open.
func (w *writing) specified(n node) (week []federation.Opening, closed []time.Time, ok bool) {
	opens, ok1 := federation.ParseClock(clock(w.raw(n["opens"], "")))
	closes, ok2 := federation.ParseClock(clock(w.raw(n["closes"], "")))
	from, until := w.raw(n["validFrom"], ""), w.raw(n["validThrough"], "")
	shut := ok1 && ok2 && opens == closes || n["opens"] == nil && n["closes"] == nil
	if from != "" || until != "" {
		day, err := time.Parse(time.DateOnly, from)
		return nil, []time.Time{day}, shut && err == nil && from == until
	}
	for _, v := range list(n["dayOfWeek"]) {
		s, _ := v.(string)
		name := s[strings.LastIndexAny(s, "/#:")+1:]
		day := slices.IndexFunc(dayNames, func(d string) bool { return strings.EqualFold(d, name) })
		if day < 0 || !shut && !(ok1 && ok2) {
			return nil, nil, false
		}
		if !shut {
			week = append(week, federation.Opening{Day: time.Weekday(day), From: opens, To: closes})
		}
	}
	return week, nil, n["description"] == nil && (len(week) > 0 || shut)
}

var dayNames = []string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"}

// open writes one OpeningHoursSpecification.
func (w *writing) open(n node) string {
	var days []string
	for _, v := range list(n["dayOfWeek"]) {
		s, _ := v.(string)
		if m, ok := v.(map[string]any); ok {
			f := node(m)
			s = cmp.Or(w.raw(scalar(f["name"]), ""), f.id())
		}
		days = append(days, label(s[strings.LastIndexAny(s, "/#:")+1:], w.lang))
	}
	opens, closes := clock(w.raw(n["opens"], "")), clock(w.raw(n["closes"], ""))
	from, until := w.reading.text(n["validFrom"], w.lang), w.reading.text(n["validThrough"], w.lang)
	var parts []string
	if len(days) > 0 {
		parts = append(parts, strings.Join(days, ", "))
	}
	if from != "" || until != "" {
		if from == until {
			until = ""
		}
		parts = append(parts, "("+strings.Trim(from+" – "+until, " –")+")")
	}
	switch {
	case opens != "" && opens == closes, opens == "" && closes == "" && len(parts) > 0:
		parts = append(parts, label("closed", w.lang))
	case opens != "" || closes != "":
		parts = append(parts, strings.Trim(opens+" – "+closes, " –"))
	}
	return strings.TrimSpace(strings.Join(parts, " ") + " " + w.reading.text(n["description"], w.lang))
}

// clock cuts seconds and offset off a time of day.
func clock(s string) string {
	s = strings.TrimSpace(s)
	if i := strings.IndexByte(s, 'T'); i >= 0 {
		s = s[i+1:]
	}
	if len(s) >= 8 && s[2] == ':' && s[5] == ':' {
		s = s[:5]
	}
	return read.Clip(s, 20)
}
