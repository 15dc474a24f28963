package portal

import (
	"time"

	"github.com/plonegov/carillon/federation"
)

// linkedData describes an item in the words of schema.org. html/template
// writes it as JSON that no text inside can end.
func linkedData(it federation.Item, m *federation.Member, page string) map[string]any {
	lang := it.Language
	publisher := map[string]any{"@type": "GovernmentOrganization", "name": m.Name.In(lang)}
	put(publisher, "url", m.URL)
	d := map[string]any{"@context": "https://schema.org", "@type": schemaType(it), "mainEntityOfPage": page}
	name := "name"
	switch d["@type"] {
	case "NewsArticle", "Article":
		name = "headline"
	}
	d[name] = it.Title
	put(d, "description", it.Summary)
	put(d, "inLanguage", lang)
	if onWeb(it.URL) {
		d["url"] = it.URL
	}
	put(d, "license", licenceOf(it.Provenance.License).URL)
	if it.Image != nil && onWeb(it.Image.URL) {
		d["image"] = it.Image.URL
	}
	addDates(d, it)
	addEvent(d, it.Event)
	addPlace(d, it)
	switch d["@type"] {
	case "Event":
		d["organizer"] = publisher
	case "GovernmentService":
		d["serviceOperator"] = publisher
	case "Place":
	default:
		d["publisher"] = publisher
	}
	return d
}

// schemaType is the type of schema.org nearest to an item's.
func schemaType(it federation.Item) string {
	switch it.Type {
	case federation.News:
		return "NewsArticle"
	case federation.EventItem, federation.Meeting:
		if it.Event != nil {
			return "Event"
		}
	case federation.Service:
		return "GovernmentService"
	case federation.AlertItem:
		return "SpecialAnnouncement"
	case federation.PlaceItem:
		return "Place"
	case federation.DocumentItem:
		return "DigitalDocument"
	}
	return "Article"
}

func addDates(d map[string]any, it federation.Item) {
	switch d["@type"] {
	case "Event", "Place", "GovernmentService":
		return
	case "SpecialAnnouncement":
		put(d, "datePosted", stamp(it.Published))
		put(d, "expires", stamp(it.Until()))
		return
	}
	put(d, "datePublished", stamp(it.Published))
	put(d, "dateModified", stamp(it.Updated))
}

func addEvent(d map[string]any, e *federation.Event) {
	if d["@type"] != "Event" {
		return
	}
	layout := time.RFC3339
	end := e.End
	if e.AllDay {
		layout = time.DateOnly
		if end.After(e.Start) {
			end = end.Add(-time.Second) // ours is exclusive, schema.org's is not
		}
	}
	if !e.Start.IsZero() {
		d["startDate"] = e.Start.Format(layout)
	}
	if !end.IsZero() {
		d["endDate"] = end.Format(layout)
	}
	switch e.Status {
	case federation.EventCancelled:
		d["eventStatus"] = "https://schema.org/EventCancelled"
	case federation.EventTentative:
		if e.Start.IsZero() { // schema.org: a new date is not known; it has no word for one that is not sure
			d["eventStatus"] = "https://schema.org/EventPostponed"
		}
	case federation.EventConfirmed:
		d["eventStatus"] = "https://schema.org/EventScheduled"
	}
}

func addPlace(d map[string]any, it federation.Item) {
	p := it.Place
	if p == nil {
		return
	}
	place := d
	switch d["@type"] {
	case "Place":
	case "Event":
		place = map[string]any{"@type": "Place"}
		put(place, "name", p.Name)
		d["location"] = place
	default:
		return
	}
	put(place, "address", p.Address)
	if p.Point != nil {
		place["geo"] = map[string]any{"@type": "GeoCoordinates", "latitude": p.Point.Lat, "longitude": p.Point.Lon}
	}
}

// put leaves out what is not known.
func put(d map[string]any, key, value string) {
	if value != "" {
		d[key] = value
	}
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC3339)
}
