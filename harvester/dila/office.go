package dila

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"
	"github.com/plonegov/carillon/harvester/read"
)

// office is an entry of the directory of administrations (annuaire), as both of
// its formats have it.
type office struct {
	id       string
	former   string // id in version 3 of an entry of version 4
	name     string
	url      string
	publish  string // who publishes it, "" = DILA
	kinds    []string
	created  time.Time
	updated  time.Time
	mission  string // text or HTML
	address  []address
	lines    []line
	hours    []hours
	hoursAre string // a remark on all of them
}

type address struct {
	kind         string
	lines        []string
	postal, town string
	point        *federation.Point
}

// line is a row of the list below the mission: several values under one name.
type line struct {
	label  string
	values []value
}

type value struct{ text, href string }

// hours are the opening hours of some days of the week.
type hours struct {
	from, to string
	ranges   []string
	times    [][2]string // the same, as they are written
	note     string
}

// add adds from when to when.
func (h *hours) add(from, to string) {
	if r := timeRange(from, to); r != nil {
		h.ranges, h.times = append(h.ranges, r...), append(h.times, [2]string{from, to})
	}
}

func (o *office) add(label string, values ...value) {
	values = slices.DeleteFunc(values, func(v value) bool { return v.text == "" })
	if len(values) > 0 {
		o.lines = append(o.lines, line{label, values})
	}
}

// onOneLine is the address without the name of the place.
func (a address) onOneLine() string {
	parts := slices.Clone(a.lines)
	if town := strings.TrimSpace(a.postal + " " + a.town); town != "" {
		parts = append(parts, town)
	}
	return strings.Join(parts, ", ")
}

// maxOffices bounds the entries of one document.
const maxOffices = 20_000

// item makes an item of type place. Its categories are the kinds of office, by
// name: a commune's own offices are found by them.
func (o office) item(at, file string) federation.Item {
	it := federation.Item{
		OriginID: o.id, Type: federation.PlaceItem, URL: o.url, Title: o.name, Language: "fr",
		Published: o.created, Updated: o.updated, Place: &federation.Place{Name: o.name},
	}
	if o.former != "" && o.former != o.id {
		it.Replaces = []string{o.former}
	}
	for _, code := range o.kinds {
		if name := pivotName(code); name != "" && !slices.Contains(it.Categories, name) {
			it.Categories = append(it.Categories, name)
		}
	}
	if a := o.main(); a != nil {
		it.Place.Address, it.Place.PostalCode, it.Place.Point = a.onOneLine(), a.postal, a.point
	}
	it.Place.Hours = o.week()
	m := meta{id: o.id, url: o.url, updated: o.updated, publisher: o.publish}
	it.Provenance.License, it.Provenance.Attribution = m.rights(at, file)
	it.Content = markup.Sanitise(o.html(), nil)
	return it
}

// week are the hours that an office is open in any week. A remark ("2e et 4e
// samedis", "fermée en août", "sur rendez-vous") says that there is more to them:
// then nobody is told that it is open now.
func (o office) week() federation.Hours {
	if strings.TrimSpace(o.hoursAre) != "" {
		return ""
	}
	var week []federation.Opening
	for _, h := range o.hours {
		from, to := slices.Index(dayNames, strings.ToLower(h.from)), slices.Index(dayNames, strings.ToLower(cmp.Or(h.to, h.from)))
		if h.note != "" || from < 0 || to < from || len(h.times) == 0 {
			return ""
		}
		for _, t := range h.times {
			opens, ok := federation.ParseClock(t[0])
			closes, good := federation.ParseClock(t[1])
			if !ok || !good {
				return ""
			}
			for day := from; day <= to; day++ {
				week = append(week, federation.Opening{Day: time.Weekday((day + 1) % 7), From: opens, To: closes})
			}
		}
	}
	return federation.NewHours(week, nil)
}

// dayNames begins as the week does.
var dayNames = []string{"lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"}

// main is the address to go to: one with coordinates before one without, what
// is not for letters only before what is.
func (o office) main() *address {
	var best *address
	rank := func(a *address) int {
		n := 0
		if a.point != nil {
			n += 2
		}
		if !strings.EqualFold(a.kind, "postale") && !strings.EqualFold(a.kind, "Adresse postale") {
			n++
		}
		return n
	}
	for i := range o.address {
		if best == nil || rank(&o.address[i]) > rank(best) {
			best = &o.address[i]
		}
	}
	return best
}

func (o office) html() string {
	r := &renderer{level: 2}
	if o.mission != "" {
		r.out.WriteString(read.Prose(o.mission))
	}
	if len(o.address)+len(o.lines)+len(o.kinds) > 0 {
		r.wrap("dl", "", func() {
			for _, a := range o.address {
				r.entry(addressLabel(a.kind), value{text: a.onOneLine()})
			}
			for _, l := range o.lines {
				r.entry(l.label, l.values...)
			}
		})
	}
	if len(o.hours) > 0 || o.hoursAre != "" {
		r.heading(func() { r.text("Horaires d'ouverture") })
		r.timetable(o.hours)
		if o.hoursAre != "" {
			r.out.WriteString(read.Prose(o.hoursAre))
		}
	}
	return r.out.String()
}

func addressLabel(kind string) string {
	switch strings.ToLower(kind) {
	case "", "physique", "géopostale", "adresse":
		return "Adresse"
	case "postale", "adresse postale":
		return "Adresse postale"
	}
	return kind
}

func (r *renderer) entry(label string, values ...value) {
	r.wrap("dt", "", func() { r.text(label) })
	for _, v := range values {
		r.wrap("dd", "", func() {
			switch {
			case v.href != "":
				r.anchor(v.href, func() { r.text(v.text) })
			case read.IsHTML(v.text):
				r.out.WriteString(v.text)
			default:
				r.text(v.text)
			}
		})
	}
}

func (r *renderer) timetable(all []hours) {
	if len(all) == 0 {
		return
	}
	r.wrap("table", "", func() {
		r.wrap("tbody", "", func() {
			for _, h := range all {
				r.wrap("tr", "", func() {
					r.out.WriteString(`<th scope="row">`)
					r.text(h.days())
					r.out.WriteString("</th>")
					r.wrap("td", "", func() { r.text(strings.Join(append(slices.Clone(h.ranges), h.notes()...), ", ")) })
				})
			}
		})
	})
}

func (h hours) notes() []string {
	if h.note == "" {
		return nil
	}
	return []string{h.note}
}

// days is "Lundi" or "Du lundi au mercredi".
func (h hours) days() string {
	from, to := strings.ToLower(h.from), strings.ToLower(h.to)
	switch {
	case from == "" || to == "" || from == to:
		day := from + to
		if from == to {
			day = from
		}
		return capital(day)
	}
	return fmt.Sprintf("Du %s au %s", from, to)
}

func capital(s string) string {
	if s == "" {
		return ""
	}
	r := []rune(s)
	return strings.ToUpper(string(r[:1])) + string(r[1:])
}

// clock turns 08:30:00 into 08:30.
func clock(s string) string {
	s = strings.TrimSpace(s)
	if len(s) == len("08:30:00") && strings.HasSuffix(s, ":00") {
		return s[:5]
	}
	return s
}

func timeRange(from, to string) []string {
	from, to = clock(from), clock(to)
	switch {
	case from == "" && to == "":
		return nil
	case from == "" || to == "":
		return []string{from + to}
	}
	return []string{from + " – " + to}
}

// accessibility puts the codes of the directory in words.
func accessibility(code string) string {
	switch code {
	case "ACC":
		return "Accessible"
	case "DEM":
		return "Accessible sur demande préalable"
	case "NAC":
		return "Non accessible"
	}
	return code
}
