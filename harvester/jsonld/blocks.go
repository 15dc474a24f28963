package jsonld

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// page is what a web page says besides its JSON-LD.
type page struct {
	blocks   []string
	language string // of the html element
	base     string // of the base element
}

// scan finds the blocks of JSON-LD in a page, in one pass and without a tree:
// the pages that need it most have the worst HTML.
func scan(text string) page {
	var p page
	z := html.NewTokenizer(strings.NewReader(text))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return p
		case html.StartTagToken, html.SelfClosingTagToken:
			name, more := z.TagName()
			a := atom.Lookup(name)
			if !more || a != atom.Script && a != atom.Html && a != atom.Base {
				continue
			}
			attrs := attributes(z)
			switch {
			case a == atom.Html && p.language == "":
				p.language = strings.TrimSpace(attrs["lang"])
			case a == atom.Base && p.base == "":
				p.base = strings.TrimSpace(attrs["href"])
			case a == atom.Script && isJSONLD(attrs["type"]) && len(p.blocks) < maxBlocks:
				if z.Next() == html.TextToken {
					p.blocks = append(p.blocks, string(z.Raw()))
				}
			}
		}
	}
}

func attributes(z *html.Tokenizer) map[string]string {
	attrs := map[string]string{}
	for more := true; more; {
		var k, v []byte
		k, v, more = z.TagAttr()
		if _, twice := attrs[string(k)]; !twice {
			attrs[string(k)] = string(v)
		}
	}
	return attrs
}

func isJSONLD(mediaType string) bool {
	mediaType, _, _ = strings.Cut(mediaType, ";")
	return strings.EqualFold(strings.TrimSpace(mediaType), "application/ld+json")
}
