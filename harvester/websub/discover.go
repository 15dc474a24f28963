package websub

import (
	"bytes"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"github.com/plonegov/carillon/federation"
)

const (
	maxHubs = 5
	maxHead = 256 << 10 // bytes of an HTML page in which its head must end
)

// Found is what an answer says of its hubs.
type Found struct {
	URL  string   // where it came from, after redirects; "" = the source's address
	Hubs []string // absolute, at most 5, in the order of preference
	Self string   // the name the document gives itself: a claim; "" = none
}

// Discover finds the hubs of an answer in the order of WebSub 1.0, 4: its Link
// header; only when that names no hub what the document says. hubs and self
// are those a decoder found (Decoded.Hubs, Decoded.Self); of an HTML page that
// no decoder read the head is read here.
func Discover(doc federation.Document, header http.Header, hubs []string, self string) Found {
	f := Found{URL: doc.URL, Hubs: hubs, Self: self}
	if len(hubs) == 0 && strings.Contains(strings.ToLower(doc.ContentType), "html") {
		f.Hubs, f.Self = headLinks(doc.Body, doc.URL)
	}
	if named, own := headerLinks(header, doc.URL); len(named) > 0 {
		f.Hubs = named
		if own != "" {
			f.Self = own
		}
	}
	f.Hubs = f.Hubs[:min(len(f.Hubs), maxHubs)]
	return f
}

// relations collects hubs and self from links in the order they come.
type relations struct {
	base *url.URL
	hubs []string
	self string
}

func newRelations(base string) *relations {
	u, err := url.Parse(base)
	if err != nil {
		u = &url.URL{}
	}
	return &relations{base: u}
}

// add takes a link with a list of relations. The first self is the one.
func (l *relations) add(rel, target string) {
	for _, r := range strings.Fields(strings.ToLower(rel)) {
		switch {
		case r == "hub":
			if to := l.absolute(target); to != "" && len(l.hubs) < maxHubs && !slices.Contains(l.hubs, to) {
				l.hubs = append(l.hubs, to)
			}
		case r == "self" && l.self == "":
			l.self = l.absolute(target)
		}
	}
}

// absolute leaves an absolute address as it is written: hubs compare topics by
// bytes.
func (l *relations) absolute(target string) string {
	target = strings.TrimSpace(target)
	u, err := url.Parse(target)
	if err != nil || target == "" {
		return ""
	}
	if u.IsAbs() {
		return target
	}
	return l.base.ResolveReference(u).String()
}

// headLinks reads the link elements in the head of an HTML page. Whatever
// comes after the first element or word that cannot stand in a head is body,
// where visitors may write.
func headLinks(body []byte, base string) (hubs []string, self string) {
	found := newRelations(base)
	z := html.NewTokenizer(bytes.NewReader(body[:min(len(body), maxHead)]))
	inert := 0 // depth of template elements: their content is not in the page
	var within string
	for {
		switch z.Next() {
		case html.ErrorToken:
			return found.hubs, found.self
		case html.TextToken:
			if within == "" && inert == 0 && len(bytes.TrimSpace(z.Text())) > 0 {
				return found.hubs, found.self
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			switch t.Data {
			case "html", "head", "meta":
			case "title", "script", "style", "noscript":
				within = t.Data
			case "template":
				inert++
			case "base":
				if u, err := found.base.Parse(attribute(t, "href")); err == nil && inert == 0 {
					found.base = u
				}
			case "link":
				if inert == 0 {
					found.add(attribute(t, "rel"), attribute(t, "href"))
				}
			default:
				if inert == 0 {
					return found.hubs, found.self
				}
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			switch string(name) {
			case "head", "body", "html":
				return found.hubs, found.self
			case "template":
				inert = max(inert-1, 0)
			case within:
				within = ""
			}
		}
	}
}

func attribute(t html.Token, name string) string {
	for _, a := range t.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}
