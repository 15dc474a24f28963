package plone

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/plone/restapi"
)

// container reads a folder, a collection or a site: it is a list. A text of
// its own makes it a document too.
func (d *decoding) container(o restapi.Object, a restapi.Answer) error {
	d.Title = o.Text("title")
	d.SiteURL = restapi.Resolve(d.base, o.Raw("@id"))
	if restapi.Rich(o["text"]) != "" && restapi.ID(o) != "" {
		own := restapi.Object{}
		for key, v := range o {
			if key != "items" {
				own[key] = v
			}
		}
		d.Listed++
		d.add(own)
	}
	d.entries(a)
	if o.Raw("@type") != "Folder" {
		d.Complete = false // a collection is a query; a site has more below
	}
	return nil
}

// listing reads the answer of a search, or a bare list of objects.
func (d *decoding) listing(a restapi.Answer) error {
	if !listsContent(a) {
		return refusal(a.Head)
	}
	d.entries(a)
	return nil
}

// listsContent tells a list of content from the other lists of plone.restapi
// (navigation, translations, breadcrumbs): its entries have a type, and an
// empty one has a count.
func listsContent(a restapi.Answer) bool {
	for i := range min(len(a.Entries), 100) {
		if a.Object(i).Raw("@type") != "" {
			return true
		}
	}
	return a.Listed == 0 && a.Head.Has("items_total")
}

// endpoint is the last part of the path by which an answer names itself.
func endpoint(head restapi.Object) string {
	u, err := url.Parse(head.Raw("@id"))
	if err != nil {
		return ""
	}
	return u.Path[strings.LastIndexByte(u.Path, '/')+1:]
}

// entries reads the list of an answer and where it goes on.
func (d *decoding) entries(a restapi.Answer) {
	batching := a.Head.Object("batching")
	d.Next = restapi.Reach(d.base, batching.Raw("next"))
	d.Self = restapi.Resolve(d.base, a.Head.Raw("@id"))
	enriched := isEnriched(a)
	before, folders := d.Listed, 0
	for i := range a.Entries {
		o := a.Object(i)
		switch {
		case o == nil:
			d.Listed++
			d.Warn("", "One entry could not be read.")
		case restapi.IsContainer(o):
			folders++
		case enriched && restapi.IsIMio(o):
			d.Listed++
			d.add(o)
		default:
			d.entry(o)
		}
	}
	below := strings.Contains(endpoint(a.Head), "search") && folders < a.Listed // a search lists what is in a folder too
	if folders > 0 && !below {
		d.Warn("", fmt.Sprintf("Entries that are folders: %d. What is in them is not in this list; add /@search?fullobjects=1 to the address of a folder to read all that is below it.", folders))
	}
	total := a.Head.Int("items_total")
	whole := d.Next != "" || batching.Raw("prev") != "" || total <= a.Listed
	if !whole {
		d.Listed = max(d.Listed, before+min(total, 1<<30)-folders)
	}
	d.Complete = whole && (folders == 0 || below) && a.Head != nil && lists(a.Head.Raw("@id"))
}

// isEnriched reports whether a list of iMio's objects tells more of them than
// the catalogue does by itself: then it is what there is to read, for all.
func isEnriched(a restapi.Answer) bool {
	for i := range min(len(a.Entries), 100) {
		o := a.Object(i)
		if !restapi.IsIMio(o) {
			continue
		}
		for _, key := range []string{"image", "items", "text", "start", "category_title", "topics", "phones", "schedule"} {
			if v, ok := o[key]; ok && v != nil {
				return true
			}
		}
	}
	return false
}

// entry reads one entry of a list: at once when all of it is there, else as a
// page to read.
func (d *decoding) entry(o restapi.Object) {
	if restapi.IsStranger(o) || restapi.IsContainer(o) || o.Raw("@type") == "" {
		return
	}
	d.Listed++
	if !ofCouncil(o) && restapi.Full(o) {
		d.add(o)
		return
	}
	address := restapi.Reach(d.base, o.Raw("@id"))
	if address == "" {
		d.Warn(restapi.ID(o), "has no address; it was left out")
		return
	}
	if d.seen[address] || d.seen[restapi.ID(o)] {
		d.Listed--
		return
	}
	d.seen[address] = true
	stamp := o.Raw("modified")
	if stamp == "" {
		stamp = o.Raw("ModificationDate")
	}
	p := federation.Page{URL: address, Format: Name, Stamp: stamp}
	if ofCouncil(o) {
		p.Format = "plonemeeting" // which knows what of them is public
	} else {
		p.Item = restapi.ReadSummary(o, d.base, d.doc.Source)
	}
	d.Pages = append(d.Pages, p)
}

// ofCouncil reports whether o is a meeting, a point or an annex of
// PloneMeeting. They hold drafts and secrets that Plone's states do not tell.
func ofCouncil(o restapi.Object) bool {
	t := o.Raw("@type")
	return strings.HasPrefix(t, "Meeting") || t == "Item" || strings.HasPrefix(t, "annex")
}

// lists reports whether an address asks for everything below it: no range of
// dates, no words, no limit.
func lists(address string) bool {
	u, err := url.Parse(address)
	if err != nil || strings.HasSuffix(u.Path, "/@querystring-search") || strings.HasSuffix(u.Path, "/@events") {
		return false
	}
	for key := range u.Query() {
		if strings.Contains(key, ".range") || strings.Contains(key, ".query") || key == "SearchableText" || key == "Title" ||
			key == "sort_limit" || key == "effective" || key == "expires" || key == "modified" || key == "created" || key == "UID" ||
			strings.HasPrefix(key, "start") || strings.HasPrefix(key, "end") {
			return false
		}
	}
	return true
}
