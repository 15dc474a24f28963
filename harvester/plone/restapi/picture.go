package restapi

import (
	"cmp"
	"net/url"
	"path"
	"strings"

	"github.com/plonegov/carillon/federation"
)

// isImage and isFile tell the two kinds of named blobs apart.
func isImage(o Object) bool { return o.Raw("download") != "" && (o.Has("scales") || o.Has("width")) }

func isFile(o Object) bool {
	return (o.Raw("download") != "" || o.Raw("data") != "") && (o.Has("filename") || o.Has("size")) && !isImage(o)
}

// picture is a named image (plone.restapi, serializer of NamedImage) as an
// attachment; its zero value when it has no address.
func (r *reading) picture(o Object) federation.Attachment {
	a := r.file(o)
	if a.URL == "" {
		return federation.Attachment{}
	}
	a.Role = federation.RoleImage
	a.Width, a.Height = o.Int("width"), o.Int("height")
	return a
}

func (r *reading) file(o Object) federation.Attachment {
	address := r.resolve(o.Raw("download"))
	if address == "" {
		return federation.Attachment{}
	}
	return federation.Attachment{URL: address, Type: o.Text("content-type"), Title: o.Text("filename"), Size: int64(o.Int("size"))}
}

// summaryPicture is the image that a catalogue entry tells of: image_scales
// (Plone 6), by the name of its field.
func (r *reading) summaryPicture(o Object) federation.Attachment {
	scales := o.Object("image_scales")
	field := cmp.Or(o.Raw("image_field"), "image")
	for _, name := range []string{field, "image", "preview_image"} {
		for _, image := range scales.Objects(name) {
			base := cmp.Or(image.Raw("base_path"), o.Raw("@id"))
			address := r.resolve(strings.TrimSuffix(base, "/") + "/" + image.Raw("download"))
			if image.Raw("download") != "" && address != "" {
				return federation.Attachment{URL: address, Type: image.Text("content-type"), Title: image.Text("filename"),
					Size: int64(image.Int("size")), Role: federation.RoleImage, Width: image.Int("width"), Height: image.Int("height")}
			}
		}
	}
	return federation.Attachment{}
}

// lead gives the item its picture, and the further ones as attachments.
func (r *reading) lead(o Object) {
	for _, field := range []struct{ name, caption string }{
		{"image", "image_caption"}, {"preview_image", "preview_caption"}, {"logo", ""},
	} {
		p := r.picture(o.Object(field.name))
		caption := ""
		if field.caption != "" {
			caption = o.Text(field.caption)
		}
		r.addPicture(p, caption)
	}
	if link := o.Object("preview_image_link"); link != nil {
		r.addPicture(r.summaryPicture(link), o.Text("preview_caption"))
	}
	if r.item.Image == nil {
		r.addPicture(r.summaryPicture(o), o.Text("image_caption"))
	}
}

func (r *reading) addPicture(p federation.Attachment, caption string) {
	switch {
	case p.URL == "":
	case r.item.Image == nil:
		r.item.Image = &federation.Image{URL: p.URL, Alt: caption, Width: p.Width, Height: p.Height}
	case p.URL != r.item.Image.URL:
		p.Alt = caption
		r.attach(p)
	}
}

// maxFiles bounds the files of an object; the harvester keeps fewer.
const maxFiles = 200

// attach adds a file once.
func (r *reading) attach(a federation.Attachment) {
	if a.URL == "" || len(r.item.Attachments) == maxFiles {
		return
	}
	for _, have := range r.item.Attachments {
		if have.URL == a.URL {
			return
		}
	}
	r.item.Attachments = append(r.item.Attachments, a)
}

// children reads the pictures and files that a folderish object holds; what
// else it holds it returns.
func (r *reading) children(o Object) (others []Object) {
	for _, child := range o.Objects("items") {
		var a federation.Attachment
		switch child.Raw("@type") {
		case "Image":
			a = r.picture(child.Object("image"))
			if a.URL == "" {
				a = federation.Attachment{URL: r.under(child, "@@images/image"), Role: federation.RoleImage}
			}
		case "File":
			a = r.file(child.Object("file"))
			if a.URL == "" {
				a.URL = r.under(child, "@@download/file")
			}
		default:
			others = append(others, child)
			continue
		}
		a.Title = cmp.Or(child.Text("title"), a.Title)
		if a.Role == federation.RoleImage {
			a.Alt = child.Text("description")
		}
		r.attach(a)
	}
	return others
}

// under is the address of what Plone serves below an object.
func (r *reading) under(o Object, name string) string {
	id := r.resolve(o.Raw("@id"))
	if id == "" {
		return ""
	}
	return strings.TrimSuffix(id, "/") + "/" + name
}

// Slug is the last part of an object's path.
func Slug(o Object) string {
	u, err := url.Parse(o.Raw("@id"))
	if err != nil {
		return ""
	}
	return path.Base(u.Path)
}

// Full reports whether a list holds all of an object, not what the catalogue
// knows of it: its parent, its components, or its text, file or picture.
func Full(o Object) bool {
	return o.Object("parent") != nil || o.Object("@components") != nil || o.Object("text") != nil || o.Object("blocks") != nil ||
		o.Raw("remoteUrl") != "" || isImage(o.Object("image")) || isFile(o.Object("file"))
}
