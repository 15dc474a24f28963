package plonemeeting

import (
	"cmp"
	"html"
	"strings"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"
	"github.com/plonegov/carillon/harvester/plone/restapi"
)

// point reads a point of a meeting: a decision.
func (d *decoding) point(o restapi.Object) {
	it := d.item(o, federation.Decision)
	it.Title = cmp.Or(it.Title, markup.Text(restapi.Rich(o["formatted_title"])))
	it.Number = cmp.Or(o.Text("itemReference"), o.Text("item_reference"), o.Text("formatted_itemNumber"), o.Text("number"))
	b := &body{lang: cmp.Or(it.Language, d.lang), base: d.base}
	b.row("number", html.EscapeString(cmp.Or(o.Text("formatted_itemNumber"), o.Text("number"))))
	b.row("reference", html.EscapeString(cmp.Or(o.Text("itemReference"), o.Text("item_reference"))))
	if state := stateOf(o); !ofPortal(o) && state != "" {
		b.row("status", html.EscapeString(b.word(state)))
	}
	b.rows()
	text := publicText(o)
	if text == "" && whole(o) {
		text = b.foreign(restapi.Rich(o["description"])) + b.foreign(restapi.Rich(o["motivation"])) + b.foreign(restapi.Rich(o["decision"]))
	}
	b.raw(b.foreign(text))
	if whole(o) {
		d.around(o, b)
	}
	d.annexesOf(o, &it)
	it.Content = restapi.Readable(b.String(), d.base, restapi.APIPath(d.base))
	d.Items = append(d.Items, it)
}

// around writes what stands beside a decision: votes, who was there, who
// signed, and what the portal adds.
func (d *decoding) around(o restapi.Object, b *body) {
	if !o.True("votesAreSecret") && !o.True("votes_are_secret") {
		b.section("votes", cmp.Or(o.Raw("votesResult"), o.Raw("votes_result"), o.Object("votesResult").Raw("data"), o.Object("votes_result").Raw("data")))
	}
	assembly := "itemAssembly"
	if o.Raw("formatted_itemAssembly") != "" {
		assembly = "formatted_itemAssembly"
	}
	b.people(o, assembly, "itemAssemblyExcused", "itemAssemblyAbsents", "itemAssemblyGuests")
	b.section("signatures", o["itemSignatures"])
	b.text(o["additional_data"])
	b.text(o["custom_info"])
}

// publicText is the text of a decision as PloneMeeting prepares it for
// everybody (extra_include=public_deliberation).
func publicText(o restapi.Object) string {
	for _, key := range []string{"extra_include_deliberation", "deliberation_extra"} {
		for _, name := range []string{"public_deliberation_decided", "public_deliberation"} {
			if s := restapi.Rich(o.Object(key)[name]); s != "" {
				return s
			}
		}
	}
	return ""
}

// annexesOf attaches the annexes of a point that are publishable.
func (d *decoding) annexesOf(o restapi.Object, it *federation.Item) {
	for _, list := range []any{o.Object("@components")["annexes"], o["annexes"], o["extra_include_annexes"], o["items"]} {
		holder := restapi.Object{"annexes": list}
		annexes := holder.Objects("annexes")
		if inner := holder.Object("annexes"); inner != nil {
			annexes = inner.Objects("items")
		}
		for _, a := range annexes {
			if a.Raw("@type") == "File" && ofPortal(o) {
				d.attach(it, a)
			} else if why := closedAnnex(a); why == "" && whole(o) {
				d.attach(it, a)
			}
		}
	}
}

func (d *decoding) attach(it *federation.Item, a restapi.Object) {
	file := a.Object("file")
	address := restapi.Resolve(d.base, file.Raw("download"))
	if id := restapi.Resolve(d.base, a.Raw("@id")); address == "" && id != "" {
		address = strings.TrimSuffix(id, "/") + "/@@download/file"
	}
	if address == "" {
		return
	}
	size := file.Int("size")
	if size == 0 {
		size = a.Int("filesize")
	}
	it.Attachments = append(it.Attachments, federation.Attachment{URL: address, Type: file.Text("content-type"),
		Title: cmp.Or(a.Text("title"), file.Text("filename")), Size: int64(size)})
}

// annex reads an annex that stands by itself: a document.
func (d *decoding) annex(o restapi.Object) {
	it := d.item(o, federation.DocumentItem)
	it.Summary = o.Text("description")
	it.Categories = terms(cmp.Or(o.Text("category_title"), o.Object("content_category").Text("title")), o["subcategory_title"])
	d.attach(&it, o)
	parent := o.Object("parent")
	it.Number = cmp.Or(o.Text("itemReference"), o.Text("item_reference"), o.Text("formatted_itemNumber"), o.Text("number"))
	b := &body{lang: d.lang}
	b.row("point", html.EscapeString(parent.Text("title")))
	b.rows()
	it.Content = restapi.Readable(b.String(), d.base, restapi.APIPath(d.base))
	if len(it.Attachments) == 0 {
		d.Warn(it.OriginID, "is an annex without a file")
	}
	d.Items = append(d.Items, it)
}

// publication reads a legal publication: an order, a by-law, a notice.
func (d *decoding) publication(o restapi.Object) {
	if !o.Has("text") && !o.Has("document_type") && !o.Has("legislative_authority") { // what a list says of it
		if address := restapi.Reach(d.base, o.Raw("@id")); address != "" && d.doc.Page == nil {
			d.Pages = append(d.Pages, federation.Page{URL: address, Format: Name, Stamp: o.Raw("modified"),
				Item: restapi.ReadSummary(o, d.base, d.doc.Source)})
			return
		}
	}
	base := d.base
	if !strings.Contains(o.Raw("@id"), "://") { // an export names its objects by their ids alone
		base = nil
	}
	read := restapi.ReadItem(publicOnly(o), base, d.doc.Source)
	for _, w := range read.Warnings {
		d.Warn(read.Item.OriginID, w)
	}
	d.Items = append(d.Items, read.Item)
}

// publicOnly is an object without the objects in its lists that are not
// published: what a publication holds may have a state of its own.
func publicOnly(o restapi.Object) restapi.Object {
	out := make(restapi.Object, len(o))
	for key, value := range o {
		list, ok := value.([]any)
		if !ok {
			out[key] = value
			continue
		}
		kept := make([]any, 0, len(list))
		for _, v := range list {
			if child, ok := v.(map[string]any); !ok || published(child) {
				kept = append(kept, v)
			}
		}
		out[key] = kept
	}
	return out
}

// published reports whether an object is, or has no state.
func published(o map[string]any) bool {
	state, known := o["review_state"]
	return !known || state == nil || state == "" || state == "published"
}
