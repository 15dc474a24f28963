package feed

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"
	"github.com/plonegov/carillon/harvester/read"

	ext "github.com/mmcdole/gofeed/extensions"
)

// A warning is what an entry says in the vocabulary of CAP 1.0 to 1.2, either
// beside its own elements (as the indexes of the US National Weather Service
// do) or as a whole alert in its content.
type capAlert struct {
	alert extended   // names without prefix
	info  extended   // the same as alert where the elements stand in the entry
	areas []extended // each with areadesc, polygon, circle, geocode
	whole bool       // an alert that needs no page of its own
}

// capType is the media type of a CAP alert.
const capType = "application/cap+xml"

// alert takes the CAP elements of an entry. Of several languages the one of the
// source is read.
func (x extended) alert(e *entry, lang string) {
	in := extended{"": x["cap"]}
	a := &capAlert{alert: in, info: in, areas: []extended{in}}
	if whole := x["cap"]["alert"]; len(whole) > 0 {
		w := whole[0]
		a = &capAlert{alert: extended{"": w.Children}, whole: len(w.Children["info"]) > 0}
		a.info = a.alert
		for i, info := range w.Children["info"] {
			n := extended{"": info.Children}
			if i == 0 || sameLanguage(n.value("", "language"), lang) && !sameLanguage(a.info.value("", "language"), lang) {
				a.info, a.areas = n, nil
				for _, area := range info.Children["area"] {
					a.areas = append(a.areas, extended{"": area.Children})
				}
			}
		}
	}
	if a.info.value("", "event")+a.info.value("", "severity")+a.info.value("", "urgency")+a.info.value("", "certainty") == "" {
		return
	}
	e.alert = a
	e.title = cmp.Or(e.title, read.Escape(cmp.Or(a.info.value("", "headline"), a.info.value("", "event"))))
	e.content = cmp.Or(e.content, read.Paragraphs(a.info.value("", "description")))
	e.published = cmp.Or(e.published, a.alert.value("", "sent"), a.info.value("", "effective"))
	e.expires = cmp.Or(e.expires, a.info.value("", "expires"))
	e.language = cmp.Or(e.language, a.info.value("", "language"))
	e.link = cmp.Or(e.link, webOnly(a.info.value("", "web")))
	e.fact("contact", a.info.value("", "contact"))
}

// spaced is text on one line.
func spaced(s string) string { return strings.Join(strings.Fields(s), " ") }

func sameLanguage(a, b string) bool {
	a, _, _ = strings.Cut(strings.ToLower(a), "-")
	b, _, _ = strings.Cut(strings.ToLower(b), "-")
	return a == b
}

// alerted makes it an alert.
func (r *reading) alerted(it *federation.Item, e *entry, lang string) {
	a := e.alert
	low := func(name string) string { return strings.ToLower(strings.TrimSpace(a.info.value("", name))) }
	it.Type = federation.AlertItem
	it.Alert = &federation.Alert{
		Event: spaced(a.info.value("", "event")), Severity: low("severity"), Urgency: low("urgency"), Certainty: low("certainty"),
		Instruction: markup.Text(read.Escape(a.info.value("", "instruction"))),
		Onset:       r.date(cmp.Or(a.info.value("", "onset"), a.info.value("", "effective")), lang),
		Sender:      spaced(cmp.Or(a.info.value("", "sendername"), a.alert.value("", "sender"))),
		Signed:      len(a.alert[""]["signature"]) > 0,
	}
	for _, kind := range a.info.values("", "responsetype") {
		it.Alert.Response = append(it.Alert.Response, strings.ReplaceAll(strings.ToLower(kind), " ", ""))
	}
	it.Alert.Ended = it.Alert.Lifted() || federation.IsCalm(it.Alert.Severity) || a.calm()
	for _, area := range a.areas[:min(len(a.areas), maxAreas)] {
		zone := zoneOf(area)
		for name := range strings.SplitSeq(zone.Name, ";") {
			if name = strings.TrimSpace(name); name != "" && len(it.Alert.Areas) < maxAreas {
				it.Alert.Areas = append(it.Alert.Areas, name)
			}
		}
		if len(zone.Polygons)+len(zone.Circles)+len(zone.Codes) > 0 {
			it.Alert.Zones = append(it.Alert.Zones, zone)
		}
	}
	if it.Place == nil {
		it.Place = placeOf(it.Alert.Zones)
	}
	it.Categories = texts(append(it.Categories, a.info.values("", "category")...))
	for ref := range strings.FieldsSeq(a.alert.value("", "references")) { // sender,identifier,sent
		if part := strings.Split(ref, ","); len(part) == 3 && part[1] != cleanID(e.id) && len(it.Replaces) < maxAreas && strings.EqualFold(a.alert.value("", "msgtype"), "update") {
			it.Replaces = append(it.Replaces, part[1])
		}
	}
}

// calm reports whether a parameter says that there is nothing to warn of.
func (a *capAlert) calm() bool {
	for _, p := range a.info[""]["parameter"] {
		for i, name := range p.Children["valuename"] {
			if i < len(p.Children["value"]) && federation.CalmLevel(name.Value, p.Children["value"][i].Value) {
				return true
			}
		}
	}
	return false
}

// maxAreas bounds the areas of an alert and the alerts it names.
const maxAreas = 500

// zoneOf reads one area (CAP 1.2, 3.2.4).
func zoneOf(area extended) federation.AlertZone {
	z := federation.AlertZone{Name: spaced(area.value("", "areadesc"))}
	for _, s := range area.values("", "polygon") {
		c := coordinates(s)
		if middle(c, 4) == nil || len(z.Polygons) == maxAreas {
			continue
		}
		var ring []federation.Point
		for i := 0; i+1 < len(c); i += 2 {
			ring = append(ring, federation.Point{Lat: c[i], Lon: c[i+1]})
		}
		if ring[0] != ring[len(ring)-1] {
			ring = append(ring, ring[0])
		}
		z.Polygons = append(z.Polygons, ring)
	}
	for _, s := range area.values("", "circle") {
		at, radius, _ := strings.Cut(strings.TrimSpace(s), " ")
		km, err := strconv.ParseFloat(strings.TrimSpace(radius), 64)
		if p := onePoint(at); p != nil && err == nil && km >= 0 && km < 50_000 && len(z.Circles) < maxAreas {
			z.Circles = append(z.Circles, federation.Circle{Center: *p, Radius: km})
		}
	}
	for _, g := range area[""]["geocode"] {
		z.Codes = append(z.Codes, codes(g)...)
	}
	z.Codes = z.Codes[:min(len(z.Codes), maxAreas)]
	return z
}

// codes pairs names and values, of which an index of the US National Weather
// Service has several in one geocode, the values in a list.
func codes(g ext.Extension) []federation.Code {
	var out []federation.Code
	for i, name := range g.Children["valuename"] {
		if i == len(g.Children["value"]) {
			break
		}
		for value := range strings.FieldsSeq(g.Children["value"][i].Value) {
			out = append(out, federation.Code{System: name.Value, Value: value})
		}
	}
	return out
}

// placeOf is the middle of the first outline.
func placeOf(zones []federation.AlertZone) *federation.Place {
	for _, z := range zones {
		for _, ring := range z.Polygons {
			var c []float64
			for _, p := range ring {
				c = append(c, p.Lat, p.Lon)
			}
			if at := middle(c, 1); at != nil {
				return &federation.Place{Name: z.Name, Point: at}
			}
		}
		for _, c := range z.Circles {
			return &federation.Place{Name: z.Name, Point: &c.Center}
		}
	}
	return nil
}

// withdraws takes an entry that is no news for the public: an alert that is
// cancelled takes those it names back, an exercise or a test is left out.
func (r *reading) withdraws(e *entry, it *federation.Item) bool {
	if e.alert == nil {
		return false
	}
	if status := strings.ToLower(e.alert.alert.value("", "status")); status != "" && status != "actual" {
		r.Warn(cleanID(e.id), "is an alert that is not meant for the public ("+read.Clip(status, 20)+"); left out")
		return true
	}
	if !strings.EqualFold(e.alert.alert.value("", "msgtype"), "cancel") {
		return false
	}
	for ref := range strings.FieldsSeq(e.alert.alert.value("", "references")) {
		if part := strings.Split(ref, ","); len(part) == 3 && len(r.Gone) < maxGone {
			r.Gone = append(r.Gone, federation.Tombstone{OriginID: cleanID(part[1])})
		}
	}
	if id := cleanID(e.id); id != "" && len(r.Gone) < maxGone {
		r.Gone = append(r.Gone, federation.Tombstone{OriginID: id, When: it.Updated})
	}
	return true
}

// paged names the alert that an entry leads to, instead of being an item
// itself. An alert that stands in the entry needs no page.
func (r *reading) paged(e *entry, it federation.Item, base string) bool {
	if e.alert != nil && e.alert.whole {
		return false
	}
	found := false
	for _, f := range e.files {
		address := resolve(base, strings.TrimSpace(f.URL))
		if read.MediaType(f.Type, f.URL) != capType || !isWeb(address) || r.pages[address] || len(r.Pages) == maxItems {
			continue
		}
		found = true
		if r.pages == nil {
			r.pages = map[string]bool{}
		}
		r.pages[address] = true
		it.OriginID = cleanID(cmp.Or(e.id, address))
		r.Pages = append(r.Pages, federation.Page{URL: address, Format: "cap", Stamp: strings.TrimSpace(cmp.Or(e.updated, e.published)), Item: it})
	}
	return found
}
