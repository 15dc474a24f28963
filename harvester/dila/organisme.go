package dila

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/read"
)

// decodeOrganismes reads the local data of version 3: a file for each
// <Organisme>, or several below one element.
func decodeOrganismes(root *read.Node, doc federation.Document) (federation.Decoded, error) {
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
func organismes(root *read.Node) []*read.Node {
	if root.Name == "Organisme" {
		return []*read.Node{root}
	}
	var out []*read.Node
	for _, k := range root.Kids {
		out = append(out, organismes(k)...)
	}
	return out
}

func readOrganisme(n *read.Node, unknown map[string]int) (o office, missing string) {
	o = office{id: read.Line(n.Get("id")), name: read.Line(words(n.Child("Nom"))), publish: foreignPublisher(words(n.Child("EditeurSource")))}
	o.updated, _ = time.Parse(time.DateOnly, day.FindString(n.Get("dateMiseAJour")))
	if code := n.Get("pivotLocal"); code != "" {
		o.kinds = []string{code}
	}
	for _, k := range n.Kids {
		switch k.Name {
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
func (o *office) strange(n *read.Node, unknown map[string]int) {
	if hasText(n) {
		unknown[n.Name]++
		o.add(n.Name, value{text: read.Line(words(n))})
	}
}

func (o *office) readAddress(n *read.Node, unknown map[string]int) {
	a := address{kind: read.Line(n.Get("type"))}
	var access string
	for _, k := range n.Kids {
		s := read.Line(words(k))
		switch k.Name {
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
			a.point = pointOf(words(k.Child("Latitude")), words(k.Child("Longitude")))
		case "Accessibilité", "Accessibilite":
			access = strings.TrimSpace(accessibility(k.Get("type")) + " " + s)
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

func (o *office) readContacts(n *read.Node, unknown map[string]int) {
	labels := []struct{ element, label, scheme string }{
		{"Téléphone", "Téléphone", ""}, {"Télécopie", "Télécopie", ""}, {"Email", "Courriel", "mailto:"}, {"Url", "Site internet", ""},
	}
	known := map[string]bool{"": true}
	for _, l := range labels {
		known[l.element] = true
		var values []value
		for k := range n.All(l.element) {
			v := value{text: read.Line(words(k))}
			switch {
			case l.scheme != "" && v.text != "":
				v.href = l.scheme + v.text
			case l.element == "Url":
				v.href = v.text
			}
			if note := read.Line(k.Get("description")); note != "" && v.text != "" {
				v.text += " (" + note + ")"
			}
			values = append(values, v)
		}
		o.add(l.label, values...)
	}
	for _, k := range n.Kids {
		if !known[k.Name] {
			o.strange(k, unknown)
		}
	}
}

func (o *office) readHours(n *read.Node, unknown map[string]int) {
	for _, k := range n.Kids {
		switch k.Name {
		case "":
		case "PlageJ":
			h := hours{from: read.Line(k.Get("début")), to: read.Line(k.Get("fin"))}
			for _, p := range k.Kids {
				switch p.Name {
				case "":
				case "PlageH":
					h.add(read.Line(p.Get("début")), read.Line(p.Get("fin")))
				default:
					h.note = strings.TrimSpace(h.note + " " + read.Line(words(p)))
				}
			}
			o.hours = append(o.hours, h)
		case "Note", "Commentaire":
			o.hoursAre = strings.TrimSpace(o.hoursAre + " " + words(k))
		default:
			o.strange(k, unknown)
		}
	}
	slices.SortStableFunc(o.hours, func(a, b hours) int {
		return slices.Index(dayNames, strings.ToLower(a.from)) - slices.Index(dayNames, strings.ToLower(b.from))
	})
}
