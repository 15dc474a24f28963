package plone

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/plone/restapi"
	"github.com/plonegov/carillon/harvester/read"
)

// Name is the format's name in the region file.
const Name = "plone"

// Format is the format "plone".
func Format() federation.Format {
	return federation.Format{Name: Name, Accept: "application/json", Sniff: sniff, Decode: decode}
}

// decoding is one document on its way.
type decoding struct {
	federation.Decoded
	doc  federation.Document
	base *url.URL
	seen map[string]bool
}

func decode(doc federation.Document) (federation.Decoded, error) {
	a, err := restapi.Parse(doc)
	if err != nil {
		return federation.Decoded{}, err
	}
	d := &decoding{doc: doc, seen: map[string]bool{}}
	if u, err := url.Parse(doc.URL); err == nil {
		d.base = u
	}
	if err := d.read(a); err != nil {
		return federation.Decoded{}, err
	}
	d.Complete = d.Complete && a.Whole()
	for _, f := range a.Faults {
		d.Warn("", f)
	}
	if a.Listed > len(a.Entries) {
		d.Warn("", fmt.Sprintf("The list has more than %d entries; the rest was left out.", restapi.MaxObjects))
	}
	return d.Decoded, nil
}

func (d *decoding) read(a restapi.Answer) error {
	switch {
	case a.Head.Has("@context"):
		return read.Refusal("The document is JSON-LD, not an answer of plone.restapi. Write format: jsonld, or auto.")
	case a.Head.Raw("@type") != "":
		return d.object(a)
	case isWCS(a):
		d.wcs(a)
	case a.Name == "items" || a.Head == nil:
		return d.listing(a)
	default:
		return refusal(a.Head)
	}
	return nil
}

// refusal says what an answer is that holds no content.
func refusal(head restapi.Object) error {
	if endpoint := restapi.Slug(head); strings.HasPrefix(endpoint, "@") {
		return fmt.Errorf("this is the answer of %s, which holds no content; give the address of a folder, or of /@search with fullobjects=1", endpoint)
	}
	if message := head.Text("message"); message != "" && head.Text("type") != "" { // plone.restapi: an error
		return fmt.Errorf("the site answers with an error: %.200s", message)
	}
	return read.Refusal("The document is JSON, and neither content of Plone nor a list of it. Give the address of a folder, or of its /@search.")
}

// object reads the answer to the address of one object.
func (d *decoding) object(a restapi.Answer) error {
	o := a.All()
	if ofCouncil(o) {
		return read.Refusal("This is content of PloneMeeting. Write format: plonemeeting, or auto.")
	}
	if restapi.IsStranger(o) {
		return refusal(o)
	}
	if restapi.IsContainer(o) {
		return d.container(o, a)
	}
	d.Listed++
	d.add(o)
	return nil
}

// add reads a whole object, and what it holds beside pictures and files.
func (d *decoding) add(o restapi.Object) {
	id := restapi.ID(o)
	if id == "" {
		d.Warn("", "An entry has neither an address nor an id; it was left out.")
		return
	}
	if d.seen[id] {
		d.Listed-- // the dates of an event that recurs are one item
		return
	}
	d.seen[id] = true
	read := restapi.ReadItem(o, d.base, d.doc.Source)
	for _, w := range read.Warnings {
		d.Warn(id, w)
	}
	d.Items = append(d.Items, read.Item)
	for _, v := range read.Versions {
		if !d.seen[v.OriginID] {
			d.seen[v.OriginID] = true
			d.Listed++
			d.Items = append(d.Items, v)
		}
	}
	for _, child := range read.Children {
		d.entry(child)
	}
}
