package restapi

import (
	"strings"

	"github.com/plonegov/carillon/federation"
)

// place reads location, the address fields of iMio's types and geolocation
// (collective.geolocationbehavior).
func (r *reading) place(o Object) {
	p := federation.Place{Name: o.Text("location"), PostalCode: o.Text("zipcode"), Address: addressLine(o), Point: point(o)}
	if r.item.Type == federation.PlaceItem {
		p.Name = r.item.Title
		p.Hours = openingHours(o)
	}
	if p != (federation.Place{}) {
		r.item.Place = &p
	}
}

// addressLine is the address on one line. The country is told when it is not
// Belgium, where iMio's publishers are.
func addressLine(o Object) string {
	street := strings.TrimSpace(o.Text("street") + " " + o.Text("number"))
	if c := o.Text("complement"); c != "" {
		street = strings.TrimSpace(street + " (" + c + ")")
	}
	city := strings.TrimSpace(o.Text("zipcode") + " " + o.Text("city"))
	country := ""
	if c := o.Object("country"); c != nil && c.Raw("token") != "be" {
		country = o.Text("country")
	}
	var parts []string
	for _, s := range []string{street, city, country} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	if street == "" && city == "" {
		return ""
	}
	return strings.Join(parts, ", ")
}

func point(o Object) *federation.Point {
	g := o.Object("geolocation")
	if g == nil {
		g = o
	}
	p := federation.Point{Lat: g.Number("latitude"), Lon: g.Number("longitude")}
	if p == (federation.Point{}) || !p.Valid() {
		return nil
	}
	return &p
}
