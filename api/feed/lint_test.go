package feed_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/language"
)

// lintRules are the classes of the W3C validator that lint knows: the errors
// and warnings that an element of ours could give.
var lintRules = []string{
	"SAXError", "MissingElement", "MissingTitle", "MissingLink", "MissingDescription", "ItemMustContainTitleOrDescription",
	"MissingGuid", "MissingSelf", "MissingAtomSelfLink", "InvalidRFC3339Date", "InvalidRFC2822Date", "IncorrectDOW",
	"MissingTextualContent", "MissingContentOrAlternate", "DuplicateUpdated", "DuplicateEntries", "DuplicateAtomLink",
	"MissingAttribute", "DuplicateValue", "MissingSourceElement", "InvalidFullLink", "InvalidLanguage", "InvalidPositiveInteger",
}

const (
	atomNS = "http://www.w3.org/2005/Atom"
	dcNS   = "http://purl.org/dc/elements/1.1/"
)

// node is an element with its children, whatever its name.
type node struct {
	XMLName  xml.Name
	Attrs    []xml.Attr `xml:",any,attr"`
	Text     string     `xml:",chardata"`
	Children []*node    `xml:",any"`
}

func (n *node) all(space, local string) []*node {
	var out []*node
	for _, c := range n.Children {
		if c.XMLName.Space == space && c.XMLName.Local == local {
			out = append(out, c)
		}
	}
	return out
}

func (n *node) has(space, local string) bool { return len(n.all(space, local)) > 0 }

func (n *node) attr(name string) (string, bool) {
	for _, a := range n.Attrs {
		if a.Name.Space == "" && a.Name.Local == name {
			return a.Value, true
		}
	}
	return "", false
}

// linter gathers the classes that one document gives.
type linter map[string]bool

func lint(b []byte) linter {
	l := linter{}
	root := new(node)
	d := xml.NewDecoder(bytes.NewReader(b))
	d.CharsetReader = charset.NewReaderLabel
	if err := d.Decode(root); err != nil {
		l["SAXError"] = true
		return l
	}
	if _, err := d.Token(); err != nil && !errors.Is(err, io.EOF) {
		l["SAXError"] = true
	}
	switch {
	case root.XMLName.Local == "feed" && root.XMLName.Space == atomNS:
		l.feed(root)
	case root.XMLName.Local == "entry" && root.XMLName.Space == atomNS:
		l.entry(root, false, map[string]bool{}, map[string]bool{})
	case root.XMLName.Local == "rss":
		l.rss(root)
	}
	return l
}

func (l linter) need(n *node, space, class string, names ...string) {
	for _, name := range names {
		if !n.has(space, name) {
			l[class] = true
		}
	}
}

func (l linter) feed(f *node) {
	l.need(f, atomNS, "MissingElement", "id", "title", "updated")
	l.dates3339(f, "updated")
	self := slices.ContainsFunc(f.all(atomNS, "link"), func(n *node) bool { rel, _ := n.attr("rel"); return rel == "self" })
	if !self {
		l["MissingSelf"] = true
	}
	l.links(f)
	l.fullLinks(f, atomNS, "id")
	l.languageOf(f)
	for _, a := range slices.Concat(f.all(atomNS, "author"), f.all(atomNS, "contributor")) {
		l.need(a, atomNS, "MissingElement", "name")
	}
	ids, dates := map[string]bool{}, map[string]bool{}
	for _, e := range f.all(atomNS, "entry") {
		l.entry(e, f.has(atomNS, "author"), ids, dates)
	}
}

func (l linter) entry(e *node, author bool, ids, dates map[string]bool) {
	l.need(e, atomNS, "MissingElement", "id", "title", "updated")
	for _, s := range e.all(atomNS, "source") {
		author = author || s.has(atomNS, "author")
		l.need(s, atomNS, "MissingSourceElement", "id", "title", "updated")
		l.links(s)
	}
	if !author && !e.has(atomNS, "author") {
		l["MissingElement"] = true
	}
	for _, a := range e.all(atomNS, "author") {
		l.need(a, atomNS, "MissingElement", "name")
	}
	l.dates3339(e, "updated", "published")
	l.distinct(e, atomNS, "id", "DuplicateEntries", ids)
	l.distinct(e, atomNS, "updated", "DuplicateUpdated", dates)
	if !e.has(atomNS, "content") {
		if !e.has(atomNS, "summary") {
			l["MissingTextualContent"] = true
		}
		if !slices.ContainsFunc(e.all(atomNS, "link"), alternate) {
			l["MissingContentOrAlternate"] = true
		}
	}
	l.links(e)
	l.attributes(e, atomNS, "category", "term")
	l.fullLinks(e, atomNS, "id")
	l.languageOf(e)
}

func (l linter) languageOf(n *node) {
	for _, a := range n.Attrs {
		if a.Name.Local == "lang" && a.Value != "" {
			if _, err := language.Parse(a.Value); err != nil || strings.Contains(a.Value, "_") {
				l["InvalidLanguage"] = true
			}
		}
	}
}

func (l linter) attributes(n *node, space, element string, names ...string) {
	for _, c := range n.all(space, element) {
		for _, name := range names {
			if _, given := c.attr(name); !given {
				l["MissingAttribute"] = true
			}
		}
	}
}

var fullLink = regexp.MustCompile(`^[a-zA-Z][0-9a-zA-Z+.-]*:[0-9a-zA-Z;/?:@&=+$.\-_!~*'()%,#\x{80}-\x{10FFFF}]+$`)

func (l linter) fullLinks(n *node, space string, names ...string) {
	for _, name := range names {
		for _, c := range n.all(space, name) {
			if v := strings.TrimSpace(c.Text); v != "" && !fullLink.MatchString(v) {
				l["InvalidFullLink"] = true
			}
		}
	}
}

func alternate(n *node) bool {
	rel, given := n.attr("rel")
	return !given || rel == "alternate"
}

// links: one alternate per type and language (RFC 4287, 4.1.1).
func (l linter) links(n *node) {
	seen := map[string]bool{}
	for _, link := range n.all(atomNS, "link") {
		kind, _ := link.attr("type")
		lang, _ := link.attr("hreflang")
		if key := kind + " " + lang; alternate(link) {
			if seen[key] {
				l["DuplicateAtomLink"] = true
			}
			seen[key] = true
		}
	}
}

func (l linter) distinct(n *node, space, name, class string, seen map[string]bool) {
	for _, c := range n.all(space, name) {
		if v := strings.TrimSpace(c.Text); v != "" {
			if seen[v] {
				l[class] = true
			}
			seen[v] = true
		}
	}
}

func (l linter) dates3339(n *node, names ...string) {
	for _, name := range names {
		for _, c := range n.all(atomNS, name) {
			if _, err := time.Parse(time.RFC3339Nano, strings.TrimSpace(c.Text)); err != nil {
				l["InvalidRFC3339Date"] = true
			}
		}
	}
}

func (l linter) rss(r *node) {
	version, _ := r.attr("version")
	for _, c := range r.all("", "channel") {
		l.need(c, "", "MissingTitle", "title")
		l.need(c, "", "MissingLink", "link")
		l.need(c, "", "MissingDescription", "description")
		self := slices.ContainsFunc(c.all(atomNS, "link"), func(n *node) bool { rel, _ := n.attr("rel"); return rel == "self" })
		if version == "2.0" && !self {
			l["MissingAtomSelfLink"] = true
		}
		l.dates822(c, "pubDate", "lastBuildDate")
		l.fullLinks(c, "", "link")
		for _, n := range c.all("", "ttl") {
			if v, err := strconv.Atoi(strings.TrimSpace(n.Text)); err != nil || v < 1 {
				l["InvalidPositiveInteger"] = true
			}
		}
		for _, n := range slices.Concat(c.all("", "language"), c.all(dcNS, "language")) {
			if _, err := language.Parse(strings.TrimSpace(n.Text)); err != nil {
				l["InvalidLanguage"] = true
			}
		}
		guids := map[string]bool{}
		for _, i := range c.all("", "item") {
			if !i.has("", "title") && !i.has("", "description") {
				l["ItemMustContainTitleOrDescription"] = true
			}
			if strings.HasPrefix(version, "2.") && !i.has("", "guid") {
				l["MissingGuid"] = true
			}
			l.dates822(i, "pubDate")
			l.fullLinks(i, "", "link")
			l.distinct(i, "", "guid", "DuplicateValue", guids)
			l.attributes(i, "", "source", "url")
			l.attributes(i, "", "enclosure", "url", "length", "type")
		}
	}
}

var (
	weekday = regexp.MustCompile(`^(\w{3}),\s*`)
	zones   = strings.NewReplacer(" GMT", " +0000", " UT", " +0000", " EST", " -0500", " EDT", " -0400", " PST", " -0800", " PDT", " -0700", " Z", " +0000")
)

// dates822 reads RFC 822 dates with or without a weekday, which must be right.
func (l linter) dates822(n *node, names ...string) {
	for _, name := range names {
		for _, c := range n.all("", name) {
			text := zones.Replace(strings.TrimSpace(c.Text))
			day := weekday.FindStringSubmatch(text)
			if day != nil {
				text = text[len(day[0]):]
			}
			at, err := time.Parse("2 Jan 2006 15:04:05 -0700", text)
			if err != nil {
				at, err = time.Parse("2 Jan 06 15:04:05 -0700", text)
			}
			switch {
			case err != nil:
				l["InvalidRFC2822Date"] = true
			case day != nil && !strings.EqualFold(day[1], at.Format("Mon")):
				l["IncorrectDOW"] = true
			}
		}
	}
}
