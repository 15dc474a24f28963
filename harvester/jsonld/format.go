package jsonld

import (
	"bytes"
	"fmt"
	"net/url"
	"strings"

	"github.com/plonegov/carillon/federation"

	"golang.org/x/net/html/charset"
)

// Bounds of a document.
const (
	maxItems  = 20_000
	maxBlocks = 500
	maxDepth  = 64
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
	r := read(doc)
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
		return federation.Decoded{}, errEmpty
	}
	r := read(doc)
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

// read finds the content of a document without making items of it.
func read(doc federation.Document) *reading {
	r := &reading{Decoded: &federation.Decoded{}, page: doc.URL, lang: doc.Source.Tongue(), zone: doc.Source.Zone,
		index: map[string]node{}, seen: map[string]bool{}, aside: map[string]bool{}, passed: map[string]bool{}}
	if u, err := url.Parse(doc.URL); err == nil && u.Host != "" {
		u.Fragment = ""
		r.base, r.page = u, u.String()
	}
	text := toUTF8(doc)
	var blocks []string
	if r.bare = isJSON(text); r.bare {
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

func isJSON(text string) bool {
	text = strings.TrimLeft(text, " \t\r\n\ufeff")
	return strings.HasPrefix(text, "{") || strings.HasPrefix(text, "[")
}

// toUTF8 reads the bytes in the encoding that the header, a byte order mark, a
// meta element or the bytes tell of (WHATWG HTML, 13.2.3.2). JSON is UTF-8
// (RFC 8259, 8.1).
func toUTF8(doc federation.Document) string {
	head := doc.Body[:min(len(doc.Body), 1024)]
	if isJSON(string(head)) {
		return strings.ToValidUTF8(strings.TrimPrefix(string(doc.Body), "\ufeff"), "\ufffd")
	}
	e, _, certain := charset.DetermineEncoding(head, doc.ContentType)
	if !certain && mostlyUTF8(doc.Body) {
		return strings.ToValidUTF8(string(doc.Body), "\ufffd")
	}
	text, err := e.NewDecoder().Bytes(doc.Body)
	if err != nil {
		text = doc.Body
	}
	return strings.TrimPrefix(strings.ToValidUTF8(string(text), "\ufffd"), "\ufeff")
}

// mostlyUTF8 reports whether at most one character in a hundred is broken.
func mostlyUTF8(b []byte) bool {
	s := string(b)
	bad := strings.Count(strings.ToValidUTF8(s, "\x00"), "\x00") - strings.Count(s, "\x00")
	wide := 0
	for i := range len(s) {
		if s[i] >= 0xc2 {
			wide++
		}
	}
	return bad*100 <= wide
}
