package demo

// dialect is one way to publish a section.
type dialect struct {
	contentType string
	announced   bool                               // the pages link to it
	write       writer                             // the document at FeedPath; nil = there is none
	more        func(v feedView) map[string]writer // further documents, by their path
	moreType    string                             // of those, "" = contentType
}

// writer makes a document of a section as served from an origin.
type writer func(r *Region, v feedView) ([]byte, error)

// dialects are what a region's sites speak, by the name content files use.
var dialects = map[string]dialect{
	"rss":        {"application/rss+xml; charset=utf-8", true, byTemplate("rss.xml"), nil, ""},
	"wordpress":  {"application/rss+xml; charset=UTF-8", true, byTemplate("wordpress.xml"), nil, ""},
	"spip":       {"text/xml; charset=utf-8", true, byTemplate("spip.xml"), nil, ""},
	"plone":      {"text/xml; charset=utf-8", true, byTemplate("plone.xml"), nil, ""},
	"latin1":     {"application/rss+xml; charset=ISO-8859-1", true, latin1(byTemplate("latin1.xml")), nil, ""},
	"rss091":     {"text/xml", true, byTemplate("rss091.xml"), nil, ""},
	"atom":       {"application/atom+xml; charset=utf-8", true, byTemplate("atom.xml"), nil, ""},
	"atom-xhtml": {"application/atom+xml", true, byTemplate("atom-xhtml.xml"), nil, ""},
	"json":       {"application/feed+json", true, jsonFeed, nil, ""},

	"calendar":     {"text/calendar; charset=UTF-8", true, calendar, nil, ""},
	"alerts":       {"application/atom+xml; charset=utf-8", true, byTemplate("alerts.xml"), alertMessages, "application/cap+xml"},
	"translation":  {}, // of the alerts, which hold it
	"plone-news":   {restapiType, false, ploneListing("News Item", 5), ploneBatches(5), ""},
	"plone-events": {restapiType, false, ploneListing("Event", 10), nil, ""},
	"plone-pages":  {restapiType, false, ploneListing("Document", 10), nil, ""},
	"council":      {restapiType, false, council, nil, ""},
	"oparl":        {"application/json; charset=utf-8", false, oparlSystem, oparlLists, ""},
	"table":        {"text/csv; charset=utf-8", false, table, nil, ""},
	"sitemap":      {"application/xml", false, byTemplate("sitemap.xml"), nil, ""},
	"schema":       {htmlType, false, nil, nil, ""}, // in the page of the section
}
