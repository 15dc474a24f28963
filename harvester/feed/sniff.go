package feed

import (
	"bytes"
	"strings"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/read"
)

// sniffBytes is how much of a document is looked at first to tell what it is.
// All of it is when that does not hold the root.
const sniffBytes = 4 << 10

func sniff(doc federation.Document) int {
	head := doc.Body[:min(len(doc.Body), sniffBytes)]
	text, _ := read.Text(head, doc.ContentType)
	if read.IsJSON(text) {
		if bytes.Contains(doc.Body, []byte("jsonfeed.org/version/1")) || bytes.Contains(doc.Body, []byte(`jsonfeed.org\/version\/1`)) {
			return 95
		}
		return 0
	}
	root, err := findRoot(text)
	if err != nil && len(doc.Body) > len(head) && err != errWebPage {
		text, _ = read.Text(doc.Body, doc.ContentType)
		root, err = findRoot(text)
	}
	if err != nil {
		return 0
	}
	_, local := splitName(root.Name)
	switch strings.ToLower(local) {
	case "rss":
		return 100
	case "feed":
		if strings.Contains(root.Attrs, "Atom") || strings.Contains(root.Attrs, "atom") {
			return 100
		}
		return 70
	case "rdf": // RDF in XML is the form of much else
		if len(doc.Body) > len(head) {
			text, _ = read.Text(doc.Body, doc.ContentType)
		}
		if !holdsRSS(text) {
			return 0
		}
		if strings.Contains(text, "purl.org/rss/1.") || strings.Contains(text, "netscape.com/") {
			return 90
		}
		if strings.Contains(text, "<channel") {
			return 60
		}
		return 0
	}
	return 40
}

// holdsRSS reports whether a channel or an item stands right below the root,
// as RSS 1.0, 5.1 has it, or nothing does. Further down they are what a FOAF
// document says of people's feeds.
func holdsRSS(text string) bool {
	s := &read.Scanner{Doc: text}
	empty := true
	depth := 0
	for {
		t, ok := s.Next()
		if !ok {
			return empty
		}
		_, local := splitName(t.Name)
		local = strings.ToLower(local)
		switch {
		case t.Kind == read.CloseTag:
			depth--
		case t.Kind != read.OpenTag && t.Kind != read.EmptyTag:
		case depth == 1 && (local == "channel" || local == "item"):
			return true
		case depth == 0 && local != "rdf":
		default:
			if empty = empty && depth == 0; t.Kind == read.OpenTag {
				depth++
			}
		}
	}
}

// maxBefore is how many tags may stand before the root of a feed: servers put
// their error messages there, in HTML.
const maxBefore = 30

// findRoot returns the tag that begins the feed.
func findRoot(text string) (read.Token, error) {
	s := &read.Scanner{Doc: text}
	found := errNoTag // what it is if no feed
	for n := 0; n < maxBefore; {
		t, ok := s.Next()
		if !ok {
			break
		}
		if t.Kind != read.OpenTag && t.Kind != read.EmptyTag {
			if t.Kind == read.Other && strings.HasPrefix(strings.ToLower(text[t.Start:t.End]), "<!doctype html") {
				found = errWebPage
			}
			continue
		}
		_, local := splitName(t.Name)
		switch strings.ToLower(local) {
		case "rss", "rdf", "feed", "channel":
			return t, nil
		case "entry": // an Atom Entry Document (RFC 4287, 2) is a feed of one
			if strings.Contains(t.Attrs, "Atom") && t.Kind == read.OpenTag {
				return read.Token{Name: "feed", Attrs: t.Attrs, Start: t.Start, End: t.Start}, nil
			}
		case "html":
			return t, errWebPage
		case "head", "body":
			if n == 0 {
				return t, errWebPage
			}
		}
		n++
		if found == errNoTag {
			found = errNotFeed
		}
	}
	return read.Token{}, found
}
