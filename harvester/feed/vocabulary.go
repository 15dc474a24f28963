package feed

import "strings"

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
var shared = map[string]element{
	"dc:title": {"dc:title", rich}, "dc:creator": {"dc:creator", plain}, "dc:author": {"dc:creator", plain},
	"dc:subject": {"dc:subject", plain}, "dc:description": {"dc:description", rich}, "dc:date": {"dc:date", plain},
	"dc:language": {"dc:language", plain}, "dc:identifier": {"dc:identifier", plain},
	"dcterms:issued": {"dcterms:issued", plain}, "dcterms:created": {"dcterms:created", plain},
	"dcterms:modified": {"dcterms:modified", plain}, "dcterms:date": {"dc:date", plain},
	"dcterms:title": {"dc:title", rich}, "dcterms:creator": {"dc:creator", plain}, "dcterms:subject": {"dc:subject", plain},
	"content:encoded": {"content:encoded", rich}, "xhtml:body": {"content:encoded", rich},
	"media:group": {"media:group", group}, "media:content": {"media:content", group},
	"media:category": {"dc:subject", plain}, "itunes:category": {"itunes:category", bare},
	"media:thumbnail": {"media:thumbnail", bare}, "media:title": {"media:title", rich},
	"media:description": {"media:description", rich}, "media:text": {"media:text", rich},
	"itunes:image": {"itunes:image", bare}, "itunes:author": {"itunes:author", plain},
	"itunes:summary": {"itunes:summary", rich}, "itunes:subtitle": {"itunes:subtitle", rich},
	"itunes:keywords": {"itunes:keywords", plain}, "itunes:title": {"itunes:title", rich},
	"georss:point": {"georss:point", plain}, "georss:where": {"georss:where", group},
	"georss:featurename": {"georss:featurename", plain},
	"gml:point":          {"gml:point", group}, "gml:pos": {"gml:pos", plain},
	"geo:lat": {"geo:lat", plain}, "geo:long": {"geo:long", plain}, "geo:lon": {"geo:long", plain}, "geo:point": {"geo:point", group},
	"sy:updateperiod": {"sy:updateperiod", plain}, "sy:updatefrequency": {"sy:updatefrequency", plain},
	"fh:complete":  {"fh:complete", bare},
	"ev:startdate": {"ev:startdate", plain}, "ev:enddate": {"ev:enddate", plain}, "ev:location": {"ev:location", plain},
	"xcal:dtstart": {"ev:startdate", plain}, "xcal:dtend": {"ev:enddate", plain}, "xcal:location": {"ev:location", plain},
}

// rssElements are the elements of RSS 0.9x, 1.0 and 2.0, with those of Atom
// that stand in them, prefixed or lost.
var rssElements = with(map[string]element{
	"title": {"title", rich}, "link": {"link", plain}, "description": {"description", rich}, "author": {"author", plain},
	"category": {"category", plain}, "enclosure": {"enclosure", bare}, "guid": {"guid", plain}, "pubdate": {"pubDate", plain},
	"lastbuilddate": {"lastBuildDate", plain}, "language": {"language", plain}, "ttl": {"ttl", plain},
	"image": {"image", group}, "url": {"url", plain}, "width": {"width", plain}, "height": {"height", plain},
	"body": {"content:encoded", rich}, "fullitem": {"content:encoded", rich}, "encoded": {"content:encoded", rich},
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
})

func with(own map[string]element) map[string]element {
	for name, e := range shared {
		own[name] = e
	}
	return own
}

// attributeNames are the attributes that are passed on, by their lower-case
// local names.
var attributeNames = map[string]string{
	"href": "href", "rel": "rel", "type": "type", "title": "title", "length": "length", "hreflang": "hreflang",
	"url": "url", "filesize": "filesize", "medium": "medium", "width": "width", "height": "height",
	"ispermalink": "isPermaLink", "term": "term", "label": "label", "scheme": "scheme", "domain": "domain", "text": "text",
	"lat": "lat", "lon": "lon", "resource": "resource",
}

// isAddress reports whether an attribute holds one.
func isAddress(name string) bool { return name == "href" || name == "url" || name == "src" }

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
