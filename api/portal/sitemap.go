package portal

import (
	"encoding/xml"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"

	"github.com/plonegov/carillon/federation"
)

// A sitemap (sitemaps.org 0.9) is an index of parts, each read by itself: the
// directory, and the items by the beginning of their ids, which are spread
// evenly. How long the beginnings are follows from how many items there are,
// so a part is about as large on a small hub as on a large one.

const (
	// mostAddresses is what the protocol allows of a part.
	mostAddresses = 50_000
	// aimedAddresses is what a part of items holds at most on average.
	aimedAddresses = 5_000
	// idLetters are those of an item's id (federation.NewItemID).
	idLetters = "234567abcdefghijklmnopqrstuvwxyz"
)

type sitemapIndex struct {
	XMLName xml.Name         `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 sitemapindex"`
	Parts   []sitemapAddress `xml:"sitemap"`
}

type sitemapURLs struct {
	XMLName xml.Name         `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	URLs    []sitemapAddress `xml:"url"`
}

type sitemapAddress struct {
	Loc     string `xml:"loc"`
	LastMod string `xml:"lastmod,omitempty"`
}

const kindXML = "application/xml; charset=utf-8"

// sitemap lists the parts. It counts the items by their sources.
func (p *Portal) sitemap(w http.ResponseWriter, v visit) error {
	states, err := federation.States(v.Context(), p.store)
	if err != nil {
		return err
	}
	items := 0
	for _, s := range states {
		items += s.Items
	}
	index := sitemapIndex{Parts: []sitemapAddress{{Loc: p.publicURL + "/sitemaps/directory.xml"}}}
	for _, prefix := range prefixes(items) {
		index.Parts = append(index.Parts, sitemapAddress{Loc: p.publicURL + "/sitemaps/items" + prefix + ".xml"})
	}
	return p.fileXML(w, v, kindXML, index)
}

// prefixes are the beginnings of ids, "-a" and so on, that part n items into
// parts of a good size; one of length 0 for few.
func prefixes(n int) []string {
	list, each := []string{""}, n
	for each > aimedAddresses && len(list) < len(idLetters)*len(idLetters) {
		var longer []string
		for _, before := range list {
			for _, c := range idLetters {
				longer = append(longer, "-"+strings.TrimPrefix(before, "-")+string(c))
			}
		}
		list, each = longer, each/len(idLetters)
	}
	return list
}

// sitemapPart lists the addresses of one part.
func (p *Portal) sitemapPart(w http.ResponseWriter, v visit) error {
	name := chi.URLParam(v.Request, "part")
	if name == "directory" {
		return p.fileXML(w, v, kindXML, sitemapURLs{URLs: p.directoryAddresses(v)})
	}
	prefix, ok := strings.CutPrefix(name, "items")
	prefix, dashed := strings.CutPrefix(prefix, "-")
	if !ok || dashed != (prefix != "") || len(prefix) > 2 || strings.Trim(prefix, idLetters) != "" {
		return federation.NotFound("part of the sitemap", name)
	}
	stamps, err := p.store.Stamps(v.Context(), prefix, mostAddresses)
	if err != nil {
		return err
	}
	part := sitemapURLs{URLs: make([]sitemapAddress, len(stamps))}
	for i, s := range stamps {
		part.URLs[i] = sitemapAddress{p.publicURL + "/items/" + s.ID, s.Saved.UTC().Format(time.RFC3339)}
	}
	return p.fileXML(w, v, kindXML, part)
}

// directoryAddresses are the home page, the members and the channels.
func (p *Portal) directoryAddresses(v visit) []sitemapAddress {
	out := []sitemapAddress{{Loc: p.publicURL + "/"}}
	for _, m := range v.cat.Current() {
		out = append(out, sitemapAddress{Loc: p.publicURL + "/members/" + m.Slug})
	}
	for _, c := range v.cat.Channels {
		out = append(out, sitemapAddress{Loc: p.publicURL + "/channels/" + c.Slug})
	}
	return slices.Clip(out[:min(len(out), mostAddresses)])
}
