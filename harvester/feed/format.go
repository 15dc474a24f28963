package feed

import (
	"cmp"
	"strings"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/read"

	"github.com/mmcdole/gofeed/atom"
	"github.com/mmcdole/gofeed/rss"
)

// Format is the format "feed".
func Format() federation.Format {
	return federation.Format{
		Name:   "feed",
		Accept: "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7",
		Sniff:  sniff,
		Decode: decode,
	}
}

func decode(doc federation.Document) (federation.Decoded, error) {
	var d federation.Decoded
	text, fault := read.Text(doc.Body, doc.ContentType)
	if strings.TrimSpace(text) == "" {
		return d, read.Empty
	}
	if fault != "" {
		d.Warn("", fault)
	}
	r := &reading{Decoded: &d, source: doc.Source, address: doc.URL, base: doc.URL, lang: doc.Source.Tongue(), known: doc.Known}
	if read.IsJSON(text) {
		if err := r.decodeJSON(text, doc.URL); err != nil {
			return federation.Decoded{}, err
		}
	} else if err := r.decodeXML(text, doc.URL); err != nil {
		return federation.Decoded{}, err
	}
	r.identify()
	return d, nil
}

// add makes an entry the next item, or what else it says.
func (r *reading) add(e *entry) {
	it := r.item(e)
	if r.withdraws(e, &it) || r.paged(e, it, cmp.Or(e.base, r.base)) {
		return
	}
	r.Items = append(r.Items, it)
	r.entries = append(r.entries, e)
}

func (r *reading) decodeXML(text, address string) error {
	root, err := findRoot(text)
	if err != nil {
		return err
	}
	f := rewrite(text, root, address, r.Warn)
	r.Listed, r.Gone = f.listed, f.gone
	if f.deep && len(f.items) == 0 {
		return errNested
	}
	entries, err := r.parse(&f, address)
	if err != nil {
		return errBroken
	}
	if r.Language != "" {
		r.lang = r.Language
	}
	for _, e := range entries {
		r.add(e)
	}
	return nil
}

// parse gives the rewritten feed to gofeed. Should fewer items come back than
// went in, each is given to it alone, and the ones that fail are told.
func (r *reading) parse(f *rewritten, address string) ([]*entry, error) {
	entries, err := r.parseOnce(f.document(f.items...), f.atom, address)
	if err == nil && len(entries) == len(f.items) {
		for i, e := range entries {
			e.raw = f.items[i]
		}
		return entries, nil
	}
	_, _ = r.parseOnce(f.document(), f.atom, address) // only for what the feed says of itself; it may say nothing
	said := *r.Decoded
	alone := rewritten{head: "<rss><channel>", tail: "</channel></rss>"}
	if f.atom {
		alone.head, alone.tail = "<feed>", "</feed>"
	}
	entries = entries[:0]
	for _, it := range f.items {
		one, err := r.parseOnce(alone.document(it), f.atom, address)
		if err != nil || len(one) != 1 {
			r.Warn("", "One item could not be read.")
			continue
		}
		entries = append(entries, one[0])
	}
	said.Warnings = r.Warnings
	*r.Decoded = said
	if len(entries) == 0 && err != nil {
		return nil, err
	}
	return entries, nil
}

// parseOnce reads a whole feed; what it says of itself goes into r.
func (r *reading) parseOnce(text string, isAtom bool, address string) ([]*entry, error) {
	var entries []*entry
	if isAtom {
		f, err := new(atom.Parser).Parse(strings.NewReader(text))
		if err != nil {
			return nil, err
		}
		r.Hubs, r.Next = nil, ""
		r.atomFeed(f, address)
		for _, a := range f.Entries {
			entries = append(entries, atomEntry(a, r.lang))
		}
		return entries, nil
	}
	f, err := new(rss.Parser).Parse(strings.NewReader(text))
	if err != nil {
		return nil, err
	}
	r.Hubs, r.Next = nil, ""
	r.rssChannel(f, address)
	for _, i := range f.Items {
		entries = append(entries, rssEntry(i, r.lang))
	}
	return entries, nil
}
