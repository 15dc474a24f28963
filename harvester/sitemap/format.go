package sitemap

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/read"
)

// Bounds of a sitemap. The protocol allows 50,000 addresses and 50 MB.
const (
	maxPages   = 20_000
	maxListed  = 50_000
	maxBytes   = 16 << 20
	maxAddress = 2048 // sitemaps.org: less than 2,048 characters
	maxDepth   = 100
)

// Format is the format "sitemap".
func Format() federation.Format {
	return federation.Format{
		Name:   "sitemap",
		Accept: "application/xml, text/xml;q=0.9, text/plain;q=0.5, application/gzip;q=0.5",
		Sniff:  sniff,
		Decode: decode,
	}
}

// sniff looks for the root of a sitemap, or for nothing but addresses.
func sniff(doc federation.Document) int {
	head, _, err := unpack(doc.Body, 4<<10)
	if err != nil {
		return 0
	}
	text, _ := read.Text(head, doc.ContentType)
	if text = strings.TrimLeft(text, " \t\r\n"); strings.HasPrefix(text, "<") {
		if root(text) != "" {
			return 95
		}
		return 0
	}
	lines, cut := strings.Split(text, "\n"), len(head) >= 4<<10
	if cut {
		lines = lines[:len(lines)-1]
	}
	found := 0
	for _, line := range lines {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		if !isAddress(line) {
			return 0
		}
		found++
	}
	if found == 0 {
		return 0
	}
	return 40
}

func decode(doc federation.Document) (federation.Decoded, error) {
	if len(bytes.TrimSpace(doc.Body)) == 0 {
		return federation.Decoded{}, read.Empty
	}
	body, cut, err := unpack(doc.Body, maxBytes)
	if err != nil {
		return federation.Decoded{}, err
	}
	r := &reading{Decoded: &federation.Decoded{}, zone: doc.Source.Zone, seen: map[string]bool{}, nested: doc.Page != nil}
	if doc.Source.Page != nil {
		r.rule = *doc.Source.Page
	}
	if u, err := url.Parse(doc.URL); err == nil && u.Host != "" {
		r.home = u
	}
	text, fault := read.Text(body, doc.ContentType)
	if fault != "" {
		r.Warn("", fault)
	}
	whole := false
	if text = strings.TrimLeft(text, " \t\r\n"); strings.HasPrefix(text, "<") {
		whole, err = r.xml(text)
	} else {
		whole, err = r.lines(text)
	}
	if err != nil {
		return federation.Decoded{}, err
	}
	if cut {
		r.Warn("", fmt.Sprintf("The sitemap is damaged or unpacks to more than %d MB; what came before is read.", maxBytes>>20))
	}
	r.finish(whole && !cut)
	return *r.Decoded, nil
}

// unpack returns the bytes, unpacked when they are gzip, at most limit of them,
// and whether there are more or the packing is damaged.
func unpack(body []byte, limit int) (out []byte, cut bool, err error) {
	if !bytes.HasPrefix(body, []byte{0x1f, 0x8b}) {
		return body[:min(len(body), limit)], len(body) > limit, nil
	}
	z, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		return nil, true, errGzip
	}
	out, err = io.ReadAll(io.LimitReader(z, int64(limit)+1))
	if len(out) == 0 {
		return nil, true, errGzip
	}
	return out[:min(len(out), limit)], err != nil || len(out) > limit, nil
}

// reading is one sitemap as it is read.
type reading struct {
	*federation.Decoded
	home       *url.URL // where the sitemap is, nil when nowhere on the web
	zone       string   // IANA name, of times that name none; "" = of the language
	rule       federation.PageRule
	seen       map[string]bool
	nested     bool // an index named this document
	started    bool // a root was seen
	news       bool // of the last days only: news sitemaps drop what is older
	lost       bool // sitemaps that it names are not read
	nestedSaid bool
	foreign    int
	bad        int
	beyond     int
	children   int
}

// finish orders the pages, the newest first so that a reader with a budget
// reads what is new, bounds them, and tells what was left out.
func (r *reading) finish(whole bool) {
	slices.SortStableFunc(r.Pages, func(a, b federation.Page) int { return date(b).Compare(date(a)) })
	for i := range r.Pages {
		if r.Pages[i].Format == "sitemap" {
			r.Pages[i].Item = federation.Item{} // it told the order only
		}
	}
	if n := len(r.Pages); n > maxPages {
		r.beyond += n - maxPages
		r.Pages = r.Pages[:maxPages]
	}
	r.Listed = len(r.Pages) - r.children + r.beyond
	if r.beyond > 0 {
		r.Warn("", fmt.Sprintf("The sitemap lists more than %d pages; the newest are read, %d are not. Give prefixes of the paths that matter under page: include: in the region file.", maxPages, r.beyond))
	}
	if r.foreign > 0 {
		r.Warn("", fmt.Sprintf("Addresses on another host than the sitemap are not read: %d.", r.foreign))
	}
	if r.bad > 0 {
		r.Warn("", fmt.Sprintf("Entries without an address that can be read: %d.", r.bad))
	}
	r.Complete = whole && !r.news && !r.lost && r.beyond == 0 && r.bad == 0
}

// date is what pages are ordered by.
func date(p federation.Page) time.Time {
	if p.Item.Updated.After(p.Item.Published) {
		return p.Item.Updated
	}
	return p.Item.Published
}

// lines reads a text sitemap: one address a line.
func (r *reading) lines(text string) (whole bool, err error) {
	good := 0
	for line := range strings.Lines(text) {
		switch line = strings.TrimSpace(line); {
		case line == "":
		case isAddress(line):
			good++
			r.add(entry{loc: line})
		default:
			r.bad++
		}
	}
	if good <= r.bad {
		return false, errOther
	}
	return true, nil
}

func isAddress(s string) bool {
	return (strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://")) && !strings.ContainsAny(s, " \t<>\",;")
}
