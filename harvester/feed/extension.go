package feed

import (
	"strings"

	"github.com/plonegov/carillon/federation"

	ext "github.com/mmcdole/gofeed/extensions"
)

// extended reads the vocabularies that RSS and Atom share.
type extended ext.Extensions

// value is the text of the first element with the name, "" when absent.
func (x extended) value(prefix, name string) string {
	for _, e := range x[prefix][name] {
		if e.Value != "" {
			return e.Value
		}
	}
	return ""
}

func (x extended) values(prefix, name string) []string {
	var out []string
	for _, e := range x[prefix][name] {
		out = append(out, e.Value)
	}
	return out
}

// fill adds to an entry what its format did not say.
func (x extended) fill(e *entry) {
	if len(x) == 0 {
		return
	}
	e.about = x.value("c", "about")
	e.base = x.value("c", "base")
	e.language = firstOf(x.value("dc", "language"), x.value("c", "lang"))
	e.title = firstOf(e.title, x.value("dc", "title"), x.value("atom", "title"), x.value("media", "title"), x.value("itunes", "title"))
	e.content = firstOf(e.content, x.value("content", "encoded"), x.value("atom", "content"))
	e.summary = firstOf(e.summary, x.value("atom", "summary"), x.value("dc", "description"), x.value("itunes", "summary"), x.value("itunes", "subtitle"))
	e.published = firstOf(e.published, x.value("atom", "published"), x.value("dcterms", "issued"), x.value("atom", "created"), x.value("dcterms", "created"), x.value("dc", "date"))
	e.updated = firstOf(e.updated, x.value("atom", "updated"), x.value("dcterms", "modified"), x.value("dc", "date"))
	if len(e.authors) == 0 {
		e.authors = append(x.values("dc", "creator"), x.values("itunes", "author")...)
	}
	e.categories = append(e.categories, x.values("dc", "subject")...)
	e.categories = append(e.categories, strings.FieldsFunc(x.value("itunes", "keywords"), func(r rune) bool { return r == ',' })...)
	for _, c := range x["itunes"]["category"] {
		e.categories = append(e.categories, c.Attrs["text"])
	}
	x.media(e)
	x.place(e)
	e.start, e.end = x.value("ev", "startdate"), x.value("ev", "enddate")
	e.featureName = firstOf(e.featureName, x.value("ev", "location"))
}

// media reads Media RSS 1.5.1: contents and thumbnails, alone or in groups.
func (x extended) media(e *entry) {
	var caption string
	list, thumbnails := []extended{x}, x["media"]["thumbnail"]
	for _, g := range x["media"]["group"] {
		list, thumbnails = append(list, extended{"media": g.Children}), append(thumbnails, g.Children["thumbnail"]...)
	}
	for _, in := range list {
		for _, c := range in["media"]["content"] {
			inside := extended{"media": c.Children}
			title := firstOf(inside.value("media", "title"), inside.value("media", "description"))
			caption = firstOf(caption, inside.value("media", "description"))
			switch f := (federation.Attachment{URL: c.Attrs["url"], Type: c.Attrs["type"], Title: title, Size: length(c.Attrs["filesize"])}); {
			case c.Attrs["medium"] == "image" || strings.HasPrefix(mediaType(f), "image/"):
				e.images = append(e.images, federation.Image{URL: f.URL, Alt: title, Width: size(c.Attrs["width"]), Height: size(c.Attrs["height"])})
			case f.URL != "":
				e.files = append(e.files, f)
			}
			thumbnails = append(thumbnails, c.Children["thumbnail"]...)
		}
		e.title = firstOf(e.title, in.value("media", "title"))
		e.summary = firstOf(e.summary, in.value("media", "description"))
	}
	e.summary = firstOf(e.summary, caption)
	for _, t := range thumbnails {
		e.images = append(e.images, federation.Image{URL: t.Attrs["url"], Width: size(t.Attrs["width"]), Height: size(t.Attrs["height"])})
	}
	for _, i := range x["itunes"]["image"] {
		e.images = append(e.images, federation.Image{URL: firstOf(i.Attrs["href"], i.Value)})
	}
}

// place reads GeoRSS Simple and GML points, and the older W3C ones.
func (x extended) place(e *entry) {
	e.point = x.value("georss", "point")
	e.featureName = x.value("georss", "featurename")
	for _, w := range x["georss"]["where"] {
		for _, p := range w.Children["point"] {
			e.point = firstOf(e.point, extended{"gml": p.Children}.value("gml", "pos"))
		}
	}
	list := []extended{x}
	for _, p := range x["geo"]["point"] {
		list = append(list, extended{"geo": p.Children})
	}
	for _, in := range list {
		if lat, long := in.value("geo", "lat"), in.value("geo", "long"); lat != "" && long != "" {
			e.point = firstOf(e.point, lat+" "+long)
		}
	}
}
