package feed

import (
	"cmp"
	"strings"

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
	e.contentBase, e.summaryBase = x.value("c", "content"), x.value("c", "summary")
	e.language = cmp.Or(x.value("dc", "language"), x.value("c", "lang"))
	e.title = cmp.Or(e.title, x.value("dc", "title"), x.value("atom", "title"), x.value("media", "title"), x.value("itunes", "title"))
	e.content = cmp.Or(e.content, x.value("content", "encoded"), x.value("atom", "content"))
	e.summary = cmp.Or(e.summary, x.value("atom", "summary"), x.value("dc", "description"), x.value("itunes", "summary"), x.value("itunes", "subtitle"))
	e.published = cmp.Or(e.published, x.value("atom", "published"), x.value("dcterms", "issued"), x.value("atom", "created"), x.value("dcterms", "created"), x.value("dc", "date"))
	e.updated = cmp.Or(e.updated, x.value("atom", "updated"), x.value("dcterms", "modified"), x.value("dc", "date"))
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
	x.event(e)
	x.dublin(e)
	x.rights(e)
}
