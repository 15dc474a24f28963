package jsonld

import (
	"bytes"
	"fmt"
	"net/url"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/read"
)

// Bounds of a document.
const (
	maxItems  = 20_000
	maxBlocks = 500
	maxDepth  = read.MaxDepth
	maxValues = 1_000_000
	maxList   = 200 // values of one property that are told apart
)

// Format is the format "jsonld".
func Format() federation.Format {
	return federation.Format{
		Name:   "jsonld",
		Accept: "text/html, application/ld+json, application/xhtml+xml;q=0.9, application/json;q=0.8",
		Sniff:  sniff,
		Decode: decode,
	}
}

// sniff is sure of content in schema.org, and claims a bare document in
// schema.org without any just enough for its refusal to be the one that is told.
func sniff(doc federation.Document) int {
	if !bytes.Contains(doc.Body, []byte("schema.org")) {
		return 0
	}
	r := open(doc)
	switch {
	case len(r.found) > 0 && r.bare:
		return 80
	case len(r.found) > 0:
		return 60
	case r.bare && r.schema:
		return 5
	}
	return 0
}

func decode(doc federation.Document) (federation.Decoded, error) {
	if len(bytes.TrimSpace(doc.Body)) == 0 {
		return federation.Decoded{}, read.Empty
	}
	r := open(doc)
	if len(r.found) == 0 {
		return federation.Decoded{}, r.refusal()
	}
	r.Listed = len(r.found)
	if len(r.found) > maxItems {
		r.Warn("", fmt.Sprintf("The page holds %d items; the first %d are read.", len(r.found), maxItems))
		r.found = r.found[:maxItems]
	}
	for _, f := range r.found {
		r.Items = append(r.Items, r.item(f))
	}
	r.Listed -= distinct(r.Decoded)
	join(r.Items)
	return *r.Decoded, nil
}

// reading is one document as it is read.
type reading struct {
	*federation.Decoded
	page   string   // address of the document, without its fragment
	base   *url.URL // of relative addresses
	lang   string   // of what does not say
	zone   string   // IANA name, of times that name none; "" = of the language
	index  map[string]node
	seen   map[string]bool // ids of the objects walked
	aside  map[string]bool // ids of what only serves another object
	found  []content
	passed map[string]bool // types that no item is made of
	bare   bool            // a document of JSON-LD, not a page
	schema bool            // something in it is in schema.org
	blocks int
	broken int
}

// content is an object that becomes an item.
type content struct {
	node
	kind kind
}

// open finds the content of a document without making items of it.
func open(doc federation.Document) *reading {
	r := &reading{Decoded: &federation.Decoded{}, page: doc.URL, lang: doc.Source.Tongue(), zone: doc.Source.Zone,
		index: map[string]node{}, seen: map[string]bool{}, aside: map[string]bool{}, passed: map[string]bool{}}
	if u, err := url.Parse(doc.URL); err == nil && u.Host != "" {
		u.Fragment = ""
		r.base, r.page = u, u.String()
	}
	text, fault := read.Text(doc.Body, doc.ContentType)
	if fault != "" {
		r.Warn("", fault)
	}
	var blocks []string
	if r.bare = read.IsJSON(text); r.bare {
		blocks = []string{text}
	} else {
		p := scan(text)
		blocks = p.blocks
		if p.language != "" {
			r.lang, r.Language = p.language, p.language
		}
		if u, err := url.Parse(p.base); err == nil && p.base != "" && r.base != nil {
			r.base = r.base.ResolveReference(u)
		}
	}
	r.roots(blocks)
	return r
}

// roots parses the blocks and walks what is in schema.org.
func (r *reading) roots(blocks []string) {
	var roots []any
	for _, b := range blocks {
		values, mended, err := parse(b)
		if r.blocks++; err != nil {
			r.broken++
			r.Warn("", "A block of JSON-LD cannot be read: "+err.Error()+".")
			continue
		}
		if mended {
			r.Warn("", "A block of JSON-LD is not valid JSON; it was read as it is most likely meant.")
		}
		for _, v := range values {
			root, ok := r.vocabulary(v)
			if !ok {
				r.Warn("", "A block of JSON-LD is in another vocabulary than schema.org and is not read.")
				continue
			}
			roots = append(roots, root)
		}
	}
	for _, v := range roots {
		r.survey(v, "")
	}
	for _, v := range roots {
		r.walk(v, 0, false)
	}
	r.settle()
}
