package dila

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"
)

// decodeOrganismes reads the local data of version 3: a file for each
// <Organisme>, or several below one element.
func decodeOrganismes(root *node, doc federation.Document) (federation.Decoded, error) {
	d := directory()
	unknown := map[string]int{}
	seen := map[string]bool{}
	for _, n := range organismes(root) {
		if d.Listed++; len(d.Items) == maxOffices {
			continue
		}
		o, missing := readOrganisme(n, unknown)
		switch {
		case missing != "":
			d.Warn(o.id, missing)
		case seen[o.id]:
			d.Warn(o.id, "is in the file twice; the first is kept")
			d.Listed--
		default:
			seen[o.id] = true
			d.Items = append(d.Items, o.item(doc.URL, fileOf(doc)))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(unknown)) {
		d.Warn("", fmt.Sprintf("The element <%s> is new to us (met %d×): its text is kept.", name, unknown[name]))
	}
	if d.Listed == 0 {
		return d, errors.New("the file holds no office (no <Organisme> with a name)")
	}
	d.Complete = d.Listed > 1 && d.Listed <= len(d.Items)
	return d, nil
}

func directory() federation.Decoded {
	return federation.Decoded{Title: "Annuaire de l'administration – Service-Public.fr", Language: "fr", SiteURL: "https://lannuaire.service-public.fr/"}
}

// organismes finds the offices below root, outermost only.
func organismes(root *node) []*node {
	if root.name == "Organisme" {
		return []*node{root}
	}
	var out []*node
	for _, k := range root.kids {
		out = append(out, organismes(k)...)
	}
	return out
}

func readOrganisme(n *node, unknown map[string]int) (o office, missing string) {
	o = office{id: clean(n.get("id")), name: clean(n.child("Nom").text()), publish: foreignPublisher(n.child("EditeurSource").text())}
	o.updated, _ = time.Parse(time.DateOnly, day.FindString(n.get("dateMiseAJour")))
	if code := n.get("pivotLocal"); code != "" {
		o.kinds = []string{code}
	}
	for _, k := range n.kids {
		switch k.name {
		case "", "Nom", "EditeurSource":
		case "Adresse":
			o.readAddress(k, unknown)
		case "CoordonnéesNum", "CoordonneesNum":
			o.readContacts(k, unknown)
		case "Ouverture":
			o.readHours(k, unknown)
		default:
			o.strange(k, unknown)
		}
	}
	switch {
	case o.id == "":
		return o, "An office has no id and cannot be told from others; left out."
	case o.name == "":
		return o, "The office has no name; left out."
	}
	return o, ""
}

// strange keeps what an element says that no rule is for.
func (o *office) strange(n *node, unknown map[string]int) {
	if n.hasText() {
		unknown[n.name]++
		o.add(n.name, value{text: clean(n.text())})
	}
}

func (o *office) readAddress(n *node, unknown map[string]int) {
	a := address{kind: clean(n.get("type"))}
	var access string
	for _, k := range n.kids {
		s := clean(k.text())
		switch k.name {
		case "":
		case "Ligne":
			if s != "" {
				a.lines = append(a.lines, s)
			}
		case "CodePostal":
			a.postal = s
		case "NomCommune":
			a.town = s
		case "Localisation":
			a.point = pointOf(k.child("Latitude").text(), k.child("Longitude").text())
		case "Accessibilité", "Accessibilite":
			access = strings.TrimSpace(accessibility(k.get("type")) + " " + s)
		default:
			o.strange(k, unknown)
		}
	}
	o.address = append(o.address, a)
	o.add("Accessibilité", value{text: access})
}

// pointOf reads coordinates; nil when there are none. The directory writes 0, 0
// for places it could not find.
func pointOf(lat, lon string) *federation.Point {
	y, err1 := strconv.ParseFloat(strings.TrimSpace(lat), 64)
	x, err2 := strconv.ParseFloat(strings.TrimSpace(lon), 64)
	p := federation.Point{Lat: y, Lon: x}
	if err1 != nil || err2 != nil || !p.Valid() || x == 0 && y == 0 {
		return nil
	}
	return &p
}

func (o *office) readContacts(n *node, unknown map[string]int) {
	labels := []struct{ element, label, scheme string }{
		{"Téléphone", "Téléphone", ""}, {"Télécopie", "Télécopie", ""}, {"Email", "Courriel", "mailto:"}, {"Url", "Site internet", ""},
	}
	known := map[string]bool{"": true}
	for _, l := range labels {
		known[l.element] = true
		var values []value
		for k := range n.all(l.element) {
			v := value{text: clean(k.text())}
			switch {
			case l.scheme != "" && v.text != "":
				v.href = l.scheme + v.text
			case l.element == "Url":
				v.href = v.text
			}
			if note := clean(k.get("description")); note != "" && v.text != "" {
				v.text += " (" + note + ")"
			}
			values = append(values, v)
		}
		o.add(l.label, values...)
	}
	for _, k := range n.kids {
		if !known[k.name] {
			o.strange(k, unknown)
		}
	}
}

func (o *office) readHours(n *node, unknown map[string]int) {
	for _, k := range n.kids {
		switch k.name {
		case "":
		case "PlageJ":
			h := hours{from: clean(k.get("début")), to: clean(k.get("fin"))}
			for _, p := range k.kids {
				switch p.name {
				case "":
				case "PlageH":
					h.ranges = append(h.ranges, timeRange(clean(p.get("début")), clean(p.get("fin")))...)
				default:
					h.note = strings.TrimSpace(h.note + " " + clean(p.text()))
				}
			}
			o.hours = append(o.hours, h)
		case "Note", "Commentaire":
			o.hoursAre = strings.TrimSpace(o.hoursAre + " " + k.text())
		default:
			o.strange(k, unknown)
		}
	}
	order := []string{"lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"}
	slices.SortStableFunc(o.hours, func(a, b hours) int {
		return slices.Index(order, strings.ToLower(a.from)) - slices.Index(order, strings.ToLower(b.from))
	})
}

// htmlTag tells a text with markup in it.
var htmlTag = regexp.MustCompile(`(?i)</?(?:a|b|br|div|em|h[1-6]|i|li|ol|p|span|strong|ul)(?:\s[^<>]*)?/?>`)

// prose is a longer field as HTML that is still to be sanitised.
func prose(s string) string {
	if htmlTag.MatchString(s) {
		return "<div>" + s + "</div>"
	}
	var b strings.Builder
	for p := range strings.SplitSeq(s, "\n") {
		if p = markup.Text(escape(p)); p != "" {
			b.WriteString("<p>" + escape(p) + "</p>")
		}
	}
	return b.String()
}
