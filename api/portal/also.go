package portal

import (
	"slices"
	"strings"

	"github.com/plonegov/carillon/search"
)

// alsoLink is another item that says the same as the one of a page.
type alsoLink struct {
	Member label
	Title  string // its own
	Lang   string // of the title, "" = the page's
	URL    string // its page of the hub
}

// maxAlso is how many other publishers a card names.
const maxAlso = 3

// alsoNames are the other members that published an item, each once.
func (v visit) alsoNames(f search.Found) string {
	var names []string
	for _, a := range f.Also {
		if name := a.Member.Name.In(v.Lang); a.Member.Slug != f.Item.Member && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	if len(names) > maxAlso {
		names = append(names[:maxAlso], "…")
	}
	return strings.Join(names, ", ")
}

// also are links to the other items of a group.
func (v visit) also(list []search.Also) []alsoLink {
	var out []alsoLink
	for _, a := range list {
		l := alsoLink{Member: v.name(a.Member.Name), Title: a.Title, Lang: v.other(a.Language), URL: v.itemURL(a.ID)}
		if l.Title == "" {
			l.Title, l.Lang = v.T("untitled"), ""
		}
		out = append(out, l)
	}
	return out
}
