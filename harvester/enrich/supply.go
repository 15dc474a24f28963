package enrich

import (
	"cmp"

	"github.com/plonegov/carillon/federation"
)

// Supply fills what a document does not say of its only item with what the
// list says of it.
func Supply(it *federation.Item, list federation.Item) {
	it.Type = federation.ItemType(cmp.Or(string(it.Type), string(list.Type)))
	it.OriginID = cmp.Or(it.OriginID, list.OriginID)
	it.URL = cmp.Or(it.URL, list.URL)
	it.Title = cmp.Or(it.Title, list.Title)
	it.Summary = cmp.Or(it.Summary, list.Summary)
	it.Language = cmp.Or(it.Language, list.Language)
	it.Same = cmp.Or(it.Same, list.Same)
	if it.Published.IsZero() {
		it.Published = list.Published
	}
	if it.Updated.IsZero() {
		it.Updated = list.Updated
	}
	if it.Expires.IsZero() {
		it.Expires = list.Expires
	}
	if len(it.Categories) == 0 {
		it.Categories = list.Categories
	}
	if it.Image == nil {
		it.Image = list.Image
	}
	if it.Place == nil {
		it.Place = list.Place
	}
}
