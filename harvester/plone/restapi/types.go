package restapi

import (
	"cmp"
	"strings"

	"github.com/plonegov/carillon/federation"
)

// types are the portal types that say what an item is.
var types = map[string]federation.ItemType{
	"News Item": federation.News, "imio.news.NewsItem": federation.News,
	"Event": federation.EventItem, "imio.events.Event": federation.EventItem,
	"imio.directory.Contact":    federation.PlaceItem,
	"imio.smartweb.Procedure":   federation.Service,
	"imio.smartweb.Campaign":    federation.Consultation,
	"imio.smartweb.Publication": federation.Notice,
	"Publication":               federation.Notice,
	"Meeting":                   federation.Meeting,
	"Item":                      federation.Decision, // of plonemeeting.portal.core
}

// containers hold documents and are none themselves.
var containers = map[string]bool{
	"Plone Site": true, "Folder": true, "Collection": true, "Topic": true, "LRF": true, "LIF": true, "Subsite": true,
	"imio.news.Entity": true, "imio.news.NewsFolder": true, "imio.news.Folder": true,
	"imio.events.Entity": true, "imio.events.Agenda": true, "imio.events.Folder": true,
	"imio.directory.Entity": true, "Institution": true,
	"imio.smartweb.Folder": true, "imio.smartweb.Collection": true,
	"imio.smartweb.NewsView": true, "imio.smartweb.EventsView": true, "imio.smartweb.DirectoryView": true,
}

// strangers are objects that are nobody's publication.
var strangers = map[string]bool{
	"Discussion Item": true, "Message": true, "imio.events.Contact": true,
	"TempFolder": true, "ConfigurablePODTemplate": true, "PODTemplate": true,
}

// IsContainer reports whether o is a folder, a collection, a site, or one of
// iMio's entities and agendas.
func IsContainer(o Object) bool { return containers[o.Raw("@type")] }

// IsStranger reports whether o is content that no citizen reads: a comment, a
// part of another object.
func IsStranger(o Object) bool { return strangers[o.Raw("@type")] }

// IsIMio reports whether o is of one of iMio's types.
func IsIMio(o Object) bool { return strings.HasPrefix(o.Raw("@type"), "imio.") }

// typeOf is the type of an item. A page, a file or a type of the site's own
// says little: there the source decides first.
func typeOf(o Object, src federation.Source) federation.ItemType {
	if t, ok := types[o.Raw("@type")]; ok {
		return t
	}
	if o.Raw("start") != "" && o.Has("end") {
		return federation.EventItem
	}
	return cmp.Or(src.Type, federation.DocumentItem)
}
