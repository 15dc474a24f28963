package portal

import (
	"github.com/plonegov/carillon/search"
	"github.com/plonegov/carillon/widgets"
)

// alsoLink is another item that says the same as the one of a page.
type alsoLink struct {
	Member label
	Title  string // its own
	Lang   string // of the title, "" = the page's
	URL    string // its page of the hub
}

// alsoNames are the other members that published an item, each once.
func (v visit) alsoNames(f search.Found) string {
	var names []string
	for _, a := range f.Also {
		names = append(names, a.Member.Name.In(v.Lang))
	}
	return widgets.ListNames(v.Lang, names, f.Member.Name.In(v.Lang))
}

// also are links to the other items of a group.
func (v visit) also(list []search.Also) []alsoLink {
	var out []alsoLink
	for _, a := range list {
		l := alsoLink{Member: v.name(a.Member.Name), Title: widgets.Spaced(a.Language, a.Title), Lang: v.other(a.Language), URL: v.itemURL(a.ID)}
		if l.Title == "" {
			l.Title, l.Lang = v.T("untitled"), ""
		}
		out = append(out, l)
	}
	return out
}
