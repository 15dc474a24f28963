package opml

import (
	"cmp"
	"strings"

	"github.com/plonegov/carillon/harvester/read"
)

// List is what a document lists.
type List struct {
	Version  string // "opml1", "opml2", "opml" when it says another, "rdf"
	Title    string
	Created  string // as written
	Modified string // as written
	Owner    Person
	Feeds    []Feed
	Lists    []Link  // other lists that this one includes
	Sites    []Link  // web sites that it names without a feed
	Faults   []Fault // outlines that were meant as a feed and are none

	at map[string]int // feeds of a FOAF document by address
}

// Person is who owns a list.
type Person struct{ Name, Email, URL string }

// Link is an address with a name.
type Link struct {
	Title, URL string
	Line       int
}

// Feed is one feed of a list.
type Feed struct {
	URL         string
	Title       string
	Site        string // its web page
	Language    string // as written
	Description string
	Folders     []string          // titles of the outlines around it, the outermost first
	Categories  [][]string        // of the attribute category: paths, a tag being a path of one
	Settings    map[string]string // our own attributes, without the prefix; nil without any
	Line        int               // in the document, from 1
}

// Paths are the categories of a feed with its folders among them, each once.
func (f Feed) Paths() [][]string {
	var out [][]string
	if len(f.Folders) > 0 {
		out = append(out, f.Folders)
	}
	return appendPaths(out, f.Categories...)
}

// Fault is an outline that was passed over.
type Fault struct {
	Title, Reason string
	Line          int
}

// Bounds of what is read.
const (
	maxNodes = 100_000
	maxDepth = 100
	maxValue = 4000 // bytes of a text or an attribute
)

const errNoList read.Refusal = "The document is not a list of feeds: it has neither an <opml> nor an <rdf:RDF> element."

// Parse reads a document. contentType is as it was sent, "" for a file. The
// error is for a document that is no list at all.
func Parse(body []byte, contentType string) (List, error) {
	text, _ := read.Text(body, contentType)
	root, _ := read.XML(text)
	var l List
	known := false
	for _, n := range root.Kids {
		switch strings.ToLower(n.Name) {
		case "opml":
			l.opml(n)
			known = true
		case "rdf":
			l.Version = "rdf"
			l.foaf(n, scope{})
			known = true
		}
	}
	if !known {
		return List{}, errNoList
	}
	l.at = nil
	return l, nil
}

func (l *List) opml(n *read.Node) {
	if l.Version == "" {
		l.Version = version(n.Get("version"))
	}
	for _, part := range n.Kids {
		switch strings.ToLower(part.Name) {
		case "head":
			l.head(part)
		case "body":
			l.outlines(part, nil)
		case "outline": // without a body around it
			l.outline(part, nil)
		}
	}
}

func version(s string) string {
	switch s = strings.TrimSpace(s); {
	case strings.HasPrefix(s, "1."), s == "1":
		return "opml1"
	case strings.HasPrefix(s, "2."), s == "2":
		return "opml2"
	}
	return "opml"
}

func (l *List) head(n *read.Node) {
	for _, c := range n.Kids {
		field := map[string]*string{"title": &l.Title, "datecreated": &l.Created, "datemodified": &l.Modified,
			"ownername": &l.Owner.Name, "owneremail": &l.Owner.Email, "ownerid": &l.Owner.URL}[strings.ToLower(c.Name)]
		if field != nil && *field == "" {
			*field = content(c)
		}
	}
}

func (l *List) outlines(n *read.Node, folders []string) {
	for _, c := range n.Kids {
		if strings.EqualFold(c.Name, "outline") {
			l.outline(c, folders)
		}
	}
}

// outline reads one outline and those in it. An address of a feed makes it a
// feed whatever its type says, but for Liferea's "source", which is a list. One
// that is a comment is passed over with all below it (OPML 2.0, isComment).
func (l *List) outline(n *read.Node, folders []string) {
	if strings.EqualFold(attr(n, "iscomment"), "true") {
		return
	}
	title := cmp.Or(attr(n, "text"), attr(n, "title"))
	kind := strings.ToLower(attr(n, "type"))
	feed, link, site := read.Scheme(attr(n, "xmlurl")), attr(n, "url"), attr(n, "htmlurl")
	inside := folders
	switch {
	case feed != "" && kind == "source":
		l.Lists = append(l.Lists, Link{title, feed, n.Line})
	case feed != "":
		l.Feeds = append(l.Feeds, Feed{URL: feed, Title: title, Site: site, Language: attr(n, "language"), Description: attr(n, "description"),
			Folders: folders, Categories: categories(attr(n, "category")), Settings: settings(n), Line: n.Line})
	case link != "" && (kind == "include" || kind == "link" && isList(link)):
		l.Lists = append(l.Lists, Link{title, link, n.Line})
	case site != "" || link != "":
		l.Sites = append(l.Sites, Link{title, cmp.Or(site, link), n.Line})
	case kind == "rss" || kind == "atom":
		l.Faults = append(l.Faults, Fault{title, "it has no address (xmlUrl)", n.Line})
	case title != "" && len(n.Kids) > 0:
		inside = append(folders[:len(folders):len(folders)], title)
	}
	l.outlines(n, inside)
}

// isList reports whether a link leads to another outline: OPML 2.0 says that
// those end in .opml; all else is a page.
func isList(address string) bool {
	path, _, _ := strings.Cut(strings.ToLower(address), "?")
	return strings.HasSuffix(path, ".opml") || strings.HasSuffix(path, ".xml")
}

// categories reads the attribute category (OPML 2.0): paths and tags,
// separated by commas.
func categories(s string) [][]string {
	var out [][]string
	for _, one := range strings.Split(s, ",") {
		var path []string
		for _, part := range strings.Split(one, "/") {
			if part = squeeze(part); part != "" {
				path = append(path, part)
			}
		}
		if len(path) > 0 {
			out = appendPaths(out, path)
		}
	}
	return out
}

func appendPaths(list [][]string, more ...[]string) [][]string {
	seen := map[string]bool{}
	key := func(path []string) string { return strings.Join(path, "\x00") }
	for _, p := range list {
		seen[key(p)] = true
	}
	for _, p := range more {
		if !seen[key(p)] {
			seen[key(p)] = true
			list = append(list, p)
		}
	}
	return list
}
