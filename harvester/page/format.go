package page

import (
	"bytes"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"
	"github.com/plonegov/carillon/harvester/dates"
	"github.com/plonegov/carillon/harvester/read"
)

// Bounds of a page. The parser itself refuses more than 512 open elements.
const (
	maxBytes    = 4 << 20
	maxDepth    = 256
	maxElements = 40_000 // readability's work grows faster than the page
)

// Format is the format "page".
func Format() federation.Format {
	return federation.Format{
		Name:   "page",
		Accept: "text/html, application/xhtml+xml;q=0.9",
		Sniff:  sniff,
		Decode: decode,
	}
}

// sniff claims a web page only for a source that says how its pages are read: a
// page by itself is no source. It goes before jsonld, which would not follow the
// rule, and behind what is a feed by its root.
func sniff(doc federation.Document) int {
	if doc.Source.Page == nil || !isHTML(doc.Body) {
		return 0
	}
	return 65
}

// isHTML looks for the tags that a web page begins with.
func isHTML(body []byte) bool {
	head := bytes.ToLower(body[:min(len(body), 4<<10)])
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n")
	if bytes.HasPrefix(head, []byte("<?xml")) && !bytes.Contains(head, []byte("<html")) {
		return false
	}
	for _, mark := range []string{"<!doctype html", "<html", "<head", "<body"} {
		if bytes.Contains(head, []byte(mark)) {
			return true
		}
	}
	return false
}

func decode(doc federation.Document) (federation.Decoded, error) {
	if len(bytes.TrimSpace(doc.Body)) == 0 {
		return federation.Decoded{}, read.Empty
	}
	if len(doc.Body) > maxBytes {
		return federation.Decoded{}, errLarge
	}
	r, err := open(doc)
	if err != nil {
		return federation.Decoded{}, err
	}
	r.meta = readMeta(r.root)
	if asked := r.meta.noindex(); asked != "" {
		r.Warn("", fmt.Sprintf("The page asks not to be indexed (robots: %s); it is left out.", asked))
		return *r.Decoded, nil
	}
	it, err := r.item(doc)
	if err != nil {
		return federation.Decoded{}, err
	}
	r.Listed, r.Items = 1, []federation.Item{it}
	return *r.Decoded, nil
}

// reading is one page as it is read.
type reading struct {
	*federation.Decoded
	root    *goquery.Document
	address *url.URL // of the page; nil when it has none on the web
	base    *url.URL // of relative addresses
	rule    federation.PageRule
	lang    string // of the page, else of the source
	home    string // IANA name, of times that name none; "" = of the language
	meta    meta
}

// open parses the page.
func open(doc federation.Document) (*reading, error) {
	text, fault := read.Text(doc.Body, doc.ContentType)
	if !strings.Contains(text, "<") {
		return nil, errNotPage
	}
	if markup.Tangled(text, 3*maxElements) {
		return nil, errDeep
	}
	node, err := html.Parse(strings.NewReader(text))
	if err != nil || deeper(node, maxDepth) {
		return nil, errDeep
	}
	r := &reading{Decoded: &federation.Decoded{}, root: goquery.NewDocumentFromNode(node), home: doc.Source.Zone}
	if fault != "" {
		r.Warn("", fault)
	}
	if doc.Source.Page != nil {
		r.rule = *doc.Source.Page
	}
	if u, err := url.Parse(doc.URL); err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" {
		u.Fragment, u.RawFragment = "", ""
		r.address, r.base = u, u
		if href, ok := r.root.Find("base[href]").First().Attr("href"); ok {
			if b, err := u.Parse(strings.TrimSpace(href)); err == nil {
				r.base = b
			}
		}
	}
	r.Language = language(r.root)
	r.lang = r.Language
	if r.lang == "" {
		r.lang = doc.Source.Tongue()
	}
	return r, nil
}

// zone is where times are that name no zone.
func (r *reading) zone() *time.Location { return dates.In(r.home) }

// language is what the html element declares, else the meta elements.
func language(root *goquery.Document) string {
	for _, s := range []string{
		root.Find("html").AttrOr("lang", ""), root.Find("html").AttrOr("xml:lang", ""),
		root.Find(`meta[http-equiv="content-language" i]`).AttrOr("content", ""),
		root.Find(`meta[property="og:locale"]`).AttrOr("content", ""),
	} {
		s, _, _ = strings.Cut(strings.ReplaceAll(strings.TrimSpace(s), "_", "-"), ",")
		if s != "" && federation.ValidLanguage(s) {
			return s
		}
	}
	return ""
}
