package feed

import (
	"maps"
	"strings"
)

// A form says how the content of an element is written.
type form int

const (
	plain form = iota // text without markup
	rich              // text that may hold HTML
	bare              // attributes alone
	group             // elements of this table
	skip
)

// An element is how one name is passed on to gofeed.
type element struct {
	as   string
	form form
}

// shared are the elements read in every kind of feed; names are lower case.
var shared = join(dublinCore, multimedia, places, events, alerts, map[string]element{
	"content:encoded": {"content:encoded", rich}, "xhtml:body": {"content:encoded", rich},
	"sy:updateperiod": {"sy:updateperiod", plain}, "sy:updatefrequency": {"sy:updatefrequency", plain},
	"fh:complete": {"fh:complete", bare}, "fh:archive": {"fh:archive", bare},
	"creativecommons:license": {"cc:license", plain}, "cc:license": {"cc:license", plain},
	"atom:rights": {"c:rights", rich}, "atom:source": {"c:source", group},
})

var dublinCore = map[string]element{
	"dc:title": {"dc:title", rich}, "dc:creator": {"dc:creator", plain}, "dc:author": {"dc:creator", plain},
	"dc:subject": {"dc:subject", plain}, "dc:description": {"dc:description", rich}, "dc:date": {"dc:date", plain},
	"dc:language": {"dc:language", plain}, "dc:identifier": {"dc:identifier", plain}, "dc:rights": {"c:rights", rich},
	"dc:coverage":    {"dcterms:coverage", plain},
	"dcterms:issued": {"dcterms:issued", plain}, "dcterms:created": {"dcterms:created", plain},
	"dcterms:modified": {"dcterms:modified", plain}, "dcterms:date": {"dc:date", plain},
	"dcterms:title": {"dc:title", rich}, "dcterms:creator": {"dc:creator", plain}, "dcterms:subject": {"dc:subject", plain},
	"dcterms:description": {"dc:description", rich}, "dcterms:abstract": {"dc:description", rich},
	"dcterms:rights": {"c:rights", rich}, "dcterms:license": {"cc:license", plain}, "dcterms:language": {"dc:language", plain},
	"dcterms:coverage": {"dcterms:coverage", plain}, "dcterms:spatial": {"dcterms:spatial", plain},
	"dcterms:temporal": {"dcterms:temporal", plain}, "dcterms:valid": {"dcterms:valid", plain},
}

// multimedia are Media RSS 1.5.1, Apple's and the Podcast Index' vocabularies.
var multimedia = map[string]element{
	"media:group": {"media:group", group}, "media:content": {"media:content", group},
	"media:category": {"dc:subject", plain}, "media:keywords": {"itunes:keywords", plain},
	"media:thumbnail": {"media:thumbnail", bare}, "media:title": {"media:title", rich},
	"media:description": {"media:description", rich}, "media:text": {"media:text", rich},
	"media:credit": {"media:credit", plain}, "media:copyright": {"media:copyright", plain},
	"media:player": {"media:player", bare}, "media:subtitle": {"media:subtitle", bare},
	"media:license": {"cc:license", plain}, "media:location": {"georss:where", group},
	"itunes:category": {"itunes:category", bare}, "itunes:image": {"itunes:image", bare},
	"itunes:author": {"itunes:author", plain}, "itunes:summary": {"itunes:summary", rich},
	"itunes:subtitle": {"itunes:subtitle", rich}, "itunes:keywords": {"itunes:keywords", plain},
	"itunes:title": {"itunes:title", rich}, "itunes:duration": {"itunes:duration", plain},
	"itunes:season": {"itunes:season", plain}, "itunes:episode": {"itunes:episode", plain},
	"podcast:season": {"itunes:season", plain}, "podcast:episode": {"itunes:episode", plain},
	"podcast:transcript": {"podcast:transcript", bare}, "podcast:person": {"podcast:person", plain},
	"podcast:license": {"cc:license", plain}, "podcast:location": {"podcast:location", plain},
	"podcast:alternateenclosure": {"podcast:alternate", group}, "podcast:source": {"podcast:source", bare},
}

// places are GeoRSS Simple, its GML profile and W3C Basic Geo.
var places = map[string]element{
	"georss:point": {"georss:point", plain}, "georss:line": {"georss:line", plain}, "georss:polygon": {"georss:polygon", plain},
	"georss:box": {"georss:box", plain}, "georss:circle": {"georss:circle", plain}, "georss:where": {"georss:where", group},
	"georss:featurename": {"georss:featurename", plain}, "georss:radius": {"georss:radius", plain}, "georss:elev": {"georss:elev", plain},
	"gml:point": {"gml:point", group}, "gml:linestring": {"gml:line", group}, "gml:polygon": {"gml:polygon", group},
	"gml:exterior": {"gml:ring", group}, "gml:outerboundaryis": {"gml:ring", group}, "gml:linearring": {"gml:ring", group},
	"gml:envelope": {"gml:box", group}, "gml:lowercorner": {"gml:pos", plain}, "gml:uppercorner": {"gml:pos", plain},
	"gml:pos": {"gml:pos", plain}, "gml:poslist": {"gml:poslist", plain}, "gml:coordinates": {"gml:coordinates", plain},
	"geo:lat": {"geo:lat", plain}, "geo:long": {"geo:long", plain}, "geo:lon": {"geo:long", plain}, "geo:point": {"geo:point", group},
	"icbm:latitude": {"geo:lat", plain}, "icbm:longitude": {"geo:long", plain},
}

// events are the RSS event module, xCal and iCalendar in RDF, and Google's.
var events = map[string]element{
	"ev:startdate": {"ev:startdate", plain}, "ev:enddate": {"ev:enddate", plain}, "ev:location": {"ev:location", plain},
	"ev:organizer": {"ev:organizer", plain}, "ev:status": {"ev:status", plain}, "ev:type": {"dc:subject", plain},
	"xcal:dtstart": {"ev:startdate", plain}, "xcal:dtend": {"ev:enddate", plain}, "xcal:location": {"ev:location", plain},
	"xcal:organizer": {"ev:organizer", plain}, "xcal:categories": {"itunes:keywords", plain}, "xcal:status": {"ev:status", plain},
	"xcal:summary": {"dc:title", rich}, "xcal:description": {"dc:description", rich}, "xcal:rrule": {"ev:rrule", plain},
	"gd:when": {"gd:when", bare}, "gd:where": {"gd:where", bare},
}

// alerts are the elements of CAP 1.0 to 1.2, beside those of an entry or as a
// whole alert in its content.
var alerts = map[string]element{
	"cap:alert": {"cap:alert", group}, "cap:info": {"cap:info", group}, "cap:area": {"cap:area", group},
	"cap:identifier": {"cap:identifier", plain}, "cap:sender": {"cap:sender", plain}, "cap:sent": {"cap:sent", plain},
	"cap:status": {"cap:status", plain}, "cap:msgtype": {"cap:msgtype", plain}, "cap:references": {"cap:references", plain},
	"cap:language": {"cap:language", plain}, "cap:category": {"cap:category", plain}, "cap:event": {"cap:event", plain},
	"cap:responsetype": {"cap:responsetype", plain}, "cap:urgency": {"cap:urgency", plain}, "cap:severity": {"cap:severity", plain},
	"cap:certainty": {"cap:certainty", plain}, "cap:effective": {"cap:effective", plain}, "cap:onset": {"cap:onset", plain},
	"cap:expires": {"cap:expires", plain}, "cap:sendername": {"cap:sendername", plain}, "cap:headline": {"cap:headline", plain},
	"cap:description": {"cap:description", plain}, "cap:instruction": {"cap:instruction", plain}, "cap:web": {"cap:web", plain},
	"cap:contact": {"cap:contact", plain}, "cap:areadesc": {"cap:areadesc", plain}, "cap:polygon": {"cap:polygon", plain},
	"cap:circle": {"cap:circle", plain}, "cap:geocode": {"cap:geocode", group}, "cap:parameter": {"cap:parameter", group}, "cap:scope": {"cap:scope", plain},
	"cap:valuename": {"cap:valuename", plain}, "cap:value": {"cap:value", plain}, "dsig:signature": {"cap:signature", bare},
	"valuename": {"cap:valuename", plain}, "value": {"cap:value", plain}, // of a cap:geocode, in the feed's own namespace
}

// rssElements are the elements of RSS 0.9x, 1.0 and 2.0, with those of Atom
// that stand in them, prefixed or lost.
var rssElements = with(map[string]element{
	"title": {"title", rich}, "link": {"link", plain}, "description": {"description", rich}, "author": {"author", plain},
	"category": {"category", plain}, "enclosure": {"enclosure", bare}, "guid": {"guid", plain}, "pubdate": {"pubDate", plain},
	"lastbuilddate": {"lastBuildDate", plain}, "language": {"language", plain}, "ttl": {"ttl", plain},
	"image": {"image", group}, "url": {"url", plain}, "width": {"width", plain}, "height": {"height", plain},
	"skiphours": {"skipHours", group}, "hour": {"hour", plain}, "skipdays": {"skipDays", group}, "day": {"day", plain},
	"source": {"c:source", plain},
	"body":   {"content:encoded", rich}, "fullitem": {"content:encoded", rich}, "encoded": {"content:encoded", rich},
	"abstract": {"atom:summary", rich}, "name": {"name", plain}, "email": {"email", plain},
	"summary": {"atom:summary", rich}, "content": {"atom:content", rich}, "id": {"atom:id", plain},
	"published": {"atom:published", plain}, "issued": {"atom:published", plain}, "created": {"atom:created", plain},
	"updated": {"atom:updated", plain}, "modified": {"atom:updated", plain},
	"atom:title": {"atom:title", rich}, "atom:link": {"atom:link", bare}, "atom:summary": {"atom:summary", rich},
	"atom:content": {"atom:content", rich}, "atom:id": {"atom:id", plain}, "atom:author": {"atom:author", group},
	"atom:name": {"atom:name", plain}, "atom:email": {"atom:email", plain}, "atom:category": {"atom:category", bare},
	"atom:published": {"atom:published", plain}, "atom:issued": {"atom:published", plain}, "atom:created": {"atom:created", plain},
	"atom:updated": {"atom:updated", plain}, "atom:modified": {"atom:updated", plain},
})

// atomElements are the elements of Atom 0.3 and 1.0.
var atomElements = with(map[string]element{
	"title": {"title", rich}, "link": {"link", bare}, "id": {"c:id", plain}, "summary": {"summary", rich},
	"content": {"content", rich}, "published": {"published", plain}, "issued": {"published", plain},
	"created": {"atom:created", plain}, "updated": {"updated", plain}, "modified": {"updated", plain},
	"author": {"author", group}, "name": {"name", plain}, "email": {"email", plain}, "uri": {"uri", plain},
	"category": {"category", bare}, "icon": {"icon", plain}, "logo": {"logo", plain},
	"rights": {"c:rights", rich}, "source": {"c:source", group},
})

func with(own map[string]element) map[string]element { return join(own, shared) }

func join(tables ...map[string]element) map[string]element {
	all := map[string]element{}
	for _, t := range tables {
		maps.Copy(all, t)
	}
	return all
}

// attributeNames are the attributes that are passed on, by their lower-case
// local names.
var attributeNames = map[string]string{
	"href": "href", "rel": "rel", "type": "type", "title": "title", "length": "length", "hreflang": "hreflang",
	"url": "url", "filesize": "filesize", "medium": "medium", "width": "width", "height": "height",
	"ispermalink": "isPermaLink", "term": "term", "label": "label", "scheme": "scheme", "domain": "domain", "text": "text",
	"lat": "lat", "lon": "lon", "resource": "resource", "isdefault": "isDefault", "uri": "uri", "geo": "geo",
	"starttime": "starttime", "endtime": "endtime", "valuestring": "valuestring",
}

// isAddress reports whether an attribute holds one.
func isAddress(name string) bool {
	return name == "href" || name == "url" || name == "src" || name == "uri"
}

// find looks an element up by its canonical prefix and local name.
func find(table map[string]element, prefix, local string) element {
	local = strings.ToLower(local)
	if prefix != "" {
		local = prefix + ":" + local
	}
	if e, ok := table[local]; ok {
		return e
	}
	return element{form: skip}
}
