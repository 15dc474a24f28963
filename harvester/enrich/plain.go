package enrich

import (
	"slices"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"
)

// plain makes every text of an item that is not markup harmless to the page
// around it ([markup.Plain]), whatever decoder it comes from. It changes no
// list or struct that the item shares.
func plain(it *federation.Item) {
	texts := []*string{&it.Title, &it.Summary, &it.Provenance.Attribution, &it.Provenance.License}
	it.Categories, it.Authors = slices.Clone(it.Categories), slices.Clone(it.Authors)
	for _, list := range [][]string{it.Categories, it.Authors} {
		for i := range list {
			texts = append(texts, &list[i])
		}
	}
	if it.Image != nil {
		image := *it.Image
		it.Image = &image
		texts = append(texts, &image.Alt)
	}
	it.Attachments = slices.Clone(it.Attachments)
	for i := range it.Attachments {
		a := &it.Attachments[i]
		texts = append(texts, &a.Title, &a.Alt, &a.Credit)
	}
	if it.Place != nil {
		place := *it.Place
		it.Place = &place
		texts = append(texts, &place.Name, &place.Address)
	}
	if it.Alert != nil {
		alert := *it.Alert
		alert.Areas, alert.Zones = slices.Clone(alert.Areas), slices.Clone(alert.Zones)
		it.Alert = &alert
		texts = append(texts, &alert.Event, &alert.Instruction, &alert.Sender)
		for i := range alert.Areas {
			texts = append(texts, &alert.Areas[i])
		}
		for i := range alert.Zones {
			texts = append(texts, &alert.Zones[i].Name)
		}
	}
	for _, text := range texts {
		*text = markup.Plain(*text)
	}
}
