package oparl

import (
	"cmp"
	"strings"

	"github.com/plonegov/carillon/federation"
)

// document reads a File that stands alone.
func (r *reading) document(o object, id string) federation.Item {
	c := content{base: r.base}
	title := cmp.Or(o.text("name"), o.text("fileName"), r.words.of("file"))
	if name := o.text("fileName"); name != title {
		c.row(r.words.of("file"), name)
	}
	c.row(r.words.of("date"), day(r.time(o, "date")))
	c.extra(o, "fileName mimeType date size sha1Checksum sha512Checksum text accessUrl downloadUrl externalServiceUrl masterFile derivativeFile fileLicense person")
	c.section(r.words.of("text"), o.raw("text"))
	it := federation.Item{Type: federation.DocumentItem, Title: title, Content: r.done(&c, id), URL: o.web("web", "accessUrl", "downloadUrl")}
	if a, ok := attachment(o, ""); ok {
		it.Attachments = append(it.Attachments, a)
	}
	return it
}

// files takes the files under a key, as attachments whose title says what they
// are, and the text that the server has read out of them.
func (r *reading) files(it *federation.Item, c *content, o object, key, label string) {
	if n := o.refs(key); n > 0 {
		r.note(identity(o), "names files by their address alone, which the standard has embedded; left out")
	}
	for _, f := range o.objects(key) {
		a, ok := attachment(f, label)
		switch {
		case !ok:
			r.note(identity(o), "has a file without an address; left out")
		case len(it.Attachments) < maxFiles:
			it.Attachments = append(it.Attachments, a)
		}
		c.section(cmp.Or(f.text("name"), f.text("fileName"), r.words.of("text")), f.raw("text"))
	}
}

// maxFiles bounds the attachments of an item.
const maxFiles = 500

// attachment is a file to download. accessUrl is the one that the standard
// requires, and opens in a browser.
func attachment(f object, label string) (federation.Attachment, bool) {
	title := cmp.Or(f.text("name"), f.text("fileName"))
	switch {
	case title == "":
		title = label
	case label != "" && !strings.Contains(strings.ToLower(title), strings.ToLower(label)):
		title = label + ": " + title
	}
	a := federation.Attachment{
		URL:    f.web("accessUrl", "downloadUrl", "externalServiceUrl"),
		Type:   f.text("mimeType"),
		Title:  title,
		Size:   f.size("size"),
		Credit: cmp.Or(f.text("fileLicense"), f.text("license")),
	}
	return a, a.URL != ""
}
