package oparl

import (
	"fmt"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/read"
)

// list reads a page of an external object list, or a bare array of objects.
func (r *reading) list(in input) {
	r.Listed = in.Listed
	for _, raw := range in.Entries {
		switch v := read.Value(raw).(type) {
		case map[string]any:
			r.read(v)
		case string: // a list of addresses: what they lead to is read one by one
			r.page(v)
		default:
			r.note("", "an entry of the list is not an object; left out")
		}
	}
	whole := true
	if in.Listed > maxItems {
		whole = false
		r.Warn("", fmt.Sprintf("Only the first %d objects of the page were read.", maxItems))
	}
	r.Complete = r.links(object(in.head), in.Listed) && whole && !filtered(r.doc.URL)
}

// links reads where the list goes on. It reports whether this page and those
// it leads to are the whole list.
func (r *reading) links(head object, n int) bool {
	links, pages := object{}, object{}
	if o := head.object("links"); o != nil {
		links = o
	}
	if o := head.object("pagination"); o != nil {
		pages = o
	}
	r.SiteURL = links.web("web")
	r.Self = links.web("self")
	next := r.resolve(links.raw("next"))
	if next != "" {
		next = carry(r.doc.URL, next)
	}
	switch {
	case next == "":
	case next == r.doc.URL:
		r.Warn("", "The list names itself as its next page; what follows could not be read.")
		return false
	case n == 0:
		r.Warn("", "The page is empty and names a next one; the list was taken to end here.")
		return false
	default:
		r.Next = next
	}
	first := links.raw("prev") == ""
	if !first && r.doc.URL == r.doc.Source.URL {
		r.Warn("", "The address is not that of the first page of the list; what is on the pages before it is not read.")
		return false
	}
	if total := pages.size("totalElements"); first && next == "" && total > int64(n) {
		r.Warn("", fmt.Sprintf("The list says that it has %d objects, has %d, and names no next page.", total, n))
		return false
	}
	return true
}

// root reads a system or a body, which lead to lists; any other object is read
// as the only one of its document.
func (r *reading) root(o object) {
	kind := o.kind()
	if kind != "System" && kind != "Body" {
		r.Listed = 1
		r.read(o)
		return
	}
	if o.yes("deleted") {
		r.note(identity(o), "is deleted")
		return
	}
	if r.Title == "" {
		r.Title, r.SiteURL = o.text("name"), o.web("website", "web")
	}
	keys := []string{"meeting", "paper", "agendaItem"}
	if kind == "System" {
		keys = []string{"body"}
	}
	for _, key := range keys {
		for _, v := range list(o[key]) {
			switch v := v.(type) {
			case string:
				r.leads(v, kind)
			case map[string]any: // embedded, against the standard
				r.read(v)
			}
		}
	}
	r.Complete = !filtered(r.doc.URL)
}

// leads names a list of a system or a body. The filters asked for hold for the
// lists of a body; those of a system would hide the bodies that are unchanged.
func (r *reading) leads(address, kind string) {
	if kind == "Body" {
		address = carry(r.doc.URL, r.resolve(address))
	}
	r.page(address)
}

// page names a document to be read.
func (r *reading) page(address string) {
	address = r.resolve(address)
	switch {
	case address == "":
		r.note("", "an address of a list cannot be read; left out")
	case r.seen["page "+address], len(r.Pages) == maxItems:
	default:
		r.seen["page "+address] = true
		r.Pages = append(r.Pages, federation.Page{URL: address})
	}
}

// resolve is an address as seen from the document, "" when it is none of the
// web. OParl's are absolute (OParl 1.1, 2.3); some servers give paths.
func (r *reading) resolve(ref string) string {
	if ref == "" || isWeb(ref) {
		return ref
	}
	return read.Web(r.base, ref)
}
