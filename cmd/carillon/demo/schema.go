package demo

// schema describes the events of a page in schema.org's words, for the
// script of type application/ld+json that a page carries.
func schema(v feedView) []object {
	var all []object
	for _, it := range v.Items {
		e := object{
			"@context": "https://schema.org", "@type": "Event", "@id": it.URL + "#event", "url": it.URL, "name": it.Title, "description": it.Text(),
			"startDate": eventTime(it.Start, it.AllDay), "endDate": eventTime(it.End, it.AllDay), "eventStatus": "https://schema.org/EventScheduled",
			"inLanguage": v.Language, "keywords": it.Tags, "datePublished": iso(it.Date), "isAccessibleForFree": true,
			"organizer": object{"@type": "Organization", "name": names[v.Publisher].name, "url": v.Base + "/" + v.Publisher + "/"},
		}
		place := object{"@type": "Place", "name": it.Place, "address": object{"@type": "PostalAddress", "streetAddress": it.Place,
			"postalCode": it.Address[:4], "addressLocality": it.Address[5:], "addressCountry": "BE"}}
		if lat, lon, ok := it.coordinates(); ok {
			place["geo"] = object{"@type": "GeoCoordinates", "latitude": lat, "longitude": lon}
		}
		e["location"] = place
		if it.Image != "" {
			e["image"] = it.Image
		}
		all = append(all, e)
	}
	return all
}
