package demo

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// oparlSchema is where the types of OParl 1.1 are described.
const oparlSchema = "https://schema.oparl.org/1.1/"

// ris is a section as a council's information system, with its address.
type ris struct {
	feedView
	root string
}

func newRIS(v feedView) ris { return ris{v, v.Base + v.FeedPath()} }

func (o ris) object(kind, id string) object {
	return object{"id": o.root + id, "type": oparlSchema + kind}
}

// oparlSystem is the entry point.
func oparlSystem(_ *Region, v feedView) ([]byte, error) {
	o := newRIS(v)
	system := o.object("System", "")
	system["oparlVersion"], system["name"], system["body"] = oparlSchema, v.Title, o.root+"/bodies"
	system["website"], system["contactName"] = v.Base+v.Home(), names[v.Publisher].name
	return json.MarshalIndent(system, "", "  ")
}

// oparlLists are the lists below it, each on one page.
func oparlLists(v feedView) map[string]writer {
	list := func(objects func(ris) []object) writer {
		return func(_ *Region, v feedView) ([]byte, error) {
			all := objects(newRIS(v))
			return json.MarshalIndent(object{"data": all, "links": object{}, "pagination": object{"totalElements": len(all), "currentPage": 1, "totalPages": 1}}, "", "  ")
		}
	}
	root := v.FeedPath()
	return map[string]writer{
		root + "/bodies":              list(ris.bodies),
		root + "/body/1/meeting":      list(ris.meetings),
		root + "/body/1/paper":        list(ris.papers),
		root + "/body/1/organization": list(ris.organizations),
		root + "/body/1/person":       list(func(ris) []object { return []object{} }),
	}
}

func (o ris) bodies() []object {
	b := o.object("Body", "/body/1")
	b["name"], b["shortName"], b["website"] = names[o.Publisher].name, "Rosenthal", o.Base+"/"+o.Publisher+"/"
	for _, list := range []string{"meeting", "paper", "organization", "person"} {
		b[list] = o.root + "/body/1/" + list
	}
	return []object{b}
}

func (o ris) organizations() []object {
	g := o.object("Organization", "/organization/1")
	g["body"], g["name"], g["classification"] = o.root+"/body/1", "Gemeinderat", "Rat"
	return []object{g}
}

// dated adds what every object of the council has.
func (o ris) dated(kind string, it itemView) object {
	x := o.object(kind, "/"+it.Facts["kind"]+"/"+it.Slug)
	x["name"], x["web"], x["keyword"] = it.Title, it.URL, it.Tags
	x["created"], x["modified"] = iso(it.Date), iso(it.Date)
	x["license"] = "https://creativecommons.org/licenses/by/4.0/"
	return x
}

func (o ris) meetings() []object {
	var all []object
	for _, it := range o.Items {
		if it.Facts["kind"] != "meeting" {
			continue
		}
		m := o.dated("Meeting", it)
		m["start"], m["end"], m["cancelled"] = iso(it.Start), iso(it.End), false
		m["meetingState"] = map[bool]string{true: "durchgeführt", false: "eingeladen"}[it.End.Before(o.Now)]
		m["location"] = o.place(it)
		m["organization"] = []object{{"id": o.root + "/organization/1", "name": "Gemeinderat"}}
		text := []block{}
		for _, b := range it.Body {
			if b.List == nil {
				text = append(text, b)
			} else {
				m["agendaItem"] = o.agenda(it, b.List)
			}
		}
		m["invitation"] = o.file(it, "Einladung", plain(text))
		all = append(all, m)
	}
	return all
}

// agenda reads points such as "Ö 2: Wärmenetz – angenommen".
func (o ris) agenda(it itemView, list []string) []object {
	var all []object
	for i, line := range list {
		number, name, _ := strings.Cut(line, ": ")
		name, result, _ := strings.Cut(name, " – ")
		a := o.object("AgendaItem", fmt.Sprintf("/agenda/%s-%d", it.Slug, i+1))
		a["number"], a["order"], a["name"], a["public"] = number, i+1, name, true
		if result != "" {
			a["result"] = result
		}
		all = append(all, a)
	}
	return all
}

func (o ris) papers() []object {
	var all []object
	for _, it := range o.Items {
		if it.Facts["kind"] != "paper" {
			continue
		}
		p := o.dated("Paper", it)
		p["reference"], p["paperType"], p["date"] = it.Facts["number"], it.Facts["paper"], it.Date.Format(time.DateOnly)
		p["mainFile"] = o.file(it, it.Facts["paper"], it.Text())
		if it.Place != "" {
			p["location"] = []object{o.place(it)}
		}
		all = append(all, p)
	}
	return all
}

func (o ris) file(it itemView, name, text string) object {
	f := o.object("File", "/file/"+it.Slug)
	f["name"], f["mimeType"], f["accessUrl"], f["text"] = name, "text/html", it.URL, text
	return f
}

func (o ris) place(it itemView) object {
	p := o.object("Location", "/location/"+it.Slug)
	street, rest, _ := strings.Cut(it.Address, ", ")
	code, locality, _ := strings.Cut(rest, " ")
	p["description"], p["streetAddress"], p["postalCode"], p["locality"] = it.Place, street, code, locality
	if lat, lon, ok := it.coordinates(); ok {
		p["geojson"] = object{"type": "Feature", "geometry": object{"type": "Point", "coordinates": []float64{lon, lat}}}
	}
	return p
}
